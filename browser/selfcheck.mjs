// Begins a self-check and answers one question, wherever the page stands: on the site, in a copy of it, in a partner's frame.

/**
 * @param {import('playwright-core').Locator} stage where it asks
 * @param {string} sector @param {() => number} asked how many requests were made so far
 * @param {() => Promise<unknown>} [look] at the second question
 * @returns {Promise<number>} how many requests were made from the first question to what this may be
 */
export async function answerOne(stage, sector, asked, look = async () => {}) {
  await stage.locator('[data-do=who][data-is=me]').click();
  await stage.locator(`[data-do=sector][data-is=${sector}]`).click();
  const yes = stage.locator('[data-do=answer][data-is="1"]'), go = stage.locator('.years button').first();
  await yes.or(go).first().waitFor();
  const before = asked();
  if (await go.isVisible()) await go.click();
  const question = await stage.locator('h1').innerText();
  await yes.click();
  await stage.locator('h1', { hasNotText: question }).waitFor();
  await look();
  const second = await stage.locator('h1').innerText();
  await stage.locator('[data-do=show]').click();
  await stage.locator('h1', { hasNotText: second }).waitFor();
  return asked() - before;
}

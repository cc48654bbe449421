// What journeys at the desk have in common.
import assert from 'node:assert/strict';

/** @typedef {import('playwright-core').Page} Page */

/** Logs the first member of a role in. @param {Page} page @param {import('./demo.mjs').Demo} demo @param {string} role */
export async function logIn(page, demo, role) {
  const who = demo.members.find((m) => m.role === role);
  assert.ok(who, `the demo has no ${role}`);
  await page.locator('#handle').fill(who.handle);
  await page.locator('#passphrase').fill(who.passphrase);
  await page.locator('#passphrase').press('Enter');
  await page.locator('.who b').waitFor();
}

/** Fails when the page is wider than the screen, or shows a target too small to touch. @param {Page} page */
export async function fits(page) {
  const { wide, small } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth > innerWidth,
    small: [...document.querySelectorAll('button, .button, summary, select, textarea, nav a, input:not([type=hidden], [type=radio], [type=checkbox]), .pick, .check')]
      .filter((e) => e.getClientRects().length && e.getBoundingClientRect().height < 43.9 && !e.closest('.element')).map((e) => e.outerHTML.slice(0, 120)),
  }));
  assert.deepEqual({ wide, small }, { wide: false, small: [] }, page.url());
}

/** Answers questions of the open card, group by group. @param {Page} page @param {boolean} js @param {string[]} questions @param {string} answer */
export async function answer(page, js, questions, answer) {
  for (const q of questions) {
    const pick = page.locator(`input[name="a.${q}"][value="${answer}"]`);
    const group = page.locator('details.group', { has: pick });
    if (!await group.evaluate((d) => /** @type {HTMLDetailsElement} */ (d).open)) await group.locator('> summary').click();
    if (js) { // saved as it is picked: the mark of what is there changes
      const mark = page.locator(`input[name="w.${q}"]`);
      const before = await mark.getAttribute('value');
      await pick.check();
      await page.waitForFunction(([q, v]) => document.querySelector(`input[name="w.${q}"]`)?.getAttribute('value') !== v, [q, before]);
    } else {
      await pick.check();
      await Promise.all([page.waitForEvent('framenavigated'), group.locator('form > button').click()]);
      await page.waitForLoadState();
    }
  }
}

/**
 * Adds an episode to a case and answers its questions.
 * @param {Page} page @param {string} base of the case @param {boolean} js @param {{label: string, yes: string[], no: string[]}} episode @param {string} when
 */
export async function addEpisode(page, base, js, episode, when) {
  await page.goto(base);
  const add = page.locator('#d-add');
  if (!await add.evaluate((d) => /** @type {HTMLDetailsElement} */ (d).open)) await add.locator('> summary').click();
  await add.locator('[name=label]').fill(episode.label);
  await add.locator('[name=when]').fill(when);
  await add.locator('[name=actors]').fill('the ring');
  await add.locator('form > button').click();
  await page.waitForURL(/\/episodes\//);
  await answer(page, js, episode.yes, 'yes');
  await answer(page, js, episode.no, 'no');
}

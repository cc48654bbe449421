// What a person's words might tell: proposals beside a conversation, which a member decides one by one.
import assert from 'node:assert/strict';
import { addEpisode, answer, fits, logIn } from './desk.mjs';
import { openHouse } from './harness.mjs';

const { journey, demo } = await openHouse();

/** @typedef {import('playwright-core').Page} Page */

const words = {
  en: { help: /I need help/, message: 'Your message', send: 'Send', sent: 'Sent', first: 'Hello. My boss took my passport.', hurt: 'took my passport',
    second: 'My friend says they locked her in. He never hit me. I am 16 years old.', told: 'locked her in', denied: 'hit me', age: 'am 16 years old',
    hinted: 'only hinted at', ask: 'What might these words tell?', nobody: /that nobody has reviewed/, accepted: 'Accepted. It is a fact of the case now.',
    rejected: 'Rejected. Your colleagues will not be asked again.', other: /has another answer:/, bySomeone: 'told by another', hers: 'The boss hit her and locked her in.', hersQuoted: 'hit her' },
  es: { help: /Necesito ayuda/, message: 'Su mensaje', send: 'Enviar', sent: 'Enviado', first: 'Hola. El patrón me quitó el pasaporte.', hurt: 'me quitó el pasaporte',
    second: 'Mi amiga me contó que la encerraron. A mí nunca me pegó. Tengo 16 años.', told: 'la encerraron', denied: 'me pegó', age: 'Tengo 16 años',
    hinted: 'solo insinuado', ask: '¿Qué podrían contar estas palabras?', nobody: /que nadie ha revisado/, accepted: 'Aceptada. Ya es un hecho del caso.',
    rejected: 'Rechazada. No se volverá a preguntar a sus colegas.', other: /tiene otra respuesta:/, bySomeone: 'contado por otra persona', hers: 'El patrón la golpeó y la encerraron.', hersQuoted: 'la golpeó' },
};

/** The address of what a page says to the person who reads it: nothing of what was said. @param {Page} page @param {string[]} said */
async function discreet(page, said) {
  const shown = `${page.url()} ${await page.title()}`;
  for (const s of said) assert.ok(!decodeURIComponent(shown).includes(s), `${shown} tells ${s}`);
}

journey('proposals from a conversation and a note', { js: [true, false], lang: ['en', 'es'], size: ['phone', 'desk'] }, async ({ open, axe, shot, js, lang, size }) => {
  const w = words[lang];
  const name = (/** @type {string} */ what) => `desk/suggest-${what}-${lang}-${size}-${js ? 'js' : 'plain'}`;
  const visitor = await open('site', `${lang}/`, { size: 'phone', js: true });
  await visitor.getByRole('link', { name: w.help }).click();
  for (const [i, text] of [w.first, w.second].entries()) {
    await visitor.getByLabel(w.message).fill(text);
    await visitor.getByRole('button', { name: w.send, exact: true }).click();
    await visitor.getByRole('log').getByText(w.sent, { exact: true }).nth(i).waitFor();
  }

  const page = await open('desk', 'login');
  await logIn(page, demo, 'advocate');
  await page.locator('form[action$="/claim"] button').last().click();
  await page.getByRole('log').getByText(w.second).waitFor();
  await page.locator('#d-open-case > summary').click();
  await page.locator('#case-label').fill('Puerta azul');
  await page.locator('#d-open-case button').click();
  await page.waitForURL(/\/cases\/[a-z2-7]{26}$/);
  const base = page.url();
  for (const label of ['The road', 'The farm']) await addEpisode(page, base, js, { label, yes: [], no: [] }, '2024');

  await page.goto(base);
  await page.locator('.talk').getByRole('link', { name: w.ask }).click();
  await page.getByText(w.nobody).waitFor();
  await page.waitForLoadState();
  const offer = (/** @type {string} */ quoted) => page.locator('.offers > li', { has: page.locator('mark', { hasText: new RegExp(`^${quoted}$`) }) }).filter({ hasNotText: w.hinted });
  const asked = await page.locator('section > .offers > li').count();
  assert.ok(asked >= 4, `${asked} proposals`);
  assert.equal(await offer(w.told).getByText(w.bySomeone).count(), 1);
  await axe(page);
  if (!js) await page.reload(); // axe let scripts in
  await fits(page);
  await discreet(page, [w.hurt, w.told]);
  await shot(page, name('open'));

  // Into the farm, and what a friend told too.
  for (const quoted of [w.hurt, w.told]) {
    await offer(quoted).locator('select[name=part]').selectOption({ label: 'The farm' });
    await offer(quoted).locator('button[value=accepted]').click();
    await page.getByText(w.accepted).waitFor();
  }
  // About the person there is no episode to choose.
  await offer(w.age).locator('button[value=accepted]').click();
  await page.getByText(w.accepted).waitFor();
  // Rejected: the case does not say it.
  await offer(w.denied).locator('button[value=rejected]').click();
  await page.getByText(w.rejected).waitFor();
  assert.ok(await page.locator('section > .offers > li').count() <= asked - 4);
  await page.locator('#d-answered > summary').click();
  await page.locator('#d-rejected > summary').click();
  await axe(page);
  if (!js) await page.reload();
  await shot(page, name('decided'));

  // A note says the opposite of what the farm will say: both are kept only after asking.
  await page.goto(base);
  const card = page.locator('.cards .card', { hasText: 'The farm' });
  await card.getByRole('link').first().click();
  assert.equal(await page.locator('[name="a.papers_taken"]:checked').getAttribute('value'), 'yes');
  assert.equal(await page.locator('[name="g.papers_taken"]').inputValue(), 'said');
  assert.equal(await page.locator('[name="g.locked"]').inputValue(), 'said-by-other');
  assert.equal(await page.locator('[name="a.hit"]:checked').getAttribute('value'), '', 'what was rejected is a fact');
  await answer(page, js, ['hit'], 'no');
  await page.goto(base);
  await page.locator('#d-notes > summary').click();
  await page.locator('#note').fill(w.hers);
  await page.locator('#d-notes form button').click();
  await page.waitForLoadState();
  if (!await page.locator('.note a').first().isVisible()) await page.locator('#d-notes > summary').click();
  await page.locator('.note a').first().click();
  await offer(w.hersQuoted).locator('select[name=part]').selectOption({ label: 'The farm' });
  await offer(w.hersQuoted).locator('select[name=grade]').selectOption('said-by-other');
  await offer(w.hersQuoted).locator('button[value=accepted]').click();
  await page.getByText(w.other).waitFor();
  await axe(page);
  if (js) { // with scripts off axe lets them in, and the page that asks is shown once
    await fits(page);
    await shot(page, name('asking'));
  }
  await offer(w.hersQuoted).locator('button[value=accepted]').click();
  await page.getByText(w.accepted).waitFor();
  await page.goto(base);
  await page.locator('.cards .card', { hasText: 'The farm' }).getByRole('link').first().click();
  assert.equal(await page.locator('[name="a.hit"]:checked').getAttribute('value'), 'both');
});

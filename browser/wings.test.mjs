// Both wings at once: a person writes on the public site while members answer at the desk, each in their own browser.
// Nobody may wait too long for a member who went away: the demo's hold is short.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { root } from './demo.mjs';
import { openHouse } from './harness.mjs';

process.env.AMPARO_DEMO_LEASE = '20s';
const { journey, demo } = await openHouse();

/** @typedef {import('playwright-core').Page} Page */

/** The words of a wing by key. @param {string} wing @param {string} lang @returns {Promise<Record<string, string>>} */
const words = async (wing, lang) => {
  const folder = path.join(root, 'internal', wing, 'words', lang);
  const catalogues = (await readdir(folder)).map(async (name) => JSON.parse(await readFile(path.join(folder, name), 'utf8')));
  return Object.assign({}, ...await Promise.all(catalogues));
};

/** Logs a member in. @param {Page} page @param {string} handle @param {Record<string, string>} w */
async function logIn(page, handle, w) {
  const member = demo.members.find((m) => m.handle === handle);
  await page.getByLabel(w['login.handle']).fill(handle);
  await page.getByLabel(w['login.passphrase']).fill(member?.passphrase ?? '');
  await page.getByRole('button', { name: w['login.go'] }).click();
  await page.getByRole('heading', { name: w['queue.title'] }).waitFor();
}

/** Waits until the page shows it: by itself with scripts, by loading again without. @param {Page} page @param {boolean} js @param {import('playwright-core').Locator} what */
async function comes(page, js, what) {
  for (let tries = 0; !js && tries < 30 && !(await what.first().isVisible()); tries++) await page.reload();
  await what.first().waitFor();
}

/** The row of a person who came by the first door. @param {Page} page @param {Record<string, string>} w */
const row = (page, w) => page.locator('.queue li').filter({ hasText: w['door.help'] });

/** Says something as the visitor, and waits until it is sent. @param {Page} page @param {boolean} js @param {string} text @param {Record<string, string>} w */
async function say(page, js, text, w) {
  const box = js || (await page.locator('iframe').count()) === 0 ? page : page.frameLocator('iframe');
  await box.getByRole('textbox').fill(text);
  await box.getByRole('button', { name: w['talk.send'], exact: true }).click();
  await page.getByRole('log').getByText(text).waitFor();
}

/** Answers as the member who holds the talk. @param {Page} page @param {string} text @param {Record<string, string>} w */
async function reply(page, text, w) {
  await page.getByLabel(w['talk.reply']).fill(text);
  await page.getByRole('button', { name: w['talk.send'], exact: true }).click();
  await page.getByRole('log').getByText(text).waitFor();
}

/** Waits until the visitor is told that it is over. @param {Page} page @param {Record<string, string>} w */
const ended = (page, w) => page.getByText(w['ended.head']).filter({ visible: true }).first().waitFor();

journey('a person is heard, answered and handed over', { js: [true, false], lang: ['en', 'es'] }, async ({ open, axe, shot, js, lang }) => {
  const [h, d] = await Promise.all([words('hub', lang), words('desk', lang)]);
  const ana = await open('desk');
  await logIn(ana, 'ana', d);

  const visitor = await open('site', `${lang}/talk`, { size: 'phone' });
  await say(visitor, js, 'My boss <i>has</i> my passport', h);
  await comes(ana, js, row(ana, d));
  await row(ana, d).getByRole('button', { name: d['queue.claim'] }).click();
  await ana.getByRole('log').getByText('My boss <i>has</i> my passport', { exact: true }).waitFor();
  assert.equal(await ana.locator('[role=log] i').count(), 0, 'what a visitor types is text');
  if (js) await visitor.getByText(h['place.held']).waitFor();

  if (js) {
    await ana.getByLabel(d['talk.reply']).pressSequentially('Are you');
    await visitor.getByText(h['chat.typing']).waitFor();
  }
  await reply(ana, 'Are you safe now?', d);
  await visitor.getByRole('log').getByText('Are you safe now?').waitFor();
  await say(visitor, js, 'Yes, for an hour', h);
  await comes(ana, js, ana.getByRole('log').getByText('Yes, for an hour'));
  await axe(ana);
  await axe(visitor);
  await shot(ana, `wings/answering-${lang}-${js ? 'script' : 'plain'}`);
  await shot(visitor, `wings/answered-${lang}-${js ? 'script' : 'plain'}`);

  const sol = await open('desk');
  await logIn(sol, 'sol', d);
  await ana.getByText(d['talk.more'], { exact: true }).click();
  await ana.locator('select[name=member]').selectOption({ label: `sol, ${d['role.supervisor']}` });
  await ana.getByRole('button', { name: d['talk.transfer-go'] }).click();
  await comes(sol, js, row(sol, d).getByRole('link', { name: d['queue.open'] }));
  await row(sol, d).getByRole('link', { name: d['queue.open'] }).click();
  await reply(sol, 'Ana told me. I am here.', d);
  await visitor.getByRole('log').getByText('Ana told me. I am here.').waitFor();
  assert.deepEqual(await visitor.locator('.mine').count(), 2, 'nothing is doubled');

  await sol.getByText(d['talk.more'], { exact: true }).click();
  await sol.getByRole('button', { name: d['talk.close'] }).click();
  await sol.getByText(d['talk.closed']).waitFor();
  await ended(visitor, h);
});

journey('a silent member does not keep a person waiting', { js: [true] }, async ({ open }) => {
  const [h, d] = await Promise.all([words('hub', 'en'), words('desk', 'en')]);
  const ana = await open('desk');
  await logIn(ana, 'ana', d);
  const visitor = await open('site', 'en/talk');
  await say(visitor, true, 'Is anybody there', h);
  await comes(ana, true, row(ana, d));
  await row(ana, d).getByRole('button', { name: d['queue.claim'] }).click();
  await visitor.getByText(h['place.held']).waitFor();
  await ana.goto('about:blank'); // called away

  const sol = await open('desk');
  await logIn(sol, 'sol', d);
  await row(sol, d).getByRole('button', { name: d['queue.claim'] }).click({ timeout: 45_000 });
  await reply(sol, 'I am here', d);
  await visitor.getByRole('log').getByText('I am here').waitFor();
  await sol.getByText(d['talk.more'], { exact: true }).click();
  await sol.getByRole('button', { name: d['talk.close'] }).click();
  await ended(visitor, h);
});

// The wording check: what the page's finder says must be what the Go one says, and nothing of a text leaves the device.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { find } from '../internal/hub/client/wordingfind.js';
import { root } from './demo.mjs';
import { openHouse } from './harness.mjs';

const house = await openHouse();

/** @type {{name: string, lang: 'en' | 'es', text: string, finds: string[]}[]} */
const pairs = JSON.parse(readFileSync(path.join(root, 'internal/hub/testdata/wording.json'), 'utf8'));

/** The check as the page has it. @param {string} lang @returns {Promise<import('../internal/hub/client/wordingfind.js').Wording>} */
async function wording(lang) {
  const html = await (await fetch(`${house.demo.site}${lang}/wording`)).text();
  return JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html)?.[1] ?? '');
}
const lists = { en: await wording('en'), es: await wording('es') };

test('the page finds in each text what it must, and nothing else', () => {
  assert.ok(pairs.length >= 25);
  for (const { name, lang, text, finds } of pairs) {
    const { marks } = find(lists[lang], text);
    assert.deepEqual(marks.map(({ rule, start, end }) => `${rule.id}: ${text.slice(start, end)}`), finds, name);
  }
});

/** A small generator of numbers below n, the same for each seed. @param {number} seed */
function dice(seed) {
  return (/** @type {number} */ n) => {
    seed = Math.imul(seed ^ seed >>> 15, 0x2c1b3c6d) + 0x9e3779b9 | 0;
    return ((seed ^ seed >>> 13) >>> 0) % n;
  };
}

/** @param {string} html */
const plain = (html) => html.replace(/&#(\d+);/g, (_, n) => String.fromCodePoint(Number(n))).replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

test('of made-up texts the server and the page find the same', async (t) => {
  const roll = dice(4);
  let marked = 0, told = 0;
  for (let i = 0; i < 60; i++) {
    const lang = /** @type {const} */ (['en', 'es'])[i % 2], { list } = lists[lang];
    const patterns = [...Object.values(list.words), ...Object.values(list.told)].flat();
    const pick = (/** @type {string[]} */ from) => from[roll(from.length)];
    const between = [' ', ' ', ' ', ' ', ', ', '. ', '; ', '\n', '’', '-', '. “', ' ¿', '.', '\u00a0', ' 😀 ', ': '];
    const ends = ['', 's', 'ing', 'ÁN', 'ñas', 'é', 'e\u0301'];
    let text = '';
    for (let n = 20 + roll(40); n > 0; n--) {
      const kind = roll(10);
      const word = kind < 6 ? pick(patterns).split(' ').map((p) => p === '..' ? pick(['a', 'b c', 'd e f', 'g h i j']) : pick(p.split('|')).replace(/\{(\d+)-(\d+)\}/, () => `${roll(20)}`).replace('*', () => pick(ends))).join(' ')
        : kind < 8 ? pick([...list.deny, ...list.except]) : pick(['x', 'Über', '12', '5000000000', 'İst', '<b>&"', "d'y"]);
      text += (roll(5) ? word : word.toUpperCase()) + pick(between);
    }
    const answer = await fetch(`${house.demo.site}${lang}/wording`, { method: 'POST', body: new URLSearchParams({ text, send: '1' }), headers: { 'Sec-Fetch-Site': 'same-origin' } });
    const html = await answer.text(), found = find(lists[lang], text);
    assert.equal(answer.status, 200);
    const server = [...html.matchAll(/<mark class="(\w+)">([^<]*)<\/mark>/g)].map(([, kind, word]) => `${kind} ${plain(word)}`);
    assert.deepEqual(found.marks.map(({ rule, start, end }) => `${rule.kind} ${text.slice(start, end)}`), server, text);
    const lines = [...html.matchAll(/<ul id="told">(.*?)<\/ul>/gs)].flatMap(([, ul]) => [...ul.matchAll(/<li>[^:]*: ([^<]*)<\/li>/g)].map(([, words]) => plain(words)));
    assert.deepEqual(found.told.map(({ words }) => words.join(', ')), lines, text);
    marked += server.length;
    told += lines.length;
  }
  t.diagnostic(`${marked} words marked, ${told} things told`);
  assert.ok(marked > 100 && told > 100);
});

house.journey('a headline is checked on the device', { lang: ['en', 'es'], size: ['narrow', 'phone', 'desk'] }, async ({ open, lang, size, axe, shot }) => {
  const pair = pairs.find((p) => p.lang === lang && /San Antonio/.test(p.name));
  assert.ok(pair);
  const page = await open('site', `${lang}/wording`);
  await page.locator('#here').waitFor();
  await axe(page);
  /** @type {string[]} */
  const asked = [];
  page.on('request', (r) => asked.push(`${r.method()} ${r.url()}`));
  await page.locator('button').focus();
  await page.keyboard.press('Enter'); // nothing is pasted yet
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'text');
  await page.keyboard.insertText(pair.text);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.deepEqual(await page.locator('mark').allInnerTexts(), pair.finds.map((f) => f.slice(f.indexOf(': ') + 2)));
  assert.match(await page.locator('#found').innerText(), lang === 'en' ? /smuggling/ : /tráfico de migrantes/);
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'result');
  const [head, bar] = await Promise.all([page.locator('#result h2').boundingBox(), page.locator('.bar').boundingBox()]);
  assert.ok(head && bar && head.y >= bar.y + bar.height, 'the bar covers what was found');
  assert.equal(await page.locator('#text').inputValue(), pair.text, 'the text was changed');
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, 'it is wider than the screen');
  await axe(page);
  await shot(page, `wording-${lang}-${size}`);
  await page.emulateMedia({ colorScheme: 'dark' });
  await axe(page);
  await shot(page, `wording-dark-${lang}-${size}`);
  await page.locator('#text').fill('<img src=x onerror=alert(1)> human trafficking');
  await page.locator('button').click();
  assert.equal(await page.locator('#marked img').count(), 0);
  assert.deepEqual(asked, [], 'something was sent');
  assert.equal(await page.evaluate(() => document.cookie + localStorage.length + sessionStorage.length), '00');
});

house.journey('without scripts a text is sent only by a choice', { js: [false], lang: ['en', 'es'], size: ['narrow', 'desk'] }, async ({ open, watch, lang, axe, shot }) => {
  const pair = pairs.find((p) => p.lang === lang && /San Antonio/.test(p.name));
  assert.ok(pair);
  const page = await open('site', `${lang}/wording`);
  watch(page).allow(/status of 400/, 'the box was not ticked');
  await page.locator('#text').fill(pair.text);
  await page.locator('form button').click();
  assert.equal(await page.locator('mark').count(), 0);
  assert.equal(await page.locator('#text').inputValue(), pair.text);
  await axe(page);
  await page.locator('[name=send]').check();
  await page.locator('form button').click();
  assert.deepEqual(await page.locator('mark').allInnerTexts(), pair.finds.map((f) => f.slice(f.indexOf(': ') + 2)));
  await axe(page);
  await shot(page, `wording-plain-${lang}`);
});

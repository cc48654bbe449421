// Find help: a person chooses, reads what fits and why, looks at the whole list, prints it, and leaves.
import assert from 'node:assert/strict';
import { openHouse, steady } from './harness.mjs';

const house = await openHouse();
const { journey } = house;

/** @typedef {import('playwright-core').Page} Page */

const words = {
  en: { need: 'A safe place to stay', papers: 'Identity papers', status: /nobody asks about immigration/, now: 'Open now', language: 'In which language?', area: 'Where?', go: 'Show services',
    answer: 'What we found', fits: 'These fit', name: 'Safe beds', maybe: 'These may fit', old: /more than a year ago/, secret: /place is confidential/, again: 'Choose again', all: 'See the whole list',
    list: 'All services', numbers: 'These numbers answer at any hour', empty: /found nothing that fits/, ask: /You can ask us/, talk: 'Talk with us', exit: 'Exit now' },
  es: { need: 'Un lugar seguro donde quedarse', papers: 'Documentos de identidad', status: /nadie pregunte por la situación/, now: 'Abierto ahora', language: '¿En qué idioma?', area: '¿Dónde?', go: 'Mostrar servicios',
    answer: 'Lo que encontramos', fits: 'Estos le sirven', name: 'Camas seguras', maybe: 'Estos quizá le sirvan', old: /hace más de un año/i, secret: /El lugar es confidencial/, again: 'Elegir de nuevo', all: 'Ver la lista completa',
    list: 'Todos los servicios', numbers: 'Estos números contestan a cualquier hora', empty: /No encontramos nada/, ask: /Puede preguntarnos/, talk: 'Hablar con nosotros', exit: 'Salir ya' },
};

/** Fails where the page is too wide, or holds something too small to press. @param {Page} page @param {string} where */
async function fitsTheScreen(page, where) {
  await page.waitForLoadState(); // the style too
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, `${where} scrolls sideways`);
  const small = await page.evaluate(() => [...document.querySelectorAll('button, select, .exit, .pick label, .next a, .numbers a, .tel, footer a')]
    .filter((e) => e.getClientRects().length && e.getBoundingClientRect().height < 43.9).map((e) => e.outerHTML));
  assert.deepEqual(small, [], `${where}: targets under 44 px`);
}

journey('a person finds a place to stay', { js: [true, false], lang: ['en', 'es'], size: ['narrow', 'phone', 'desk'] }, async ({ open, axe, shot, watch, js, lang, size }) => {
  const w = words[lang];
  const page = await open('site', `${lang}/find`);
  await fitsTheScreen(page, 'the form');
  await axe(page);
  if (!js) await page.reload(); // axe let scripts in
  await page.getByText(w.need, { exact: true }).click();
  await page.getByLabel(w.language).selectOption('es');
  await shot(page, `find/form-${lang}-${size}`);
  await page.getByRole('button', { name: w.go }).click();
  await page.getByRole('heading', { name: w.answer }).waitFor();
  assert.equal(new URL(page.url()).pathname + new URL(page.url()).search, `/${lang}/find`, 'what was chosen stands in no address');
  assert.deepEqual(await page.getByRole('heading', { level: 2 }).allTextContents(), [w.numbers, w.fits, w.maybe]);
  const first = page.getByRole('article').first();
  await first.getByRole('heading', { name: w.name }).waitFor();
  await first.getByText(w.secret).waitFor();
  assert.equal(await first.getByRole('link').getAttribute('href'), 'tel:+12025550101');
  await page.getByText(w.old).first().waitFor();
  assert.ok(!(await page.content()).includes('Sandpiper'), 'the address of a confidential place');
  await fitsTheScreen(page, 'the answer');
  await axe(page);
  await shot(page, `find/answer-${lang}-${size}`);
  await page.getByRole('link', { name: w.all }).click();
  await page.getByRole('heading', { name: w.list }).waitFor();
  await fitsTheScreen(page, 'the list');
  await axe(page);
  assert.ok(await page.getByRole('article').count() > 15);
  assert.ok(!(await page.content()).includes('Sandpiper'), 'the address of a confidential place');
  for (const { url } of watch(page).requests) assert.match(url, /^[^?#]*$/, 'an address with a question in it');
  assert.deepEqual(await page.context().cookies(), []);
  if (js) assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
});

journey('a person finds nothing, and is not left alone', { js: [true, false], lang: ['en', 'es'], size: ['phone'] }, async ({ open, axe, shot, lang }) => {
  const w = words[lang];
  const page = await open('site', `${lang}/find`);
  await page.getByText(w.papers, { exact: true }).click();
  await page.getByLabel(w.language).selectOption('vi');
  await page.getByLabel(w.area).selectOption({ label: 'North Shore' });
  await page.getByText(w.status).click();
  await page.getByText(w.now, { exact: true }).click();
  await page.getByRole('button', { name: w.go }).click();
  await page.getByRole('heading', { name: w.answer }).waitFor();
  if (await page.getByRole('article').count() === 0) await page.getByText(w.ask).waitFor();
  await page.getByRole('link', { name: w.talk }).waitFor();
  await axe(page);
  await shot(page, `find/little-${lang}`);
  await page.getByRole('link', { name: w.again }).click();
  await page.getByRole('button', { name: w.go }).waitFor();
  assert.equal(await page.getByLabel(w.language).inputValue(), '', 'the form remembers what was chosen');
});

journey('an empty answer, an empty list, a form to choose again', { js: [true, false], lang: ['en', 'es'], size: ['narrow'] }, async ({ open, axe, lang }) => {
  const page = await open('site', `storybook/${lang}/find-empty`);
  await page.getByRole('heading', { name: words[lang].empty }).waitFor();
  await page.getByText(words[lang].ask).waitFor();
  await axe(page);
  for (const story of ['find-again', 'find-now', 'find-anything', 'find-all-none']) {
    await page.goto(new URL(`/storybook/${lang}/${story}`, page.url()).href);
    await fitsTheScreen(page, story);
    await axe(page);
  }
});

journey('the finder by keyboard alone', { js: [true, false], lang: ['en', 'es'] }, async ({ open, lang }) => {
  const w = words[lang];
  const page = await open('site', `${lang}/find`);
  const focused = () => page.evaluate(() => `${document.activeElement?.tagName} ${document.activeElement?.getAttribute('name') ?? document.activeElement?.textContent?.trim()}`);
  await page.keyboard.press('Tab');
  assert.equal(await focused(), `A ${w.exit}`, 'Exit comes first');
  for (let i = 0; i < 12 && await focused() !== 'INPUT need'; i++) await page.keyboard.press('Tab');
  assert.equal(await focused(), 'INPUT need');
  await page.keyboard.press('ArrowDown');
  for (const name of ['SELECT language', 'SELECT area', 'INPUT when', 'INPUT status']) {
    await page.keyboard.press('Tab');
    assert.equal(await focused(), name);
  }
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: w.answer }).waitFor();
  assert.equal(await page.locator('.asked li').count(), 2);
  await page.getByRole('article').first().getByRole('heading', { name: w.name }).waitFor();
});

journey('the list and an answer on paper', { lang: ['en', 'es'] }, async ({ open, shot, lang }) => {
  const page = await open('site', `${lang}/find/all`);
  await page.emulateMedia({ media: 'print' });
  for (const hidden of ['.bar', 'footer', '.next']) assert.equal(await page.locator(hidden).first().isVisible(), false, `${hidden} is printed`);
  assert.equal(await page.getByRole('article').first().isVisible(), true);
  assert.equal(await page.locator('.numbers').first().isVisible(), true);
  await shot(page, `find/paper-${lang}`);
  await page.goto(new URL(`/storybook/${lang}/find-answer`, page.url()).href);
  assert.equal(await page.locator('.next').isVisible(), false);
  assert.equal(await page.getByRole('article').first().isVisible(), true);
});

journey('Exit from an answer: Back shows nothing of it', { js: [true, false], lang: ['en', 'es'] }, async ({ open, lang }) => {
  const w = words[lang];
  const page = await open('site', `${lang}/find`);
  await page.getByText(w.need, { exact: true }).click();
  await page.getByRole('button', { name: w.go }).click();
  await page.getByRole('heading', { name: w.answer }).waitFor();
  await page.getByRole('link', { name: w.exit }).click();
  await page.waitForURL(`${house.neutral}**`);
  for (let i = 1; i <= 5; i++) {
    await page.goBack({ timeout: 3000 }).catch(() => null); // nothing lies before the first page
    const text = await steady(page, () => page.evaluate(() => document.body?.innerText ?? ''));
    for (const ours of [w.answer, w.need, w.name, w.exit]) assert.ok(!text.includes(ours), `back ${i}: "${ours}"`);
  }
});

// Languages in which only some pages are: the finder is one of them, from right to left too.
journey('the finder in Arabic', { js: [true, false], size: ['narrow', 'desk'] }, async ({ open, axe, shot, size }) => {
  const page = await open('site', 'ar/find');
  assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), ['ar', 'rtl']);
  await fitsTheScreen(page, 'the form');
  await axe(page);
  await shot(page, `find/form-ar-${size}`);
  await page.locator('form.find button').click();
  await page.getByRole('article').first().waitFor();
  await fitsTheScreen(page, 'the answer');
  await axe(page);
  await shot(page, `find/answer-ar-${size}`);
});

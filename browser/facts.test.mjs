// What is published as fact: the list, a claim with its source, its chart and table, read on any screen.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { openHouse } from './harness.mjs';

const { journey } = await openHouse();

/** @typedef {import('playwright-core').Page} Page */

const words = {
  en: { title: 'Information and support', exit: 'Exit now', figures: 'Figures', save: 'Save these numbers (CSV)', all: 'All facts', doubtful: 'Doubtful.',
    older: 'This is old.', now: 'To ask for asylum in the United States costs $100. Each year of waiting costs $102 more.', details: 'Details of c38', share: '77%' },
  es: { title: 'Información y apoyo', exit: 'Salir ya', figures: 'Cifras', save: 'Guardar estos números (CSV)', all: 'Todos los datos', doubtful: 'Dudoso.',
    older: 'Esto es antiguo.', now: 'Pedir asilo en los Estados Unidos cuesta 100 dólares. Cada año de espera cuesta 102 dólares más.', details: 'Detalles de c38', share: '77 %' },
};

/** The list, and claims of every kind: a definition, a myth, a chart of shares and of bars, doubtful, older. */
const pages = ['facts', 'facts/c02', 'facts/c13', 'facts/c19', 'facts/c38', 'facts/c40', 'facts/c44', 'facts/c46'];

journey('the facts are calm and whole', { js: [true, false], lang: ['en', 'es'], size: ['narrow', 'desk'] }, async ({ open, axe, shot, js, lang, size }) => {
  const page = await open('site', `${lang}/facts`);
  for (const path of pages) {
    await page.goto(new URL(`/${lang}/${path}`, page.url()).href);
    assert.equal(await page.title(), words[lang].title, path);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), words[lang].exit, `${path}: Exit comes first`);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, `${path} scrolls sideways`);
    const small = await page.evaluate(() => [...document.querySelectorAll('main a')]
      .filter((e) => e.getBoundingClientRect().height < 43.9).map((e) => e.outerHTML));
    assert.deepEqual(small, [], `${path}: targets under 44 px`);
    await axe(page);
    if (!js) await page.reload(); // axe let scripts in
    if (js) await shot(page, `facts/${path.replaceAll('/', '-')}-${lang}-${size}`);
  }
  assert.deepEqual(await page.context().cookies(), []);
});

journey('a reader goes by the keyboard from the list to a figure and saves its numbers', { js: [true, false], lang: ['en', 'es'], size: ['phone'] }, async ({ open, js, lang }) => {
  const w = words[lang];
  const page = await open('site', `${lang}/facts`);
  await press(page, w.figures);
  await page.waitForURL(/#figure$/);
  assert.ok(await page.getByRole('heading', { name: w.figures }).evaluate((e) => e.getBoundingClientRect().top >= (document.querySelector('.bar')?.clientHeight ?? Infinity)), 'the bar covers the heading');
  await press(page, w.details);
  await page.waitForURL(/\/facts\/c38$/);
  const chart = page.getByRole('img');
  assert.match(await chart.evaluate((e) => e.querySelector('desc')?.textContent ?? ''), new RegExp(w.share));
  assert.match(await page.getByRole('table').innerText(), new RegExp(`${w.share}[^]*23`));

  const [file] = await Promise.all([page.waitForEvent('download'), press(page, w.save)]);
  assert.equal(file.suggestedFilename(), 'c38.csv', 'the name of the file tells nothing');
  const lines = (await readFile(await file.path(), 'utf8')).split('\r\n');
  assert.equal(lines.length, 4);
  assert.match(lines[0] ?? '', /^claim,label,value,/);
  assert.match(lines[1] ?? '', /^c38,[^,]+,77,/);

  await press(page, w.all);
  await page.waitForURL(/\/facts$/);
  if (js) await page.keyboard.press('Shift'); // once is nothing
  assert.equal(await page.title(), w.title);
});

journey('what is doubtful or old says so, and leads on', { js: [false], lang: ['en', 'es'], size: ['phone'] }, async ({ open, lang, watch }) => {
  const w = words[lang];
  const page = await open('site', `${lang}/facts/c40`);
  await page.getByText(w.doubtful, { exact: true }).waitFor();
  assert.equal(await page.getByRole('img').count(), 0, 'a doubtful figure is drawn');
  await page.goto(new URL(`/${lang}/facts/c44`, page.url()).href);
  await page.getByText(w.older).waitFor();
  await page.locator('.doubt a').click(); // to the next, which is old by now too
  await page.locator('.doubt a').click();
  await page.getByRole('heading', { level: 1, name: w.now }).waitFor();
  assert.equal(await page.locator('.doubt').count(), 0);
  watch(page).allow(/404/, 'claims that do not exist');
  for (const path of ['facts/c99', 'facts/c40x', 'facts/c19/table.csv', 'facts/%2e%2e/table.csv', 'facts/c40/other.csv']) {
    const answer = await page.goto(new URL(`/${lang}/${path}`, page.url()).href);
    assert.equal(answer?.status(), 404, path);
    assert.equal(await page.title(), w.title, path);
  }
});

journey('a chart is read in the dark, in print, in forced colours and from right to left', { lang: ['en'], size: ['phone'] }, async ({ open, axe, shot }) => {
  const page = await open('site', 'en/facts/c38');
  const colours = () => page.evaluate(() => {
    const of = (/** @type {string} */ query) => getComputedStyle(/** @type {Element} */ (document.querySelector(query)));
    return { bar: of('.chart rect').stroke, letters: of('.chart text').fill, ink: of('body').color, paper: of('html').backgroundColor };
  });
  const light = await colours();
  assert.notEqual(light.bar, light.paper);
  /** @type {[string, Parameters<Page['emulateMedia']>[0]][]} */
  const ways = [['dark', { colorScheme: 'dark' }], ['forced', { forcedColors: 'active' }], ['print', { media: 'print' }]];
  for (const [name, how] of ways) {
    await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', media: 'screen', ...how });
    const now = await colours();
    assert.notEqual(now.bar, now.paper, name);
    assert.equal(now.letters, now.ink, name);
    if (name === 'forced') assert.equal(now.bar, now.ink, 'forced colours reach the hatches');
    if (name === 'dark') await axe(page);
    await shot(page, `facts/chart-${name}`);
  }
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', media: 'screen' });
  await page.goto(new URL('/storybook/ar-XB/fact-shares', page.url()).href);
  assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
  const [first, last] = await page.evaluate(() => [...document.querySelectorAll('.chart rect')].slice(0, 2).map((e) => e.getBoundingClientRect().left));
  assert.ok((first ?? 0) > (last ?? 0), 'the first part stands at the right');
  await shot(page, 'facts/chart-rtl');
});

/** Goes by the keyboard alone to the link of that name, and follows it. @param {Page} page @param {string} name */
async function press(page, name) {
  for (let steps = 0; steps < 120; steps++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((name) => document.activeElement?.textContent === name, name)) {
      await page.keyboard.press('Enter');
      return;
    }
  }
  assert.fail(`the keyboard does not reach "${name}"`);
}

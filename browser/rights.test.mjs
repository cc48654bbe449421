// Know your rights: a person finds their situation, reads what the law says and from where, and goes on from there.
import assert from 'node:assert/strict';
import { openHouse } from './harness.mjs';

const house = await openHouse();
const { journey } = house;

const words = {
  en: { head: 'Know your rights', papers: 'Somebody keeps my papers', call: 'What happens if I call', law: 'What the law says', do: 'What you can do now', keep: 'What to keep', offices: 'Where to ask or complain',
    check: /Answer some questions/, find: 'Find help', talk: 'Talk with us', advice: /not legal advice/, nobody: /No lawyer has checked/, exit: 'Exit now', title: 'Information and support' },
  es: { head: 'Conozca sus derechos', papers: 'Alguien guarda mis documentos', call: 'Qué pasa si llamo', law: 'Lo que dice la ley', do: 'Qué puede hacer ahora', keep: 'Qué guardar', offices: 'Dónde preguntar o quejarse',
    check: /Contestar unas preguntas/, find: 'Buscar ayuda', talk: 'Hablar con nosotros', advice: /no es un consejo legal/, nobody: /Ningún abogado ha revisado/, exit: 'Salir ya', title: 'Información y apoyo' },
};

/** Fails where the page is too wide, or holds something too small to press. @param {import('playwright-core').Page} page @param {string} where */
async function fitsTheScreen(page, where) {
  await page.waitForLoadState(); // the style too
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, `${where} scrolls sideways`);
  const small = await page.evaluate(() => [...document.querySelectorAll('.exit, .ways a, .next a, .tel, footer a')]
    .filter((e) => e.getClientRects().length && e.getBoundingClientRect().height < 43.9).map((e) => e.outerHTML));
  assert.deepEqual(small, [], `${where}: targets under 44 px`);
}

journey('a person reads what the law says of kept papers', { js: [true, false], lang: ['en', 'es'], size: ['narrow', 'phone', 'desk'] }, async ({ open, axe, shot, watch, js, lang, size }) => {
  const w = words[lang];
  const page = await open('site', `${lang}/rights`);
  await page.getByRole('heading', { level: 1, name: w.head }).waitFor();
  assert.ok(await page.locator('.ways a').count() >= 13);
  await fitsTheScreen(page, 'the list');
  await axe(page);
  if (!js) await page.reload(); // axe let scripts in
  await shot(page, `rights/list-${lang}-${size}`);
  await page.getByRole('link', { name: w.papers }).click();
  await page.getByRole('heading', { level: 1, name: w.papers }).waitFor();
  assert.match(page.url(), /\/rights\/r3$/, 'a neutral address');
  assert.equal(await page.title(), w.title);
  for (const head of [w.law, w.do, w.keep, w.offices]) await page.getByRole('heading', { level: 2, name: head }).waitFor();
  await page.getByText('18 U.S.C. 1592(a)', { exact: true }).waitFor();
  await page.getByText(w.advice).waitFor();
  await page.getByText(w.nobody).waitFor();
  assert.equal(await page.locator('.offices a[href="tel:18883737888"]').count(), 1);
  assert.equal(await page.locator('a[href="sms:233733"]').count(), 1);
  await fitsTheScreen(page, 'the situation');
  await axe(page);
  await shot(page, `rights/papers-${lang}-${size}`);
  for (const { url } of watch(page).requests) assert.match(url, /^[^?#]*$/, 'an address with a question in it');
  assert.deepEqual(await page.context().cookies(), []);
});

journey('every page of rights is whole', { lang: ['en', 'es'], size: ['narrow'] }, async ({ open, axe, lang }) => {
  const page = await open('site', `${lang}/rights`);
  const paths = await page.locator('.ways a').evaluateAll((links) => links.map((a) => a.getAttribute('href') ?? ''));
  assert.ok(paths.length >= 13);
  for (const path of paths) {
    await page.goto(new URL(path, page.url()).href);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), words[lang].exit, `${path}: Exit comes first`);
    await fitsTheScreen(page, path);
    await axe(page);
  }
});

journey('from a situation to the check, to help, to the talk', { js: [true, false], lang: ['en', 'es'], size: ['phone'] }, async ({ open, lang }) => {
  const w = words[lang];
  for (const [name, to] of /** @type {[string | RegExp, string][]} */ ([[w.check, 'check'], [w.find, 'find'], [w.talk, 'talk']])) {
    const page = await open('site', `${lang}/rights/r4`);
    await page.getByRole('link', { name }).click();
    await page.waitForURL(`**/${lang}/${to}`);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
  }
});

journey('what happens in a call, by keyboard and on paper', { lang: ['en', 'es'] }, async ({ open, shot, lang }) => {
  const w = words[lang];
  const page = await open('site', `${lang}/rights`);
  await page.getByRole('link', { name: w.call }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: w.call }).waitFor();
  assert.ok(await page.locator('ol.says > li').count() >= 5);
  await shot(page, `rights/call-${lang}`);
  await page.emulateMedia({ media: 'print' });
  for (const hidden of ['.bar', 'footer', '.next', '.hint']) assert.equal(await page.locator(hidden).first().isVisible(), false, `${hidden} is printed`);
  assert.equal(await page.locator('ol.says').isVisible(), true);
  assert.equal(await page.getByText(w.nobody).isVisible(), true, 'who has reviewed it is printed');
  await shot(page, `rights/paper-${lang}`);
});

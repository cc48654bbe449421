// The visitor's side: every page as a person meets it, the talk with scripts and without, and Exit.
import assert from 'node:assert/strict';
import { openHouse, steady } from './harness.mjs';

const house = await openHouse();
const { journey } = house;

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {'en' | 'es'} Lang */

const words = {
  en: { title: 'Information and support', exit: 'Exit now', help: /I need help/, tell: /I want to ask/, message: 'Your message', send: 'Send', sent: 'Sent',
    again: 'Try again', stop: 'End or erase', end: 'End this talk', erase: 'Erase this talk', ended: 'This talk has ended', erased: 'This talk is erased',
    everything: 'Show everything again', log: 'What was said', unsent: /Not sent/, ask: 'Your words cannot be sealed in this browser', that: 'Send it that way' },
  es: { title: 'Información y apoyo', exit: 'Salir ya', help: /Necesito ayuda/, tell: /Quiero preguntar/, message: 'Su mensaje', send: 'Enviar', sent: 'Enviado',
    again: 'Intentar de nuevo', stop: 'Terminar o borrar', end: 'Terminar la conversación', erase: 'Borrar la conversación', ended: 'Esta conversación ha terminado',
    erased: 'Esta conversación está borrada', everything: 'Mostrar todo de nuevo', log: 'Lo que se dijo', unsent: /No se envió/,
    ask: 'Este navegador no puede sellar sus palabras', that: 'Enviarlo de ese modo' },
};

/** A word that must not be found anywhere but in what a person sees. */
const canary = 'Xochitl-canary-7f3';

/** Opens the door and says the first word; with scripts or without the words are then in the log. @param {Page} page @param {Lang} lang @param {string} text */
async function begin(page, lang, text) {
  const w = words[lang];
  await page.getByRole('link', { name: w.help }).click();
  await page.getByLabel(w.message).fill(text);
  await page.getByRole('button', { name: w.send, exact: true }).click();
  await page.getByRole('log').getByText(text).waitFor();
  await page.getByRole('log').getByText(w.sent, { exact: true }).first().waitFor();
}

/** Where one writes: in the page, or in the frame of a page without scripts. @param {Page} page @param {boolean} js */
const writing = (page, js) => (js ? page : page.frameLocator('iframe'));

/** Fails unless nothing of ours can be seen. @param {Page} page @param {string} when */
async function nothingOfOurs(page, when) {
  const text = await steady(page, () => page.evaluate(() => `${document.title} ${document.body?.innerText ?? ''}`));
  for (const { title, message, exit } of Object.values(words)) {
    for (const ours of [title, message, exit, canary]) assert.ok(!text.includes(ours), `${when}: "${ours}" in ${text}`);
  }
}

journey('each page is calm and whole', { js: [true, false], lang: ['en', 'es'], size: ['narrow', 'desk'] }, async ({ open, axe, shot, watch, js, lang, size }) => {
  const page = await open('site', '');
  watch(page).allow(/404/, 'an address with nothing behind it');
  for (const path of ['', `${lang}/`, `${lang}/talk`, `${lang}/tell`, `${lang}/privacy`, `${lang}/exit-help`, `${lang}/nowhere`]) {
    await page.goto(new URL(path, page.url()).origin + `/${path}`);
    assert.equal(await page.title(), words[lang].title, path);
    assert.equal(await page.locator('html').getAttribute('lang'), lang, path);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), words[lang].exit, `${path}: Exit comes first`);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, `${path} scrolls sideways`);
    const small = await page.evaluate(() => [...document.querySelectorAll('button, .exit, summary, .door, textarea, nav a, footer a, .numbers a')]
      .filter((e) => e.getClientRects().length && e.getBoundingClientRect().height < 43.9).map((e) => e.outerHTML));
    assert.deepEqual(small, [], `${path}: targets under 44 px`);
    await axe(page);
    if (!js) await page.reload(); // axe let scripts in
    await shot(page, `hub/${path.replaceAll('/', '-') || 'root'}-${lang}-${size}`);
  }
  assert.deepEqual(await page.context().cookies(), []);
});

journey('a person talks, ends and erases', { js: [true, false], lang: ['en', 'es'], size: ['phone'] }, async ({ open, axe, shot, watch, js, lang }) => {
  const w = words[lang];
  const page = await open('site', `${lang}/`);
  /** @type {string[]} */
  const bodies = [];
  page.on('request', (r) => bodies.push(`${r.url()} ${js ? r.postData() ?? '' : ''}`));
  await begin(page, lang, `${canary} <b>one</b>`);
  const box = writing(page, js);
  for (const text of ['two', 'three']) {
    await box.getByRole('textbox', { name: w.message }).fill(text);
    await box.getByRole('button', { name: w.send, exact: true }).click();
    await page.getByRole('log').getByText(text).waitFor();
  }
  await page.locator('.mine').nth(2).getByText(w.sent, { exact: true }).waitFor();
  assert.equal(await page.locator('.mine').count(), 3);
  assert.equal(await page.title(), w.title);
  await axe(page);
  await shot(page, `hub/talking-${lang}-${js ? 'script' : 'plain'}`);
  if (js) {
    await page.getByText(w.stop, { exact: true }).click();
    await page.evaluate(() => scrollTo(0, 0)); // axe takes what is scrolled under the bar of Exit for hidden
    await axe(page);
    await page.getByRole('button', { name: w.end }).click();
    await page.getByRole('heading', { name: w.ended }).waitFor();
  } else {
    await page.getByRole('button', { name: w.everything }).click();
    await page.getByRole('log').getByText('three').waitFor();
    assert.equal(await page.locator('.mine').count(), 3);
    await axe(page);
    await page.getByRole('button', { name: w.stop }).click();
    await page.getByRole('button', { name: w.end }).click();
    await page.getByRole('heading', { name: w.ended }).waitFor();
  }
  await page.getByRole('button', { name: w.erase }).click();
  await page.getByRole('heading', { name: w.erased }).waitFor();
  await axe(page);
  for (const b of bodies) assert.ok(!b.includes(canary) && !b.includes('Xochitl'), `said in the clear: ${b}`);
  for (const { url } of watch(page).requests) assert.match(url, /^[^?#]*$/, 'an address with a question in it');
  assert.deepEqual(await page.context().cookies(), []);
});

for (const from of ['home', 'talking']) {
  journey(`Exit while ${from}: Back shows nothing of ours`, { js: [true, false], lang: ['en', 'es'] }, async ({ open, js, lang }) => {
    const page = await open('site', `${lang}/`);
    await page.getByRole('link', { name: words[lang].tell }).click();
    await page.getByLabel(words[lang].message).waitFor();
    if (from === 'talking') {
      await page.goto(new URL(`/${lang}/`, page.url()).href);
      await begin(page, lang, canary);
      await writing(page, js).getByRole('textbox', { name: words[lang].message }).fill('two');
      await writing(page, js).getByRole('button', { name: words[lang].send, exact: true }).click();
      await page.locator('.mine').nth(1).getByText(words[lang].sent, { exact: true }).waitFor();
    }
    await page.getByRole('link', { name: words[lang].exit }).click();
    await page.waitForURL(`${house.neutral}**`);
    const cookies = await page.context().cookies();
    assert.deepEqual(cookies.map(({ name, value, httpOnly, sameSite, path }) => ({ name, value, httpOnly, sameSite, path })),
      [{ name: 'x', value: '1', httpOnly: true, sameSite: 'Lax', path: '/' }]);
    for (let i = 1; i <= 10; i++) {
      await page.goBack({ timeout: 4000 }).catch(() => null); // nothing lies before the first page
      await nothingOfOurs(page, `back ${i}`);
    }
  });
}

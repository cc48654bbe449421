// Every screen in other languages: two artificial ones, in which words that no catalogue says stand out, and those that
// are shown beside English. Nothing may be cut off at 320 px, and a page from right to left is the same page mirrored.
import assert from 'node:assert/strict';
import { openHouse } from './harness.mjs';

const house = await openHouse();
const { journey } = house;

/** @typedef {import('playwright-core').Page} Page */

/** Every story of the storybook. */
const stories = [...(await (await fetch(`${house.demo.site}storybook`)).text()).matchAll(/\/storybook\/en-XA\/([\w-]+)"/g)].map((m) => m[1]);
assert.ok(stories.length >= 60, `only ${stories.length} stories`);

/** Languages that are shown beside English, as the site itself offers them. */
const offered = [...(await (await fetch(`${house.demo.site}en/`)).text()).matchAll(/href="\/([\w-]+)\/" lang="[\w-]+"/g)].map((m) => m[1]);
const beside = offered.filter((tag) => tag !== 'en' && tag !== 'es');
assert.ok(beside.length >= 10, `only ${offered} are offered`);

/** So many that a journey over them ends in time. @param {string[]} all */
const parts = (all) => Array.from({ length: Math.ceil(all.length / 30) }, (_, i) => all.slice(i * 30, i * 30 + 30));

/** What does not fit on the page, each by its markup. @param {Page} page @returns {Promise<string[]>} */
const cutOff = (page) => page.evaluate(() => {
  const wrong = [];
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > wide) wrong.push(`the page is ${document.documentElement.scrollWidth} wide`);
  for (const e of document.body.querySelectorAll('*')) {
    if (e.closest('svg, .aloud') || !e.getClientRects().length) continue;
    const style = getComputedStyle(e);
    const scrolls = e.parentElement?.closest('.scroll') ?? null;
    const { left, right } = e.getBoundingClientRect();
    if (!scrolls && (left < -1 || right > wide + 1)) wrong.push(`${Math.round(left)} to ${Math.round(right)}: ${e.outerHTML.slice(0, 120)}`);
    const clips = /hidden|clip/.test(style.overflowX) || /hidden|clip/.test(style.overflowY) && e.clientHeight < e.scrollHeight - 1;
    if (clips && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)) wrong.push(`clips: ${e.outerHTML.slice(0, 120)}`);
    if (e.matches('button, .exit, summary, label, th') && e.scrollWidth > e.clientWidth + 1) wrong.push(`sticks out: ${e.outerHTML.slice(0, 120)}`);
  }
  return wrong;
});

/** Words outside brackets, which no catalogue says: not what is in another language, nor what people wrote. @param {Page} page @returns {Promise<string[]>} */
const hardCoded = (page) => page.evaluate(() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const wrong = [];
  while (texts.nextNode()) {
    const parent = texts.currentNode.parentElement;
    const lang = parent?.closest('[lang]')?.getAttribute('lang');
    if (!parent || lang !== document.documentElement.lang || parent.closest('script, style, time, .numbers, .tongues, [dir=auto], option[value]:not([value=""])')) continue;
    const rest = (texts.currentNode.nodeValue ?? '').replace(/⟦[^⟦⟧]*⟧/g, '');
    if (/\p{L}/u.test(rest)) wrong.push(rest.trim());
  }
  return wrong;
});

/** Boxes that do not change sides when the page changes its direction. @param {Page} page @returns {Promise<string[]>} */
const unmirrored = (page) => page.evaluate(() => {
  const root = document.documentElement;
  // What stands in a line goes where the words go, and those differ.
  const boxes = [...document.body.querySelectorAll('*')].filter((e) => e.getClientRects().length && !e.closest('svg') && !e.parentElement?.closest('body [dir], iframe, table') &&
    !/^(inline|contents|none)/.test(getComputedStyle(e).display));
  const measure = () => boxes.map((e) => e.getBoundingClientRect());
  root.dir = 'ltr';
  const before = measure();
  root.dir = 'rtl';
  const after = measure();
  const wide = root.clientWidth;
  return boxes.flatMap((e, i) => {
    const [b, a] = [before[i], after[i]];
    const off = Math.abs(wide - b.right - a.left);
    // Browsers themselves give a radio button two more pixels at its left.
    return off > 3 || Math.abs(b.width - a.width) > 1 ? [`${Math.round(b.left)}–${Math.round(b.right)} became ${Math.round(a.left)}–${Math.round(a.right)}: ${e.outerHTML.slice(0, 120)}`] : [];
  });
});

/** Opens a story in a language. @param {Page} page @param {string} lang @param {string} story */
async function play(page, lang, story) {
  await page.goto(new URL(`/storybook/${lang}/${story}`, page.url()).href, { waitUntil: 'load' });
  assert.equal(await page.locator('html').getAttribute('lang'), lang, story);
}

journey('what is planted is found', { size: ['narrow'] }, async ({ open }) => {
  const page = await open('site', 'storybook/en-XA/home');
  for (const check of [cutOff, hardCoded, unmirrored]) assert.deepEqual(await check(page), []);
  await page.evaluate(() => {
    const made = (/** @type {string} */ text, /** @type {string} */ css) => {
      const p = document.createElement('p');
      p.textContent = text;
      p.style.cssText = css; // the script's own, which the page's policy lets pass
      document.querySelector('main')?.append(p);
    };
    made('⟦ţ⟧', 'inline-size: 400px');
    made('⟦ţ⟧', 'block-size: 4px; overflow: hidden');
    made('⟦ţ⟧ planted', '');
    made('⟦ţ⟧', 'margin-left: 40px');
  });
  assert.equal((await cutOff(page)).length, 3, 'the page, what is too wide, what clips');
  assert.deepEqual(await hardCoded(page), ['planted']);
  assert.ok((await unmirrored(page)).some((what) => what.includes('margin-left')));
});

for (const [i, part] of parts(stories).entries()) {
  for (const tag of ['en-XA', 'ar-XB']) {
    journey(`nothing is cut off or unsaid in ${tag}, part ${i + 1}`, { size: ['narrow'] }, async ({ open, shot }) => {
      const page = await open('site', 'en/privacy');
      /** @type {string[]} */
      const wrong = [];
      for (const story of part) {
        await play(page, tag, story);
        for (const what of await cutOff(page)) wrong.push(`${story}: ${what}`);
        if (/^(script-|check)/.test(story)) for (const what of await hardCoded(page)) wrong.push(`${story}: no catalogue says "${what}"`);
        await shot(page, `languages/${story}-${tag}`);
        if (tag === 'en-XA') for (const what of await unmirrored(page)) wrong.push(`${story}: is not mirrored: ${what}`);
      }
      assert.deepEqual(wrong, []);
    });
  }
}

journey('what nobody signed stands beside English', { js: [true, false], size: ['narrow', 'desk'] }, async ({ open, axe, shot, js, size }) => {
  const page = await open('site', 'en/');
  const english = await page.getByRole('heading', { level: 1 }).innerText();
  for (const tag of beside) {
    for (const path of js ? ['', 'talk'] : ['', 'exit-help']) {
      await page.goto(new URL(`/${tag}/${path}`, page.url()).href);
      assert.deepEqual(await cutOff(page), [], `${tag}/${path}`);
      for (const name of ['.exit', '.banner', 'h1', 'footer']) {
        const en = page.locator(`${name} .en`).first();
        assert.equal(await en.getAttribute('lang'), 'en', `${tag}/${path} ${name}`);
        assert.ok(await en.isVisible(), `${tag}/${path} ${name}`);
      }
      const box = (/** @type {string} */ name) => page.locator(name).first().evaluate((e) => parseFloat(getComputedStyle(e).fontSize));
      assert.ok(await box('h1 .en') < await box('h1') * 0.75, 'the English is quieter');
      if (path === '') assert.equal(await page.locator('h1 .en').innerText(), english);
      if (tag === 'ar' || tag === 'ko') await axe(page);
      if (!js) await page.reload(); // axe let scripts in
      await shot(page, `languages/${path || 'home'}-${tag}-${size}`);
    }
  }
});

journey('the script too says its words beside English', { size: ['phone'] }, async ({ open, shot }) => {
  const page = await open('site', 'en/');
  for (const tag of beside) {
    await play(page, tag, 'script-held');
    assert.match(await page.locator('.mine small').first().innerText(), /^\S.* · .?Sent.?$/, tag);
    assert.match(await page.locator('#place').innerText(), /^\S.* · .?Somebody is with you now\..?$/, tag);
    assert.deepEqual(await cutOff(page), [], tag);
    await shot(page, `languages/held-${tag}`);
  }
});

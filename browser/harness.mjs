// The stage that every browser journey is played on. A journey names what a person does; the stage sees to it that
// nothing else happens: no request to a stranger, no error in the console, no breach of the page's own policy.
//
//   const house = await openHouse();
//   house.journey('a person is heard', { js: [true, false], lang: ['en', 'es'] }, async ({ open, lang, axe, shot }) => {
//     const page = await open('site', `${lang}/`);
//     await page.getByRole('link', { name: … }).click();
//     await axe(page);
//     await shot(page, 'heard');
//   });
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, test } from 'node:test';
import { axe, silence } from './axe.mjs';
import { launch } from './chromium.mjs';
import { root, startDemo } from './demo.mjs';
import { serve } from './serve.mjs';
import { Watch } from './watch.mjs';

/** The screens a journey may be played on. */
const sizes = {
  narrow: { width: 320, height: 568 },
  phone: { width: 390, height: 844 },
  desk: { width: 1280, height: 900 },
};
const locales = { en: 'en-US', es: 'es-MX' };

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {{js: boolean, lang: keyof typeof locales, size: keyof typeof sizes}} Way how one run of a journey is played
 * @typedef {{[K in keyof Way]?: Way[K][]}} Ways
 * @typedef {Way & {
 *   open: (wing: string, path?: string, how?: Partial<Way> & {beside?: Page}) => Promise<Page>,
 *   watch: (page: Page) => Watch,
 *   axe: (page: Page) => Promise<void>,
 *   shot: (page: Page, name: string) => Promise<string>,
 *   demo: import('./demo.mjs').Demo | undefined,
 * }} Stage
 *
 * open: a new person's page of a wing (or, beside another page, that person's next tab), once its document is
 * parsed (it may go on streaming). watch: what that person's browser asked for, and what it may complain of.
 * axe: fails on any violation. shot: the whole page into out/shots/NAME.png.
 */

/**
 * Starts a demo, the neutral page that its Exit leads to, and a browser; stops them after the file's last test.
 * @param {Parameters<typeof startDemo>[0]} [how]
 */
export async function openHouse(how = {}) {
  const neutral = await serve({ '/': '<!doctype html><html lang="en"><title>Weather</title><h1>Weather</h1></html>' });
  try {
    const demo = await startDemo({ exitURL: neutral.address, ...how });
    const house = await openStage({ site: demo.site, desk: demo.desk }, neutral.address, demo);
    after(async () => { await neutral.stop(); await demo.stop(); });
    return { ...house, demo, neutral: neutral.address };
  } catch (e) {
    await neutral.stop();
    throw e;
  }
}

/** What is read of a page that may be on its way to another. @template T @param {Page} page @param {() => Promise<T>} read @returns {Promise<T>} */
export async function steady(page, read) {
  for (let tries = 0; ; tries++) {
    try {
      await page.waitForLoadState();
      return await read();
    } catch (e) {
      if (tries === 5 || !/navigation|destroyed/.test(String(e))) throw e;
    }
  }
}

/**
 * Opens a browser on wings that already stand.
 * @param {Record<string, string>} wings addresses by name, each ending in a slash
 * @param {string} neutral address that Exit leads to
 * @param {import('./demo.mjs').Demo} [demo]
 */
export async function openStage(wings, neutral, demo) {
  const browser = await launch();
  after(() => browser.close());
  const own = Object.values(wings).map((a) => new URL(a).origin);

  /**
   * Plays a journey once and rejects with all that was wrong with it.
   * @param {Way} way @param {(stage: Stage) => Promise<void>} body @param {string} [name]
   */
  async function play(way, body, name = 'journey') {
    /** @type {Map<import('playwright-core').BrowserContext, Watch>} */
    const watches = new Map();
    /** @type {Page[]} */
    const pages = [];
    const shot = async (/** @type {Page} */ page, /** @type {string} */ name) => {
      const file = path.join(root, 'out/shots', `${name}.png`);
      await mkdir(path.dirname(file), { recursive: true });
      await page.screenshot({ path: file, fullPage: true });
      return file;
    };
    /** @type {Stage['open']} */
    const open = async (wing, where = '', { beside, ...other } = {}) => {
      const w = { ...way, ...other };
      const context = beside?.context() ?? await browser.newContext({
        viewport: sizes[w.size], locale: locales[w.lang], hasTouch: w.size !== 'desk', reducedMotion: 'reduce',
      });
      if (!watches.has(context)) watches.set(context, new Watch(context, { own, neutral: new URL(neutral).origin, js: w.js }));
      context.setDefaultTimeout(15_000);
      const page = await context.newPage();
      pages.push(page);
      if (!w.js) await silence(page);
      await page.goto(new URL(where, wings[wing]).href, { waitUntil: 'domcontentloaded' });
      return page;
    };
    const watch = (/** @type {Page} */ page) => /** @type {Watch} */ (watches.get(page.context()));

    /** @type {string[]} */
    let wrong = [];
    try {
      await body({ ...way, open, watch, axe, shot, demo });
    } catch (e) {
      wrong = [e instanceof Error ? e.stack ?? e.message : String(e)];
      for (const [i, page] of pages.entries()) {
        await shot(page, `failed/${name.replace(/[^\p{L}\d]+/gu, '-')}-${i + 1}`).catch(() => {}); // it may have crashed or gone
      }
    }
    for (const context of watches.keys()) await context.close();
    wrong.push(...[...watches.values()].flatMap((w) => w.faults()));
    if (wrong.length > 0) throw new Error(wrong.join('\n'));
  }

  /**
   * A test for each way of playing a journey; by default with scripts, in English, at a desk.
   * @param {string} name @param {Ways} ways @param {(stage: Stage) => Promise<void>} body
   */
  function journey(name, { js = [true], lang = ['en'], size = ['desk'] }, body) {
    for (const j of js) for (const l of lang) for (const s of size) {
      const full = `${name} · ${j ? 'scripts on' : 'scripts off'} · ${l} · ${s}`;
      test(full, { timeout: 120_000 }, () => play({ js: j, lang: l, size: s }, body, full));
    }
  }
  return { journey, play };
}

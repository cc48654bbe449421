// What keeps a person safe on a watched phone, as checks that hold for every public page. `visit` does once what the
// person might do there, and notes what happened; each check then reads in its notes what is wrong.
import { silence } from './axe.mjs';
import { judge } from './watch.mjs';

/**
 * @typedef {ReturnType<typeof look>} Look
 * @typedef {{address: string, title: string, cookies: import('playwright-core').Cookie[], asked: string[], back: string[]}} Leaving
 *   where one was after Exit, what had been asked for until then, and the origins that Back then showed
 * @typedef {object} Notes
 * @property {string} path @property {string} lang @property {boolean} js @property {string} site
 * @property {number} status @property {Record<string, string>} headers
 * @property {Look} look @property {string} later its title when one had tabbed and waited
 * @property {{exit: boolean, seen: boolean}} tab where the first Tab led
 * @property {import('playwright-core').Cookie[]} cookies
 * @property {string[]} strangers
 * @property {{status: number, location: string, cache: string}} after the same address, asked with the cookie of Exit
 * @property {Record<string, string>} exitHeaders
 * @property {Leaving} exit by the link
 * @property {Leaving | undefined} shift by three times Shift; with scripts only
 * @property {number} again nodes that were left when the browser showed the page again; with scripts only
 *
 * @typedef {Record<string, Record<string, string>>} Words catalogues by language
 */

/** Runs in the page. */
export function look() {
  const seen = (/** @type {Element | null} */ e) => e?.checkVisibility({ visibilityProperty: true }) ?? false;
  const box = document.querySelector('textarea');
  let text = '', before = '';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n = walker.nextNode(); n; n = walker.nextNode()) {
    if (!seen(n.parentElement)) continue;
    text += `${n.nodeValue} `;
    if (box && n.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING) before += `${n.nodeValue} `;
  }
  const squeeze = (/** @type {string} */ s) => s.replace(/\s+/g, ' ').trim();
  const off = (/** @type {Element} */ e) => e.getAttribute('autocomplete') === 'off';
  /** @type {HTMLInputElement[]} */
  const fields = [...document.querySelectorAll('input, textarea, select')].map((e) => /** @type {HTMLInputElement} */ (e))
    .filter((e) => !['hidden', 'button', 'submit'].includes(e.type));
  const store = (/** @type {() => Storage} */ get) => { try { return get().length; } catch { return 0; } };
  return {
    title: document.title, heading: squeeze(document.querySelector('h1')?.textContent ?? ''),
    text: squeeze(text), before: squeeze(before), box: seen(box), exit: squeeze(document.querySelector('a.exit')?.textContent ?? ''),
    links: [...document.querySelectorAll('a[href], form[action], [formaction], iframe[src]')].map((e) => /** @type {string} */ (
      e.getAttribute('href') ?? e.getAttribute('formaction') ?? e.getAttribute('action') ?? e.getAttribute('src'))),
    getForms: [...document.querySelectorAll('form')].filter((f) => f.method !== 'post').length,
    remembers: [...document.querySelectorAll('form')].filter((f) => !off(f)).map((f) => f.outerHTML.slice(0, 90))
      .concat(fields.filter((e) => !off(e) && !(e.form && off(e.form))).map((e) => e.outerHTML.slice(0, 90))),
    fields: fields.map((e) => ({ type: e.type, required: e.required, is: squeeze(`${e.name} ${e.id} ${[...(e.labels ?? [])].map((l) => l.textContent).join(' ')} ${e.ariaLabel ?? ''}`) })),
    kept: store(() => localStorage) + store(() => sessionStorage), cookie: document.cookie,
    loud: [...document.querySelectorAll('audio, video')].filter((m) => /** @type {HTMLMediaElement} */ (m).autoplay || m.getAttribute('preload') !== 'none').length,
    manifest: document.querySelectorAll('link[rel~=manifest]').length,
    calls: /** @type {string[]} */ (/** @type {any} */ (globalThis).calls ?? []),
  };
}

/** Runs in the page before its own scripts: notes whoever calls what no page of ours may call. */
function listen() {
  /** @type {string[]} */
  const calls = (/** @type {any} */ (globalThis).calls = []);
  const on = (/** @type {any} */ owner, /** @type {string} */ name) => {
    const real = owner?.[name];
    if (typeof real !== 'function') return;
    owner[name] = function (/** @type {any[]} */ ...args) {
      calls.push(name);
      return Reflect.apply(real, this, args);
    };
  };
  on(globalThis.ServiceWorkerContainer?.prototype, 'register');
  on(globalThis.Notification, 'requestPermission');
  on(globalThis.PushManager?.prototype, 'subscribe');
  on(HTMLMediaElement.prototype, 'play');
  on(globalThis.Storage?.prototype, 'setItem');
  on(IDBFactory.prototype, 'open');
  on(globalThis.CacheStorage?.prototype, 'open');
  on(globalThis.Geolocation?.prototype, 'getCurrentPosition');
  on(globalThis, 'open');
  for (const name of ['AudioContext', 'SharedWorker']) {
    const Real = /** @type {any} */ (globalThis)[name];
    if (Real) /** @type {any} */ (globalThis)[name] = class extends Real { constructor(/** @type {any[]} */ ...a) { calls.push(name); super(...a); } };
  }
}

/**
 * A browser's window for one visit after another.
 * @param {import('playwright-core').Browser} browser @param {{js: boolean, site: string, neutral: string}} how
 *   neutral: the address that Exit leads to; beside it, at /before, is what the person read before
 */
export async function openWindow(browser, { js, site, neutral }) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en-US' });
  context.setDefaultTimeout(15_000);
  const may = { own: [new URL(site).origin], neutral: new URL(neutral).origin };
  /** @type {string[]} */
  let asked = [];
  /** @type {string[]} */
  let strangers = [];
  context.on('request', (r) => {
    asked.push(r.url());
    const wrong = judge({ url: r.url(), navigates: r.isNavigationRequest() }, may);
    if (wrong) strangers.push(wrong);
  });
  await context.addInitScript(listen);
  const page = await context.newPage();
  if (!js) await silence(page);

  /** @param {() => Promise<void>} go @param {number} steps back @returns {Promise<Leaving>} */
  const leave = async (go, steps) => {
    asked = [];
    await go();
    await page.waitForURL((u) => u.origin !== may.own[0], { waitUntil: 'load', timeout: 5000 });
    const there = { address: page.url(), title: await page.title(), cookies: await context.cookies(), asked };
    /** @type {string[]} */
    const back = [];
    for (let i = 0; i < steps; i++) {
      await page.goBack({ waitUntil: 'commit', timeout: 3000 }).catch(() => null); // nothing lies before the first
      await page.waitForURL((u) => u.origin !== may.own[0], { waitUntil: 'commit', timeout: 1000 }).catch(() => {}); // it may lead away yet
      back.push(new URL(page.url()).origin);
      if (page.url() === 'about:blank') break;
    }
    await context.clearCookies();
    return { ...there, back };
  };

  /** @param {{path: string, lang: string}} which @returns {Promise<Notes>} */
  const visit = async ({ path, lang }) => {
    const url = new URL(path, site).href;
    strangers = [];
    const arrive = async () => {
      await page.goto(new URL('before', neutral).href);
      return page.goto(url, { waitUntil: 'load' });
    };
    const answer = await arrive();
    await page.keyboard.press('Tab');
    const tab = await page.evaluate(() => ({
      exit: document.activeElement?.matches('a.exit') ?? false,
      seen: (document.activeElement?.getBoundingClientRect().height ?? 0) > 0,
    }));
    const seen = await page.evaluate(look);
    const cookies = await context.cookies();
    let again = 0;
    /** @type {Leaving | undefined} */
    let shift;
    if (js) {
      const back = page.waitForEvent('load');
      again = await page.evaluate(() => {
        dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
        return document.documentElement.childNodes.length;
      });
      if (again === 0) await back; // it asks the server anew
      else back.catch(() => {});
    }
    const later = await page.title();
    if (js) {
      shift = await leave(async () => { for (let i = 0; i < 3; i++) await page.keyboard.press('Shift'); }, 1).catch(() => undefined);
      await arrive();
    }
    const exit = await leave(() => page.locator('a.exit').first().click(), 2); // the page itself, and what was before it
    const cookie = { headers: { cookie: 'x=1', accept: 'text/html' }, redirect: /** @type {const} */ ('manual') };
    const after = await fetch(url, cookie);
    const gone = await fetch(new URL('exit', site), cookie);
    await Promise.all([after.body?.cancel(), gone.body?.cancel()]);
    return {
      path, lang, js, site, status: answer?.status() ?? 0, headers: answer?.headers() ?? {}, look: seen, later, tab, cookies, strangers, exit, shift, again,
      after: { status: after.status, location: after.headers.get('location') ?? '', cache: after.headers.get('cache-control') ?? '' },
      exitHeaders: Object.fromEntries(gone.headers),
    };
  };
  return { visit, close: () => context.close() };
}

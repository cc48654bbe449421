// Every public page by the safety checklist, scripts on and off; a page with each fault planted; and "Sent".
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import { publicPages } from '../tools/pages.mjs';
import { silence } from './axe.mjs';
import { checklist, faults } from './checklist.mjs';
import { launch } from './chromium.mjs';
import { root, startDemo } from './demo.mjs';
import { openWindow } from './safety.mjs';
import { serve } from './serve.mjs';

const plainPage = '<!doctype html><html lang="en"><title>Weather</title><h1>Weather</h1></html>';
const other = await serve({ '/': plainPage, '/before': plainPage });
const demo = await startDemo({ exitURL: other.address });
const browser = await launch({ keeps: true });
after(async () => {
  await browser.close();
  await demo.stop();
  await other.stop();
});

/** The site's own words. @type {import('./safety.mjs').Words} */
const words = {};
const folder = path.join(root, 'internal/hub/words');
for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((f) => path.dirname(f) !== '.' && f.endsWith('.json'))) {
  words[path.dirname(file)] = { ...words[path.dirname(file)], ...JSON.parse(readFileSync(path.join(folder, file), 'utf8')) };
}

const all = await publicPages();
const pages = all.filter((p) => p.kind !== 'file');
/** By line of the checklist. @type {Record<string, string[]>} */
const wrong = Object.fromEntries(Object.keys(checklist).map((line) => [line, []]));
let visits = 0;

/** Visits all pages, in a browser of its own: the two ways take a core each. @param {boolean} js */
async function tour(js) {
  const browser = await launch({ keeps: true });
  try {
    const window = await openWindow(browser, { js, site: demo.site, neutral: other.address }); // several in one browser take longer
    for (const p of pages) {
      const found = faults(await window.visit(p), words);
      for (const [line, faults] of Object.entries(found)) wrong[line]?.push(...faults);
      visits++;
    }
  } finally {
    await browser.close();
  }
}

test('every public page is visited, scripts on and off', { timeout: 1_200_000 }, async () => { await Promise.all([tour(true), tour(false)]); });

test('none was left out', () => {
  assert.equal(visits, 2 * pages.length);
  for (const p of ['en/', 'es/', 'en/talk', 'en/tell', 'es/talk', 'es/tell', 'en/exit-help']) assert.ok(pages.some(({ path }) => path === p), p);
});

for (const line of Object.keys(checklist)) test(`safety: ${line}`, () => assert.deepEqual(wrong[line], []));

test('safety: a file that a page offers is not stored either, and is gone after Exit', async () => {
  const files = all.filter((p) => p.kind === 'file');
  assert.ok(files.length > 0);
  const bad = [];
  for (const { path } of files) {
    const [before, after] = await Promise.all(['', 'x=1'].map((cookie) => fetch(`${demo.site}${path}`, { headers: { cookie }, redirect: 'manual' })));
    await Promise.all([before?.arrayBuffer(), after?.arrayBuffer()]);
    const told = [before, after].map((r) => `${r?.status} ${r?.headers.get('cache-control')} ${r?.headers.get('referrer-policy')} ${r?.headers.get('set-cookie')}`).join(', ');
    if (told !== '200 no-store no-referrer null, 303 no-store no-referrer null') bad.push(`/${path}: ${told}`);
  }
  assert.deepEqual(bad, []);
});

// That what is acknowledged is never lost, whenever the hub is killed, TestNothingAcknowledgedIsLostIn… of internal/store
// shows. Here the hub stands still while it should keep a message: until it goes on, nothing on the page says "Sent".

/**
 * @param {boolean} js @param {(page: import('playwright-core').Page) => Promise<unknown>} [plant]
 */
async function sendsWhileTheHubStands(js, plant = async () => {}) {
  const context = await browser.newContext();
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  if (!js) await silence(page);
  /** @type {string[]} */
  const asked = [];
  page.on('request', (r) => asked.push(new URL(r.url()).pathname));
  try {
    await page.goto(`${demo.site}en/talk`);
    const say = async (/** @type {string} */ text) => {
      const at = js || await page.locator('iframe').count() === 0 ? page : page.frameLocator('iframe');
      await at.getByRole('textbox', { name: 'Your message' }).fill(text);
      await at.getByRole('button', { name: 'Send', exact: true }).click({ noWaitAfter: true });
    };
    const sent = page.locator('.mine').getByText('Sent', { exact: true });
    await say('one');
    await sent.first().waitFor();
    await plant(page);
    demo.process.kill('SIGSTOP');
    const said = page.waitForRequest((r) => /\/say$/.test(r.url()));
    await say('two');
    await said;
    await page.screenshot(); // whatever it has to show is painted
    assert.equal(await sent.count(), 1, 'says "Sent" of what nobody has kept');
    demo.process.kill('SIGCONT');
    await sent.nth(1).waitFor();
    asked.length = 0;
    await page.getByRole('link', { name: 'Exit now' }).click();
    await page.waitForURL(other.address);
    assert.equal(asked[0], '/exit', `before it left it asked for ${asked}`);
    if (js) assert.ok(asked.includes('/v1/leave'), `the hub was not told: ${asked}`);
  } finally {
    demo.process.kill('SIGCONT');
    await context.close();
  }
}

for (const js of [true, false]) {
  test(`safety: "Sent" appears only when it is kept, and Exit leaves before it tells the hub · scripts ${js ? 'on' : 'off'}`, () => sendsWhileTheHubStands(js));
}
test('found: "Sent" that nobody has kept', () => assert.rejects(sendsWhileTheHubStands(true, (page) =>
  page.route('**/v1/say', (r) => r.fulfill({ json: { at: '10:00', seq: 2 } }))), /says "Sent" of what nobody has kept/));

// The same visit to pages that each have a fault planted: the line that is there to find it must.

const en = /** @type {Record<string, string>} */ (words.en);
const text = (/** @type {string} */ key) => en[key]?.replaceAll(/\{\{.*?\}\}/g, 'Casa Abierta');
const sound = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${en.title}</title><script defer src="/site.js"></script></head>
<body><a class="exit" href="/exit">${en.exit}</a><main><h1>Talk</h1><p>${text('law')}</p><p>${text('who')}</p>
<form method="post" action="/en/talk" autocomplete="off"><label for="t">Your message</label><textarea id="t" name="text"></textarea><button>Send</button></form>
<p>${text('seal.browser')} ${text('seal.hub')}</p></main>
<footer><a href="/en/talk">Help</a> <a href="/en/tell">Tell</a> <a href="/en/exit-help">Exit</a></footer></body></html>`;
const headers = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'content-security-policy': "default-src 'none'; script-src 'self'; connect-src 'self'; img-src http:" };
const script = readFileSync(path.join(root, 'internal/hub/client/site.js'), 'utf8');

/**
 * @typedef {object} Plant
 * @property {string} line that must find it
 * @property {(html: string) => string} [html] @property {string} [script] added to the site's own
 * @property {(script: string) => string} [instead] @property {Record<string, string>} [headers] @property {number} [status]
 * @property {boolean} [stays] even after Exit
 * @property {string} [exit] the header Set-Cookie of Exit @property {string} [clear] its Clear-Site-Data
 * @property {string} [path] where it stands; en/talk otherwise
 */
const swap = (/** @type {string} */ from, /** @type {string} */ to) => (/** @type {string} */ html) => {
  assert.ok(html.includes(from), `nothing to plant in: ${from}`);
  return html.replace(from, to);
};
const field = (/** @type {string} */ html) => swap('<button>', `${html}<button>`);
/** @type {Record<string, Plant>} */
const plants = {
  'an error': { line: 'the page is there, scripts or none', status: 500 },
  'no heading': { line: 'the page is there, scripts or none', html: swap('<h1>Talk</h1>', '') },
  'a link before Exit': { line: 'Exit is first in reading and tab order', html: swap('<body>', '<body><a href="/en/">First page</a>') },
  'words before Exit': { line: 'Exit is first in reading and tab order', html: swap('<body>', '<body><p>Stay</p>') },
  'Exit far in tab order': { line: 'Exit is first in reading and tab order', html: swap('<a class="exit"', '<a tabindex="-1" class="exit"') },
  'no ear for Shift': { line: 'Shift three times leaves', instead: swap('"keydown"', '"keyup-never"') },
  'a page that stays after Exit': { line: 'after Exit, Back shows nothing of ours', stays: true, instead: () => '' },
  'it stays for requests alone': { line: 'no-store, and it leads away while that cookie is set', stays: true },
  'a cookie on arrival': { line: 'the one cookie is that of Exit, for two minutes', headers: { 'set-cookie': 'visit=7; Path=/' } },
  'Exit marks for an hour': { line: 'the one cookie is that of Exit, for two minutes', exit: 'x=1; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax' },
  'a page that may be stored': { line: 'no-store, and it leads away while that cookie is set', headers: { 'cache-control': 'max-age=60' } },
  'shown again as it was': { line: 'shown again by the browser, it stays blank', instead: swap('"pageshow"', '"never"') },
  'word to the server before leaving': { line: 'Exit waits for nothing', instead: swap('gone = true;', 'gone = true; navigator.sendBeacon("/left");') },
  'a telling title': { line: 'the title is neutral and does not change', html: swap(`<title>${en.title}`, '<title>Trafficking hotline') },
  'a title that tells of news': { line: 'the title is neutral and does not change', script: 'setTimeout(() => { document.title = "(1) New message"; }, 0);' },
  'a question in an address': { line: 'addresses are neutral and hold no question', html: swap('/en/tell"', '/en/tell?need=shelter"') },
  'a telling address': { line: 'addresses are neutral and hold no question', html: swap('/en/tell"', '/en/trafficking"') },
  'answers in the address': { line: 'addresses are neutral and hold no question', html: swap('method="post"', 'method="get"') },
  'storage': { line: 'no storage, service worker, push, sound, install prompt', script: 'localStorage.setItem("a", "b");' },
  'a cookie by script': { line: 'no storage, service worker, push, sound, install prompt', script: 'document.cookie = "a=b";' },
  'a service worker': { line: 'no storage, service worker, push, sound, install prompt', script: 'navigator.serviceWorker.register("/w.js").catch(() => {});' },
  'asks to push': { line: 'no storage, service worker, push, sound, install prompt', script: 'Notification.requestPermission();' },
  'sound': { line: 'no storage, service worker, push, sound, install prompt', html: swap('<main>', '<main><audio autoplay></audio>') },
  'an install prompt': { line: 'no storage, service worker, push, sound, install prompt', html: swap('<meta', '<link rel="manifest" href="/m.json"><meta') },
  'a referrer': { line: 'no-referrer, no unsafe policy, and Exit clears', headers: { 'referrer-policy': 'origin' } },
  'an unsafe policy': { line: 'no-referrer, no unsafe policy, and Exit clears', headers: { 'content-security-policy': "default-src 'none'; script-src 'self' 'unsafe-inline'" } },
  'Exit that leaves storage': { line: 'no-referrer, no unsafe policy, and Exit clears', clear: '"cache"' },
  'a form that is remembered': { line: 'forms are not remembered', html: swap(' autocomplete="off"', '') },
  'a field on its own': { line: 'forms are not remembered', html: swap('</main>', '<input aria-label="Note"></main>') },
  'a picture from elsewhere': { line: 'nobody else is asked for anything', html: swap('</main>', '<img alt="" src="http://third.example.org/p.gif"></main>') },
  'a name': { line: 'no account, name or place is asked', html: field('<label>Your name <input name="n"></label>') },
  'an e-mail address': { line: 'no account, name or place is asked', html: field('<label>Where to write <input type="email" name="w"></label>') },
  'a place one must tell': { line: 'no account, name or place is asked', html: field('<label>Where you are <select required><option>Here</option></select></label>') },
  'the law unsaid': { line: 'what must be reported is said before the first word', html: swap(text('law') ?? '', '') },
  'the law said too late': { line: 'what must be reported is said before the first word', html: (h) => swap('</form>', `</form>${text('law')}`)(swap(text('law') ?? '', '')(h)) },
  'the law hidden': { line: 'what must be reported is said before the first word', html: swap(`<p>${text('law')}`, `<p hidden>${text('law')}`) },
  'nobody says who reads': { line: 'who can read it is said before the first word', html: swap(en.who?.split('{{')[0] ?? '', '') },
  'one door': { line: 'the first page has two doors', path: 'en/', html: swap('<a href="/en/tell">Tell</a>', '') },
  'no word that spying programs see all': { line: 'what Exit cannot do is said', path: 'en/exit-help' },
  'no way to what Exit does': { line: 'what Exit cannot do is said', path: 'en/privacy', html: swap('/en/exit-help', '/en/talk') },
};

test('every line of the checklist has a fault planted for it', () => {
  assert.deepEqual([...new Set(Object.values(plants).map((p) => p.line))].sort(), Object.keys(checklist).sort());
});

/** What is planted now. @type {Plant | undefined} */
let now;
/** @type {import('node:http').RequestListener} */
const answer = (req, res) => {
  if (req.headers.cookie?.includes('x=1') && !now?.stays) {
    res.writeHead(303, { ...headers, location: other.address }).end();
    return;
  }
  res.writeHead(now?.status ?? 200, { 'content-type': 'text/html; charset=utf-8', ...headers, ...now?.headers });
  res.end(now?.html?.(sound) ?? sound);
};
const planted = await serve({
  '/en/talk': answer, '/en/': answer, '/en/privacy': answer, '/en/exit-help': answer,
  '/exit': (_, res) => res.writeHead(303, {
    ...headers, location: other.address, 'set-cookie': now?.exit ?? 'x=1; Path=/; Max-Age=120; HttpOnly; SameSite=Lax', 'clear-site-data': now?.clear ?? '"cache", "storage"',
  }).end(),
  '/site.js': (_, res) => res.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-store' })
    .end(`${now?.instead?.(script) ?? script}\n${now?.script ?? ''}`),
  '/w.js': '', '/m.json': '{}', '/left': '',
});
after(() => planted.stop());
const windows = [true, false].map((js) => openWindow(browser, { js, site: planted.address, neutral: other.address }));

/** Plays one planted page, or the sound one, and gives the lines that found something. @param {Plant | undefined} plant @param {boolean} js */
async function played(plant, js) {
  now = plant;
  const path = plant?.path ?? 'en/talk';
  const window = await /** @type {(typeof windows)[0]} */ (windows[js ? 0 : 1]);
  const notes = await window.visit({ path, lang: 'en' });
  return Object.entries(faults(notes, words)).filter(([, f]) => f.length > 0).map(([line]) => line);
}

test('a sound page has no fault, scripts on and off', async () => {
  for (const js of [true, false]) assert.deepEqual(await played(undefined, js), []);
});
for (const [name, plant] of Object.entries(plants)) {
  test(`found: ${name}`, async () => {
    const found = await played(plant, true);
    assert.ok(found.includes(plant.line), `found only: ${found.join('; ') || 'nothing'}`);
  });
}

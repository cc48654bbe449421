// The visitor's side in Firefox, scripts on and off: a talk is sent, and Exit leaves nothing behind.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startDemo } from './demo.mjs';
import { launchFirefox, Reader } from './firefox.mjs';
import { serve } from './serve.mjs';

const page = (/** @type {string} */ title, body = '') => `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1>${body}</html>`;
const other = await serve({
  '/': page('Weather'), '/before': page('News'),
  '/ours': page('Information and support', '<a class="exit" href="/">Exit now</a>'),
  '/stranger': page('Picture', '<img alt="" src="http://third.example.org/p.gif">'),
  '/throws': page('Thrown', '<script>throw new Error("planted")</script>'),
});
const demo = await startDemo({ exitURL: other.address });
/** Scripts are a matter of the whole browser, so there is one for each. */
const browsers = { on: await launchFirefox(), off: await launchFirefox({ js: false }) };
after(async () => {
  for (const b of Object.values(browsers)) await b.close();
  await demo.stop();
  await other.stop();
});

const words = {
  en: { title: 'Information and support', exit: 'Exit now', help: 'I need help', message: 'Your message', send: 'Send', sent: 'Sent' },
  es: { title: 'Información y apoyo', exit: 'Salir ya', help: 'Necesito ayuda', message: 'Su mensaje', send: 'Enviar', sent: 'Enviado' },
};
const canary = 'Xochitl-canary-7f3';
/** Firefox asks for a page's icon even where its policy has no pictures, and then tells that it did not. */
const icon = /img-src.*favicon\.ico/;

/**
 * A new person, who was reading something else before.
 * @param {boolean} js @param {(reader: Reader, context: import('puppeteer-core').BrowserContext) => Promise<void>} body
 */
async function play(js, body) {
  const context = await browsers[js ? 'on' : 'off'].browser.createBrowserContext();
  try {
    const reader = new Reader(await context.newPage());
    await reader.open(`${other.address}before`);
    await body(reader, context);
    assert.deepEqual(reader.errors.filter((e) => !icon.test(e)), []);
    const own = [demo.site, other.address];
    assert.deepEqual(reader.requests.filter((r) => !own.some((a) => r.split(' ')[1]?.startsWith(a))), [], 'asked a stranger');
    if (!js) assert.deepEqual(reader.requests.filter((r) => r.endsWith('.js')), [], 'fetched a script with scripts off');
  } finally {
    await context.close();
  }
}

/** Presses Back ten times: nothing that is ours is shown. @param {Reader} reader */
async function goBack(reader) {
  for (let i = 1; i <= 10; i++) {
    await reader.page.goBack({ waitUntil: 'domcontentloaded', timeout: 1000 }).catch(() => null); // nothing lies before the first
    const text = await reader.until('a page that stands', async () => (reader.page.url().startsWith(demo.site) ? '' : reader.text()));
    for (const { title, exit, message } of Object.values(words)) {
      for (const ours of [title, exit, message, canary]) assert.ok(!text.includes(ours), `back ${i} shows "${ours}": ${text}`);
    }
  }
}

/** @param {Reader} reader @param {import('puppeteer-core').BrowserContext} context */
async function hasLeft(reader, context) {
  await reader.arrives(other.address);
  assert.equal(reader.page.url(), other.address);
  const cookies = await context.cookies();
  assert.deepEqual(cookies.map(({ name, value, httpOnly, sameSite, path }) => ({ name, value, httpOnly, sameSite, path })),
    [{ name: 'x', value: '1', httpOnly: true, sameSite: 'Lax', path: '/' }]);
}

for (const js of [true, false]) for (const lang of /** @type {const} */ (['en', 'es'])) {
  const w = words[lang];
  const how = `scripts ${js ? 'on' : 'off'} · ${lang}`;

  test(`Firefox: Exit from the first page, and Back ten times · ${how}`, () => play(js, async (reader, context) => {
    await reader.open(`${demo.site}${lang}/`);
    await reader.sees(new RegExp(w.title));
    await reader.click('.exit', w.exit);
    await hasLeft(reader, context);
    await goBack(reader);
  }));

  test(`Firefox: a talk is sent, then Exit, and Back ten times · ${how}`, () => play(js, async (reader, context) => {
    await reader.open(`${demo.site}${lang}/`);
    await reader.click('a', w.help);
    await reader.arrives(`${demo.site}${lang}/talk`);
    for (const text of [canary, 'two', 'three']) {
      await reader.type('textarea', text);
      await reader.click('button', w.send);
      await reader.sees(new RegExp(`${text}[^]*${w.sent}`));
    }
    const posts = reader.requests.filter((r) => r.startsWith('POST')).map((r) => r.replace(/.*:\d+/, '')).filter((r) => r !== '/v1/typing');
    assert.deepEqual(posts, js ? ['/v1/open', '/v1/say', '/v1/say', '/v1/say'] : [`/${lang}/talk`, `/${lang}/say`, `/${lang}/say`]);
    for (const r of reader.requests) assert.doesNotMatch(r, /[?#]|canary/);
    await reader.click('.exit', w.exit);
    await hasLeft(reader, context);
    await goBack(reader);
  }));
}

test('Firefox: what a browser seals is not what was typed', () => play(true, async (reader) => {
  await reader.open(`${demo.site}en/talk`);
  /** @type {Promise<string | undefined>[]} */
  const bodies = [];
  reader.page.on('request', (r) => { if (r.url().includes('/v1/') && r.method() === 'POST') bodies.push(r.fetchPostData()); });
  await reader.type('textarea', canary);
  await reader.click('button', 'Send');
  await reader.sees(new RegExp(`${canary}[^]*Sent`));
  const sent = await Promise.all(bodies);
  assert.ok(sent.some((b) => b && JSON.parse(b).body?.length > 40), `no sealed message among ${sent}`);
  assert.ok(!sent.some((b) => b?.includes('Xochitl')), `said in the clear: ${sent}`);
}));

test('Firefox: Shift three times leaves', () => play(true, async (reader, context) => {
  await reader.open(`${demo.site}en/talk`);
  await reader.type('textarea', 'AbC'); // capital letters do not
  await reader.sees(/Your message/);
  for (let i = 0; i < 3; i++) await reader.page.keyboard.press('Shift');
  await hasLeft(reader, context);
  await goBack(reader);
}));

test('Firefox: faults are seen', async () => {
  await assert.rejects(play(true, async (reader) => {
    await reader.open(`${other.address}stranger`);
    await reader.until('the picture', async () => reader.requests.some((r) => r.includes('third.example.org')));
  }), /asked a stranger/);
  assert.ok(browsers.on.strangers().includes('third.example.org'), 'the proxy did not see it');
  browsers.on.strangers().length = 0;
  await assert.rejects(play(true, async (reader) => reader.open(`${other.address}throws`)), /planted/);
  await play(false, async (reader) => reader.open(`${other.address}throws`)); // scripts are off
  await assert.rejects(play(true, async (reader) => { // Back shows the page that was left
    await reader.open(`${other.address}ours`);
    await reader.click('.exit');
    await reader.arrives(other.address);
    await goBack(reader);
  }), /back 1 shows "Information and support"/);
});

test('Firefox: it spoke to nobody of its own accord', () => {
  for (const b of Object.values(browsers)) assert.deepEqual(b.strangers(), []);
});

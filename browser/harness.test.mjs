// Shows that the stage sees what it is there to see: each fault is planted on a page and must be caught.
import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { after, test } from 'node:test';
import { openStage } from './harness.mjs';
import { serve } from './serve.mjs';
import { judge } from './watch.mjs';

const page = (/** @type {string} */ body, head = '') => `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Page</title>${head}</head><body><main><h1>Page</h1>${body}</main></body></html>`;

const neutral = await serve({ '/': page('<p>Weather</p>'), '/x.css': '' });
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' http:; connect-src 'self' ws:; frame-src 'self'; require-trusted-types-for 'script'";
const site = await serve({
  '/': page('<p>Well.</p><noscript><p id="plain">Plain</p></noscript><a href="/next">Next</a>', '<script defer src="/title.js"></script>'),
  '/next': page('<p>Well.</p>', '<script defer src="/title.js"></script>'),
  '/title.js': "document.title = 'Scripted'",
  '/third': page('<img alt="" src="http://third.example.org/p.gif">'),
  '/frame': page('<iframe title="inner" src="/inner"></iframe>'),
  '/inner': page('<img src="/dot.png">'),
  '/socket': page('', '<script defer src="/socket.js"></script>'),
  '/socket.js': "new WebSocket('ws://third.example.org/').onerror = () => { document.title = 'Refused'; }",
  '/throws': page('', '<script defer src="/throws.js"></script>'),
  '/throws.js': "throw new Error('planted')",
  '/inline': page('<p style="color:red">x</p>'),
  '/window': page('<a href="/next" target="_blank">Next</a>'),
  '/exit': page(`<a href="${neutral.address}">Exit</a>`),
  '/fetchesNeutral': page(`<img alt="" src="${neutral.address}x.png">`),
  '/unlabelled': page('<input>'),
  '/dot.png': '',
}, { 'content-security-policy': policy });
after(async () => { await site.stop(); await neutral.stop(); });
const { journey, play } = await openStage({ site: site.address }, neutral.address);

/** @type {import('./harness.mjs').Way} */
const plain = { js: true, lang: 'en', size: 'desk' };
const visit = (/** @type {string} */ path) => async (/** @type {import('./harness.mjs').Stage} */ { open }) => {
  await (await open('site', path)).waitForLoadState('load');
};

journey('a clean page passes', { js: [true, false], lang: ['en', 'es'], size: ['narrow', 'phone', 'desk'] }, async ({ open, axe, shot, watch, js, lang, size }) => {
  const p = await open('site');
  assert.equal(await p.evaluate(() => navigator.language), { en: 'en-US', es: 'es-MX' }[lang]);
  assert.equal(await p.evaluate(() => innerWidth), { narrow: 320, phone: 390, desk: 1280 }[size]);
  await p.getByRole('link', { name: 'Next' }).click();
  await p.waitForURL('**/next');
  await p.goBack();
  await axe(p);
  await p.reload(); // scripts are off again after axe
  assert.equal(await p.title(), js ? 'Scripted' : 'Page');
  assert.equal(await p.locator('#plain').count(), js ? 0 : 1);
  assert.ok(watch(p).requests.length >= 4);
  assert.ok((await stat(await shot(p, 'harness/clean'))).size > 1000);
});

test('two people do not share cookies, two tabs do', () => play(plain, async ({ open }) => {
  const a = await open('site');
  await a.context().addCookies([{ name: 'x', value: '1', url: site.address }]);
  const tab = await open('site', 'next', { beside: a });
  const b = await open('site');
  assert.equal((await tab.context().cookies()).length, 1);
  assert.equal((await b.context().cookies()).length, 0);
}));

for (const [path, fault] of /** @type {[string, RegExp][]} */ ([
  ['third', /third party: http:\/\/third\.example\.org\/p\.gif/],
  ['fetchesNeutral', /not fetch from it/],
  ['throws', /script error: planted/],
  ['inline', /console: .*Content Security Policy/],
  ['missing', /console: .*404/],
])) {
  test(`caught: /${path}`, () => assert.rejects(play(plain, visit(path)), fault));
}

test('caught with scripts off: a third party', () => assert.rejects(play({ ...plain, js: false }, visit('third')), /third party: http:\/\/third\.example\.org/));

test('caught: a socket to a stranger', () => assert.rejects(play(plain, async ({ open }) => {
  const p = await open('site', 'socket');
  await p.waitForFunction(() => document.title === 'Refused');
}), /third party: ws:\/\/third\.example\.org/));

test('caught: another window', () => assert.rejects(play(plain, async ({ open }) => {
  const p = await open('site', 'window');
  await Promise.all([p.waitForEvent('popup'), p.getByRole('link').click()]);
}), /another window was opened/));

for (const js of [true, false]) {
  test(`caught by axe, scripts ${js ? 'on' : 'off'}: a field without a name, and a picture in a frame without one`, async () => {
    await assert.rejects(play({ ...plain, js }, async ({ open, axe }) => axe(await open('site', 'unlabelled'))), /label \(critical\)[^]*input/);
    await assert.rejects(play({ ...plain, js }, async ({ open, axe }) => {
      const p = await open('site', 'frame');
      await p.waitForLoadState('load');
      await axe(p);
    }), /image-alt \(critical\)[^]*dot\.png/);
  });
}

test('Exit may lead to the neutral page', () => play(plain, async ({ open }) => {
  const p = await open('site', 'exit');
  await p.getByRole('link', { name: 'Exit' }).click();
  await p.waitForURL(neutral.address);
}));

test('what is allowed must happen, and a third party never is', async () => {
  await play(plain, async ({ open, watch }) => watch(await open('site', 'missing')).allow(/404/, 'a page that is not there'));
  await assert.rejects(play(plain, async ({ open, watch }) => watch(await open('site')).allow(/404/, 'none')), /never happened/);
  await assert.rejects(play(plain, async ({ open, watch }) => {
    const p = await open('site', 'third');
    watch(p).allow(/third/, 'no');
    await p.waitForLoadState('load');
  }), /third party/);
});

test('a journey that fails says so, and leaves a picture', async () => {
  await assert.rejects(play(plain, async ({ open }) => { await open('site'); throw new Error('planted'); }, 'harness planted'), /planted/);
  assert.ok((await stat(new URL('../out/shots/failed/harness-planted-1.png', import.meta.url))).size > 1000);
});

test('a request is judged by its origin', () => {
  const may = { own: ['http://127.0.0.1:8080'], neutral: 'http://127.0.0.1:9' };
  for (const url of ['http://127.0.0.1:8080/x', 'ws://127.0.0.1:8080/x', 'data:,x', 'blob:null/x', 'about:blank']) {
    assert.equal(judge({ url, navigates: false }, may), '');
  }
  for (const url of ['http://127.0.0.1:8081/', 'https://127.0.0.1:8080/', 'http://localhost:8080/', 'http://127.0.0.1:9/']) {
    assert.notEqual(judge({ url, navigates: false }, may), '', url);
  }
});

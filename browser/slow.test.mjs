// A page of each sort on a slow line and an old telephone (`make slow` takes all), and pages that must not pass.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { publicPages } from '../tools/pages.mjs';
import { limit, measure, usable } from '../tools/slow.mjs';
import { launch } from './chromium.mjs';
import { startDemo } from './demo.mjs';
import { serve } from './serve.mjs';

const pages = (await publicPages()).filter((p) => p.kind !== 'file');

test('a page of each sort can be used within three seconds', { timeout: 240_000 }, async (t) => {
  const kinds = ['page', 'check', 'chat'].flatMap((k) => pages.filter((p) => p.kind === k && p.lang === 'en').slice(0, 1));
  const facts = pages.filter((p) => /^es\/facts\/./.test(p.path)).slice(0, 1);
  const paths = [...kinds, ...facts].map((p) => p.path);
  assert.ok(paths.includes('en/') && paths.includes('en/talk'));
  const demo = await startDemo();
  try {
    const all = await measure(demo.site, paths, (line) => t.diagnostic(line));
    assert.deepEqual(all.filter((p) => p.failed || p.ms > limit), []);
  } finally {
    await demo.stop();
  }
});

test('a heavy page is too slow, one whose script takes long too, and one that is not there is told', { timeout: 120_000 }, async () => {
  const browser = await launch();
  const page = (/** @type {string} */ head) =>
    `<!doctype html><html lang="en"><head><title>Page</title>${head}</head><body><a class="exit" href="/exit">Exit</a><h1>Page</h1></body></html>`;
  const site = await serve({
    '/light': page(''), '/heavy': page('<link rel="stylesheet" href="/a.css">'), '/a.css': `/*${'x'.repeat(150_000)}*/`,
    '/busy': page('<script defer src="/a.js"></script>'), '/a.js': 'for (const end = performance.now() + 3000; performance.now() < end;);',
  });
  try {
    const time = (/** @type {string} */ path) => usable(browser, `${site.address}${path}`);
    const light = await time('light'), heavy = await time('heavy'), busy = await time('busy');
    assert.ok(light > 1200 && light < heavy - 2500, `three round trips, and 150 kB less: ${light}`);
    assert.ok(heavy > 1200 + 3000, `150 kB take three seconds at 400 kbit/s: ${heavy}`);
    assert.ok(busy > 1200 + 3000, `its script takes three seconds: ${busy}`);
    await assert.rejects(time('missing'), /404/);
  } finally {
    await browser.close();
    await site.stop();
  }
});

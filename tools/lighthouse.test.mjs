// One page of each sort by Lighthouse (`make lighthouse` takes all), and a page that must not pass.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startDemo } from '../browser/demo.mjs';
import { serve } from '../browser/serve.mjs';
import { judge, lineOf, lowest, neverApplied, passes } from './lighthouse.mjs';
import { publicPages } from './pages.mjs';

const pages = (await publicPages()).filter((p) => p.lang === 'en');
const first = (/** @type {(p: import('./pages.mjs').PublicPage) => boolean} */ fits) => pages.filter(fits).slice(0, 1).map((p) => p.path);

test('the first page, a self-check, a talk and a fact pass Lighthouse', { timeout: 300_000 }, async (t) => {
  const some = ['en/', ...first((p) => p.kind === 'check'), ...first((p) => p.kind === 'chat'), ...first((p) => /^en\/facts\/./.test(p.path))];
  const demo = await startDemo();
  try {
    const reports = await judge(demo.site, some, (r) => t.diagnostic(lineOf(r)));
    assert.deepEqual(reports.filter((r) => !passes(r)).map(lineOf), []);
    assert.equal(reports.length, some.length);
  } finally {
    await demo.stop();
  }
});

test('Lighthouse finds what is planted', { timeout: 120_000 }, async () => {
  const site = await serve({ '/bad': '<!doctype html><html><p style="color:#ddd">Faint</p><img src="/gone.png"><input></html>' });
  try {
    const [bad, gone] = await judge(site.address, ['bad', 'gone']);
    assert.ok(bad && gone);
    assert.ok((bad.scores.accessibility ?? 100) < lowest && (bad.scores['best-practices'] ?? 100) < lowest, lineOf(bad));
    assert.match(lineOf(bad), /TOO LOW[^]*color-contrast 0/);
    assert.match(lineOf(gone), /not judged: .*404/);
    assert.ok(!passes(bad) && !passes(gone));
    assert.ok(neverApplied([bad, gone]).includes('video-caption') && !neverApplied([bad, gone]).includes('image-alt'));
  } finally {
    await site.stop();
  }
});

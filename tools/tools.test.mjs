import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { root } from '../browser/demo.mjs';
import { serve } from '../browser/serve.mjs';
import { budgets, rowsOf } from './budgets.mjs';
import { bundleAll } from './bundle.mjs';
import { closing, Tally } from './gotest.mjs';
import { publicPages, readPages } from './pages.mjs';
import { grade } from './reading.mjs';

/** @param {(dir: string) => Promise<void>} body */
async function inFolder(body) {
  const dir = mkdtempSync(path.join(tmpdir(), 'amparo-tools-'));
  try {
    await body(dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

test('bundles are made with their licences, and a stale one is seen', () => inFolder(async (dir) => {
  writeFileSync(path.join(dir, 'seal.js'), "import { CipherSuite } from '@hpke/core'; globalThis.suite = CipherSuite;");
  writeFileSync(path.join(dir, 'own.js'), 'export const two = 1 + 1;');
  writeFileSync(path.join(dir, 'bundle.json'), JSON.stringify([
    { from: 'seal.js', to: 'made/seal.js' }, { from: 'own.js', to: 'made/own.js' }, { from: 'npm:htmx.org/dist/htmx.js', to: 'made/htmx.js' },
  ]));
  assert.equal((await bundleAll(dir, { check: true })).stale.length, 5); // not there yet, and check writes nothing
  assert.equal((await bundleAll(dir)).stale.length, 5);
  assert.deepEqual((await bundleAll(dir, { check: true })).stale, []);
  const read = (/** @type {string} */ f) => readFileSync(path.join(dir, 'made', f), 'utf8');
  assert.match(read('seal.js'), /^\/\*! @hpke\/common [\d.]+, @hpke\/core [\d.]+: seal\.js\.LICENSE\.txt \*\//);
  assert.match(read('seal.js.LICENSE.txt'), /@hpke\/core[^]*Permission is hereby granted/);
  assert.match(read('htmx.js'), /var htmx=/); // the name that pages use is kept
  assert.ok(!/[^]eval\(/.test(read('seal.js')), 'no eval in what visitors get');
  writeFileSync(path.join(dir, 'made/own.js'), 'changed by hand');
  assert.deepEqual((await bundleAll(dir, { check: true })).stale.map((f) => path.basename(f)), ['own.js']);
  writeFileSync(path.join(dir, 'bundle.json'), '[{"from": "gone.js", "to": "x.js"}]');
  await assert.rejects(bundleAll(dir), /bundle\.json: row 1: [^]*gone\.js/);
}));

test('bundles are looked for where browsers are served from, or in the folders given, never among packages', () => inFolder(async (dir) => {
  const bundle = (/** @type {string[]} */ ...args) => spawnSync(process.execPath, ['tools/bundle.mjs', ...args], { cwd: root, encoding: 'utf8' }).stdout;
  for (const name of ['a', 'b', 'a/node_modules/c']) {
    mkdirSync(path.join(dir, name), { recursive: true });
    writeFileSync(path.join(dir, name, 'own.js'), 'export const two = 1 + 1;');
    writeFileSync(path.join(dir, name, 'bundle.json'), '[{"from": "own.js", "to": "made.js"}]');
  }
  assert.match(bundle(path.join(dir, 'a'), path.join(dir, 'b')), /^written .*a\/made\.js\nwritten .*b\/made\.js\n$/);
  assert.match(bundle('--check'), /internal\/hub\/assets\/chat\.js\n[^]*law\/browser\/dist\/law\.min\.js\n/);
}));

test('pages are weighed with all that they load', async () => {
  const noise = randomBytes(6000).toString('base64'); // brotli takes base64 back to about 6,000 bytes
  const page = (/** @type {string} */ body) => `<!doctype html><title>x</title>${body}`;
  const site = await serve({
    '/': page('<script src="/a.js"></script><iframe src="/frame"></iframe>'), '/frame': page('<link rel="stylesheet" href="/a.css">'),
    '/a.js': `//${noise}`, '/a.css': `/*${noise}*/`, '/broken': page('<script src="/gone.js"></script>'),
  });
  try {
    const { lines, over } = await budgets([
      { wing: 'site', page: '', kB: 13 }, { wing: 'site', page: '', kB: 12 }, { wing: 'site', page: 'missing', kB: 1 },
      { wing: 'site', page: 'broken', kB: 9 }, { wing: 'desk', page: '', kB: 1 },
    ], { site: site.address });
    assert.match(lines[0] ?? '', / 12\.\d kB of  13    4 files   fits$/);
    assert.match(lines[1] ?? '', /TOO HEAVY$/);
    assert.match(lines[2] ?? '', /answers 404$/);
    assert.match(lines[3] ?? '', /gone\.js$/);
    assert.match(lines[4] ?? '', /no address for desk$/);
    assert.equal(over, 4);
  } finally {
    await site.stop();
  }
});

test('a page that is hard to read is over, whatever is left out or is no sentence', async () => {
  const body = (/** @type {string} */ main) => `<!doctype html><html lang="en"><title>x</title><nav>Notwithstanding.</nav><main>${main}</main></html>`;
  const plain = '<p>You can talk with us now. You may stop at any time. Nobody will ask for <b>your name</b>. We are here to help you with what you need.</p>'.repeat(2);
  const hard = '<p>Notwithstanding jurisdictional considerations, documentation substantiating employment authorization necessitates administrative verification procedures.</p>';
  const site = await serve({
    '/plain': body(plain), '/short': body('<p>Notwithstanding.</p>'), '/hard': body(plain + hard.repeat(2)),
    '/left': body(`${plain}<div class="cite">${hard}</div><pre>${hard}</pre><div lang="es">${hard}</div><ul><li>Notwithstanding jurisdictional considerations</li></ul>`),
  });
  try {
    const row = (/** @type {string} */ page) => ({ wing: 'site', page, kB: 9, grade: 7 });
    const { lines, over } = await budgets([row('plain'), row('hard'), row('short'), row('left')], { site: site.address });
    assert.match(lines[0] ?? '', /grade [-\d.]+, age [\d.]+   fits$/);
    assert.match(lines[1] ?? '', /grade 1\d\.\d, age [\d.]+   TOO HARD$/);
    assert.match(lines[2] ?? '', /1 words in sentences   fits$/);
    assert.equal(lines[3]?.replace(/.*grade/, ''), lines[0]?.replace(/.*grade/, ''));
    assert.equal(over, 1);
  } finally {
    await site.stop();
  }
});

test('the grade is that of the formula', () => {
  const six = 'The cat sat on the mat. '.repeat(5).trim();
  assert.deepEqual(grade([six]), { words: 30, sentences: 5, grade: 0.39 * 6 + 11.8 - 15.59 });
  const { words, sentences, grade: harder } = grade([`${six} Information is available in ten languages.`, 'A heading']);
  assert.deepEqual([words, sentences], [36, 6]);
  assert.ok(Math.abs(harder - (0.39 * 6 + 11.8 * ((30 + 4 + 1 + 4 + 1 + 1 + 3) / 36) - 15.59)) < 1e-9, String(harder));
  assert.ok(Number.isNaN(grade(['Too short to tell.']).grade));
});

test('the program lists its pages, and each has a limit', async () => {
  const limits = JSON.parse(readFileSync(path.join(root, 'tools/budgets.json'), 'utf8'));
  const rows = rowsOf(await publicPages(), limits);
  for (const page of ['en/', 'es/', 'en/talk']) assert.equal(rows.filter((r) => r.wing === 'site' && r.page === page).length, 1, page);
  const pages = readPages('en/ page\nzh-Hans/talk chat\nen/x.csv file\n');
  assert.deepEqual(pages[1], { path: 'zh-Hans/talk', kind: 'chat', lang: 'zh-Hans' });
  assert.deepEqual(rowsOf(pages, { page: 1, chat: 2, grade: 7, desk: [{ page: 'd', kB: 3 }] }), [
    { wing: 'site', page: 'en/', kB: 1, grade: 7 }, { wing: 'site', page: 'zh-Hans/talk', kB: 2 }, { wing: 'desk', page: 'd', kB: 3 },
  ]);
  assert.deepEqual(rowsOf(pages, { page: 1, chat: { en: 2, 'beside English': 4 }, grade: 7, desk: [] }).map((r) => r.kB).includes(4), true);
  assert.throws(() => rowsOf(pages, { page: 1, grade: 7, desk: [] }), /no limit for pages of kind chat, which zh-Hans\/talk is/);
  assert.throws(() => readPages('en/ page\nen/talk'), /line 2: want "PATH KIND"/);
  assert.throws(() => readPages('/talk chat'), /line 1/);
  assert.throws(() => readPages(''), /no page/);
  await assert.rejects(publicPages('/nonexistent/amparo'), /ENOENT/);
});

test('go test is told in brief, and failures whole', () => {
  const t = new Tally();
  const line = (/** @type {object} */ e) => t.take(JSON.stringify(e));
  line({ Action: 'output', Package: 'a', Test: 'TestWell', Output: 'chatter\n' });
  line({ Action: 'pass', Package: 'a', Test: 'TestWell' });
  assert.deepEqual(line({ Action: 'pass', Package: 'a', Elapsed: 1.5 }), ['ok    a  1.5s  1 tests']);
  line({ Action: 'output', Package: 'b', Test: 'TestIll', Output: 'b_test.go:1: planted\n' });
  line({ Action: 'fail', Package: 'b', Test: 'TestIll' });
  assert.match(line({ Action: 'fail', Package: 'b', Elapsed: 0 }).join('\n'), /planted\n*.*FAIL  b/);
  line({ ImportPath: 'c', Action: 'build-output', Output: 'c.go:1: planted\n' });
  assert.match(line({ Action: 'fail', Package: 'c', FailedBuild: 'c', Elapsed: 0 }).join('\n'), /c\.go:1: planted/);
  line({ Action: 'skip', Package: 'd', Test: 'TestLater' });
  assert.deepEqual(line({ Action: 'skip', Package: 'd' }), []); // a package without test files
  assert.deepEqual(t.take('not json: a panic'), ['not json: a panic']);
  assert.equal(closing(t), 'go: 1 passed, 2 failed, 1 skipped');
});

// A copy of the site as any web host serves it: below a folder, with no server of ours behind it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { promisify } from 'node:util';
import { root } from './demo.mjs';
import { openStage, steady } from './harness.mjs';
import { answerOne } from './selfcheck.mjs';
import { serve } from './serve.mjs';

const folder = await mkdtemp(path.join(tmpdir(), 'amparo-copy-'));
const neutral = await serve({ '/': '<!doctype html><html lang="en"><title>Weather</title><h1>Weather</h1></html>' });
await promisify(execFile)(path.join(root, 'bin/amparo'), ['site', 'export', path.join(folder, 'copy'), '--org', 'Casa Abierta',
  '--hub', 'https://help.example.org', '--exit-url', neutral.address, '--directory', path.join(root, 'internal/directory/invented.json')]);

/** @type {Record<string, string>} */
const kinds = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json', '.csv': 'text/csv', '.mp3': 'audio/mpeg' };
const host = createServer(async (req, res) => {
  const name = decodeURIComponent(new URL(req.url ?? '/', 'http://x').pathname).replace(/^\/mirror\/of\//, '/copy/');
  try {
    const data = await readFile(path.join(folder, path.normalize(name.endsWith('/') ? `${name}index.html` : name)));
    res.writeHead(200, { 'content-type': kinds[path.extname(name)] ?? (name.endsWith('/') ? 'text/html' : 'application/octet-stream') });
    res.end(data);
  } catch {
    res.writeHead(req.url === '/favicon.ico' ? 204 : 404).end();
  }
});
host.listen(0, '127.0.0.1');
await once(host, 'listening');
const { port } = /** @type {import('node:net').AddressInfo} */ (host.address());
const site = `http://127.0.0.1:${port}/mirror/of/`;
after(async () => {
  host.closeAllConnections();
  host.close();
  await neutral.stop();
  await rm(folder, { recursive: true, force: true });
});
const { journey } = await openStage({ site }, neutral.address);

journey('a copy is read from page to page', { js: [true, false], lang: ['en', 'es'], size: ['phone'] }, async ({ open, axe, shot, js, lang }) => {
  const page = await open('site', '');
  await page.goto(`${site}${lang}/index.html`);
  const doors = await page.locator('.door').evaluateAll((all) => all.map((a) => /** @type {HTMLAnchorElement} */ (a).href));
  assert.deepEqual(doors, ['talk', 'tell'].map((d) => `https://help.example.org/${lang}/${d}`));
  for (const to of ['find', 'rights', 'facts', 'explained', 'check']) {
    const where = `${site}${lang}/${to}/index.html`;
    await page.goto(`${site}${lang}/index.html`);
    await page.locator(`.further a[href$="${to}/index.html"]`).click();
    await page.waitForURL(where);
    assert.ok(await page.locator('h1').innerText());
    await axe(page);
    if (!js) await page.reload();
  }
  await shot(page, `copy/check-${lang}-${js ? 'script' : 'plain'}`);
  assert.equal(await page.locator('form[method=post]:visible').count(), 0, 'a form that nobody answers');
});

journey('the self-check of a copy runs on the device', { lang: ['en', 'es'] }, async ({ open, lang, watch }) => {
  const page = await open('site', `${lang}/check/index.html`);
  assert.equal(await answerOne(page.locator('#check-stage'), 'farm', () => watch(page).requests.length), 0, 'something was fetched or sent');
  assert.equal(await page.locator('[data-do=talk]:visible, [data-do=carry]:visible').count(), 0);
});

journey('Exit leads away from a copy', { js: [true, false] }, async ({ open, js }) => {
  const page = await open('site', 'en/rights/index.html');
  await page.locator('a.exit').click();
  await page.waitForURL(`${neutral.address}**`);
  for (let i = 0; js && i < 3; i++) {
    await page.goBack({ timeout: 3000 }).catch(() => null);
    assert.doesNotMatch(await steady(page, () => page.evaluate(() => document.body?.innerText ?? '')), /Exit now/);
  }
  assert.deepEqual(await page.context().cookies(), []);
});

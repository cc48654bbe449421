// The law on the visitor's own device: a page under the strictest policy lays answers beside a pack's program, and asks
// nobody anything.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import { checkProgram } from '../law/browser/check.js';
import { assess } from '../law/browser/law.js';
import { root } from './demo.mjs';
import { openStage } from './harness.mjs';
import { serve } from './serve.mjs';

const json = execFileSync(path.join(root, 'bin/amparo'), ['pack', 'program', 'us'], { encoding: 'utf8' });
const program = checkProgram(JSON.parse(json));
const script = (/** @type {string} */ more) => `import { assess } from './law.min.js';
  const program = JSON.parse(document.querySelector('#program').textContent);
  const form = document.querySelector('form');
  form.append(...program.facts.map((fact) => {
    const label = document.createElement('label');
    label.append(Object.assign(document.createElement('input'), { type: 'checkbox', name: fact }), fact);
    return label;
  }));
  form.addEventListener('change', () => {
    const facts = {}, person = {};
    program.facts.forEach((fact, i) => { if (form.elements[fact].checked) (program.person.includes(i) ? person : facts)[fact] = 1; });
    const { findings, next } = assess(program, { asOf: '2026-01-02', person, episodes: [{ facts, when: { first: '2024-01-01', last: '2024-12-31' } }] });
    document.querySelector('#findings').textContent = JSON.stringify(findings);
    document.querySelector('#next').textContent = JSON.stringify(next);
  });
  document.title = 'Ready';
  ${more}`;
const page = (/** @type {string} */ name) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Page</title>
  <main><h1>Page</h1><form></form><pre id="findings"></pre><pre id="next"></pre></main>
  <script type="application/json" id="program">${json.replaceAll('<', '\\u003c')}</script><script type="module" src="${name}"></script></html>`;

const neutral = await serve({ '/': 'Weather' });
const site = await serve({
  '/': page('page.js'), '/page.js': script(''), '/law.min.js': readFileSync(path.join(root, 'law/browser/dist/law.min.js'), 'utf8'),
  '/telltale': page('telltale.js'), '/telltale.js': script("form.addEventListener('change', () => fetch('/?' + form.elements[0].name).catch(() => {}));"),
}, { 'content-security-policy': "default-src 'none'; script-src 'self'" });
after(async () => { await site.stop(); await neutral.stop(); });
const { journey, play } = await openStage({ site: site.address }, neutral.address);

/** Ticks boxes, or all, and gives what the page found. @param {import('playwright-core').Page} p @param {string[]} [facts] */
async function tick(p, facts) {
  await p.waitForFunction(() => document.title === 'Ready');
  for (const fact of facts ?? []) await p.getByLabel(fact, { exact: true }).check();
  if (!facts) {
    await p.evaluate(() => {
      for (const box of document.querySelectorAll('input')) box.checked = true;
      document.forms[0]?.dispatchEvent(new Event('change'));
    });
  }
  const read = async (/** @type {string} */ id) => JSON.parse(await p.locator(id).textContent() ?? '');
  return { findings: await read('#findings'), next: await read('#next') };
}

journey('a self-check asks nobody', {}, async ({ open, watch }) => {
  const p = await open('site');
  const loaded = ['', 'page.js', 'law.min.js'].map((name) => site.address + name);
  const told = ['made_to_work', 'threatened_hurt'];
  const got = await tick(p, told);
  const want = assess(program, {
    asOf: '2026-01-02', episodes: [{ facts: Object.fromEntries(told.map((f) => [f, 1])), when: { first: '2024-01-01', last: '2024-12-31' } }],
  });
  assert.deepEqual(got, want);
  assert.ok(want.next.length > 0 && want.findings.some((f) => f.status === 'open'));
  const { findings } = await tick(p);
  assert.ok(findings.some((/** @type {{status: string}} */ f) => f.status === 'established'), 'all said yes establishes something');
  assert.deepEqual(watch(p).requests.map((r) => r.url).filter((url) => !url.endsWith('/favicon.ico')), loaded);
  assert.equal(await p.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length), 0);
});

test('caught: a self-check that tells', () => assert.rejects(play({ js: true, lang: 'en', size: 'desk' }, async ({ open }) => {
  await tick(await open('site', 'telltale'), ['made_to_work']);
}), /console: .*Content Security Policy/));

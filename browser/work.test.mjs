// The part for officers and outreach: cards, interview, exercises, and the page that makes them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { program, root } from './demo.mjs';
import { openHouse } from './harness.mjs';
import * as judging from '../internal/hub/client/workjudge.js';
import { Bad, read } from '../internal/hub/client/workfile.js';

const house = await openHouse();
const { journey } = house;
const { site } = house.demo;

const words = /** @type {const} */ ({
  en: { on: 'Go on', end: 'See what the court held', both: 'Both, as two acts', smuggling: 'Smuggling, and no trafficking so far', same: 'The law program finds the same.',
    other: 'The law program finds something else. See which elements are there.', held: 'What the court held', nothing: 'You learn nothing from it.', look: 'See how each stands', see: 'See what the law program finds',
    save: 'Save this exercise and my choices', open: 'Open an exercise from a file', again: 'Start again', pick: 'A decided case', make: 'Save the exercise' },
  es: { on: 'Seguir', end: 'Ver lo que decidió el tribunal', both: 'Las dos, como dos actos', smuggling: 'Tráfico, y ninguna trata hasta ahora', same: 'El programa de la ley halla lo mismo.',
    other: 'El programa de la ley halla otra cosa. Mire qué elementos están.', held: 'Lo que decidió el tribunal', nothing: 'Con ella no se sabe nada nuevo.', look: 'Ver cómo está cada una', see: 'Ver lo que halla el programa de la ley',
    save: 'Guardar este ejercicio y mis elecciones', open: 'Abrir un ejercicio de un archivo', again: 'Empezar de nuevo', pick: 'Un caso decidido', make: 'Guardar el ejercicio' },
});

/** @param {string} where */
const get = async (where) => {
  const answer = await fetch(new URL(where, site));
  assert.equal(answer.status, 200, where);
  return answer.text();
};
const law = JSON.parse(await get('en/work/law.json'));
const { version } = law.program;

/** The ready exercises, in order. */
const ready = await (async () => {
  const all = [];
  for (let n = 1; ; n++) {
    const answer = await fetch(new URL(`en/work/instructor/${n}/exercise.json`, site));
    if (!answer.ok) return all;
    all.push(await answer.text());
  }
})();

test('every decided case of the pack makes an exercise, whose last judgement is that of amparo assess', () => {
  const folder = path.join(root, 'packs/cases');
  /** @type {Record<string, string>} */
  const files = {};
  for (const name of readdirSync(folder)) {
    const text = readFileSync(path.join(folder, name), 'utf8');
    const field = (/** @type {string} */ f) => RegExp(`^${f}: (.*)$`, 'm').exec(text)?.[1].replace(/^'(.*)'$/, '$1');
    files[`${field('title')}|${field('citation')}`] = path.join(folder, name);
  }
  const held = readdirSync(folder).filter((n) => /rule: us\./.test(readFileSync(path.join(folder, n), 'utf8')));
  assert.equal(ready.length, held.length);
  let compared = 0;
  for (const text of ready) {
    const x = read(text, law, version, judging);
    const file = files[`${x.case.title}|${x.case.citation}`];
    assert.ok(file, x.case.title);
    const want = JSON.parse(execFileSync(program, ['assess', file, '--json', '--as-of', x.as_of], { encoding: 'utf8' }));
    const { found } = judging.judge(law, x, judging.known(x, x.steps.length - 1, []), true);
    assert.deepEqual(found.map((f) => [f.rule, f.episode, f.status]), want.findings.map((/** @type {any} */ f) => [f.rule, f.episode ?? 'person', f.status]), file);
    // and element by element
    const states = { yes: 'there', no: 'missing', unknown: 'unknown', conflict: 'both' };
    want.findings.forEach((/** @type {any} */ f, /** @type {number} */ i) => {
      const walk = (/** @type {any} */ e) => {
        const leaf = found[i].leaves[e.id];
        if (leaf) {
          compared++;
          assert.equal(leaf.state, states[/** @type {keyof typeof states} */ (e.value)], `${file} ${f.episode} ${e.id}`);
        }
        if (e.op !== 'some episode') (e.children ?? []).forEach(walk);
      };
      walk(f.tree);
    });
  }
  assert.ok(compared > 5000, `${compared} elements compared`);
});

const faults = /** @type {[string, (x: any) => any, string, string][]} */ ([
  ['no JSON', () => '{"format', 'work.bad.json', ''],
  ['another file', () => ({ hello: 1 }), 'work.bad.format', 'format'],
  ['nothing', () => null, 'work.bad.format', 'format'],
  ['far too big', (x) => ({ ...x, id: 'x'.repeat(300_000) }), 'work.bad.big', ''],
  ['another version', (x) => ({ ...x, version: '1999.1' }), 'work.bad.version', 'version'],
  ['a field too many', (x) => ({ ...x, script: '<script>' }), 'work.bad.shape', 'script'],
  ['a prototype', (x) => JSON.stringify(x).replace('{', '{"__proto__":{},'), 'work.bad.shape', '__proto__'],
  ['a field too few', ({ held, ...x }) => x, 'work.bad.shape', 'held'],
  ['a story that is no text', (x) => ({ ...x, title: { en: 7 } }), 'work.bad.shape', 'title.en'],
  ['a language of its own', (x) => ({ ...x, title: { en: 'x', xx: 'y' } }), 'work.bad.shape', 'title.xx'],
  ['an unknown question', (x) => put(x, (s) => { s.tell[0].question = 'guilty'; }), 'work.bad.question', 'steps[1].tell[0]'],
  ['an answer that the case does not give', (x) => put(x, (s) => { s.ask[0].answer = s.ask[0].answer === 'yes' ? 'no' : 'yes'; }), 'work.bad.question', 'steps[1].ask[0]'],
  ['a fact turned round', (x) => JSON.stringify(x).replaceAll('"question":"worked","answer":"yes"', '"question":"worked","answer":"no"'), 'work.bad.holding', 'holding['],
  ['a holding turned round', (x) => ({ ...x, holding: x.holding.map((/** @type {any} */ h) => ({ ...h, status: 'conflict' })) }), 'work.bad.holding', 'holding[0]'],
  ['an unknown rule', (x) => ({ ...x, rules: ['us.666'] }), 'work.bad.rule', 'rules[0]'],
  ['a day that is none', (x) => ({ ...x, as_of: '2015-02-31' }), 'work.bad.shape', 'as_of'],
  ['choices past the steps', (x) => ({ ...x, choices: x.steps.concat([1, 2]).map(() => []) }), 'work.bad.choices', 'choices'],
  ['a choice that is not offered', (x) => ({ ...x, choices: [[3]] }), 'work.bad.choices', 'choices[0]'],
  ['a step that asks two things', (x) => put(x, (s) => { s.act = true; }), 'work.bad.shape', 'steps[1]'],
]);

/** @param {any} x @param {(step: any) => void} change */
const put = (x, change) => {
  const y = structuredClone(x);
  change(y.steps[1]);
  return y;
};
const callahan = JSON.parse(/** @type {string} */ (ready.find((r) => r.includes('801 F.3d 606'))));

for (const [name, spoil, key, where] of faults) {
  test(`a file is refused in words: ${name}`, () => {
    read(JSON.stringify(callahan), law, version, judging); // as it was, it is taken
    const bad = spoil(structuredClone(callahan));
    assert.throws(() => read(typeof bad === 'string' ? bad : JSON.stringify(bad), law, version, judging), (/** @type {any} */ err) => {
      assert.ok(err instanceof Bad, String(err));
      assert.equal(err.key, key);
      assert.ok(err.where.startsWith(where), `${err.where} does not begin with ${where}`);
      return true;
    });
  });
}

for (const where of ['work', 'work/cards', 'work/interview', 'work/interview/2', 'work/interview/3', 'work/training', 'work/instructor']) {
  journey(`looks right: ${where}`, { js: [true, false], lang: ['en', 'es'], size: ['narrow', 'phone', 'desk'] }, async ({ open, lang, axe, shot, js, size, watch }) => {
    const page = await open('site', `${lang}/${where}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await axe(page);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'it scrolls sideways');
    if (size !== 'narrow') await shot(page, `work/${where.replaceAll('/', '-')}-${lang}-${size}-${js ? 'script' : 'plain'}`);
    if (js && size === 'desk' && lang === 'en') {
      await page.emulateMedia({ colorScheme: 'dark' });
      await axe(page);
      await shot(page, `work/${where.replaceAll('/', '-')}-dark`);
    }
    assert.equal((await page.context().cookies()).length, 0);
    for (const { url } of watch(page).requests) assert.match(url, /^[^?#]*$/);
  });
}

/** Plays exercise 3 on the page as it is: asks what there is to ask, and says what it is; up to the end.
 * @param {import('./harness.mjs').Page} page @param {keyof typeof words} lang */
async function playThree(page, lang) {
  const w = words[lang];
  const step = () => page.locator('article.step').last();
  await step().getByRole('button', { name: /conclusion|smuggled or trafficked|tráfico o trata/ }).click();
  await step().getByText(w.nothing).waitFor();
  await step().locator('.choices button').first().click();
  await step().locator('.reply').nth(1).waitFor();
  await step().getByRole('button', { name: w.on }).click();
  for (const b of await step().locator('.choices button').all()) await b.click();
  await step().getByRole('button', { name: w.on }).click();
  await step().getByRole('button', { name: w.both }).click();
  await step().getByText(w.other).waitFor();
  await step().getByRole('button', { name: w.smuggling }).click();
  await step().getByText(w.same).waitFor();
  await step().getByRole('button', { name: w.on }).click();
  await step().getByRole('button', { name: w.on }).click();
  await step().getByRole('button', { name: w.both }).click();
  await step().getByText(w.same).waitFor();
}

journey('an exercise is played, kept in a file and opened again; nothing leaves the page', { lang: ['en', 'es'], size: ['phone', 'desk'] }, async ({ open, lang, size, axe, shot, watch }) => {
  const w = words[lang];
  const page = await open('site', `${lang}/work/training/3`);
  await page.locator('#stage article.step').waitFor();
  await page.waitForLoadState('load');
  const before = watch(page).requests.length;
  await playThree(page, lang);
  await page.locator('article.step').last().getByRole('button', { name: w.on }).click();
  await page.locator('article.step').last().getByRole('checkbox').first().check();
  await page.getByRole('button', { name: w.look }).click();
  await page.getByRole('button', { name: w.end }).click();
  await page.getByRole('heading', { name: w.held }).waitFor();
  assert.equal(watch(page).requests.length, before, 'playing asked the server for something');
  await axe(page);
  await shot(page, `work/exercise-done-${lang}-${size}`);
  if (size === 'desk' && lang === 'en') {
    await page.emulateMedia({ colorScheme: 'dark' });
    await axe(page);
    await shot(page, 'work/exercise-done-dark');
  }

  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: w.save }).click()]);
  assert.equal(file.suggestedFilename(), 'exercise.json');
  const saved = readFileSync(await file.path(), 'utf8');
  await page.getByRole('button', { name: w.again }).click();
  assert.equal(await page.locator('article.step').count(), 1);
  await page.getByLabel(w.open).setInputFiles({ name: 'exercise.json', mimeType: 'application/json', buffer: Buffer.from(saved) });
  await page.locator('article.step').nth(5).waitFor();
  assert.equal(await page.getByRole('button', { name: w.both, pressed: true }).count(), 1);
  assert.equal(await page.locator('article.step').count(), 6);

  // A file that was tampered with is named, and what was there stays.
  const bad = JSON.stringify({ ...JSON.parse(saved), held: 7 });
  await page.getByLabel(w.open).setInputFiles({ name: 'exercise.json', mimeType: 'application/json', buffer: Buffer.from(bad) });
  await page.getByRole('alert').filter({ hasText: 'held' }).waitFor();
  assert.equal(await page.locator('article.step').count(), 6);
  await axe(page);
  await shot(page, `work/exercise-bad-file-${lang}-${size}`);
  assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]), [0, 0, '']);
});

journey('without scripts the same exercise says the same', { js: [false], lang: ['en', 'es'], size: ['narrow', 'desk'] }, async ({ open, lang, size, axe, shot }) => {
  const w = words[lang];
  const page = await open('site', `${lang}/work/training/3`);
  const summaries = page.locator('summary');
  assert.ok(await summaries.count() > 10);
  await axe(page);
  for (const s of await page.getByText(w.see, { exact: true }).all()) await s.click();
  const plain = await page.locator('article.step .rule').allInnerTexts();
  await axe(page);
  await shot(page, `work/exercise-plain-${lang}-${size}`);
  if (size !== 'desk') return;
  const scripted = await open('site', `${lang}/work/training/3`, { js: true });
  const step = () => scripted.locator('#stage article.step').last();
  /** @type {string[]} */
  const shown = [];
  for (;;) {
    await step().locator('h2').waitFor();
    const acts = step().getByRole('button', { name: w.both });
    if (await acts.count()) {
      await acts.click();
      shown.push(...await step().locator('.rule').allInnerTexts());
    } else {
      for (const b of await step().locator('.choices button[aria-pressed]').all()) await b.click();
    }
    const on = step().getByRole('button', { name: w.on });
    if (!await on.count()) break;
    await on.click();
  }
  const tidy = (/** @type {string[]} */ all) => all.map((t) => t.replace(/\s+/g, ' ').trim());
  assert.ok(shown.length >= 8, `${shown.length} rules`);
  assert.deepEqual(tidy(shown), tidy(plain).slice(0, shown.length));
});

journey('an exercise by keyboard alone', {}, async ({ open }) => {
  const page = await open('site', 'en/work/training/2');
  await page.locator('#stage article.step').waitFor();
  assert.equal(await page.evaluate(() => { document.body.focus(); return document.activeElement?.tagName; }), 'BODY');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.className), 'exit');
  const reach = async (/** @type {string} */ name) => {
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate((n) => document.activeElement?.textContent === n, name)) return page.keyboard.press('Enter');
    }
    assert.fail(`Tab does not reach ${name}`);
  };
  await reach('Did they take you, or have you taken, from one place to another?');
  await page.locator('.reply').waitFor();
  await reach('Go on');
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Step 2 of 5');
  await reach('Neither yet: too little is known');
  await page.getByText('The law program finds the same.').waitFor();
});

journey('an instructor makes an exercise, and a trainee opens it', { lang: ['en', 'es'], size: ['phone', 'desk'] }, async ({ open, lang, size, axe, shot }) => {
  const w = words[lang];
  const page = await open('site', `${lang}/work/instructor`);
  const pick = page.getByLabel(w.pick, { exact: true });
  await pick.selectOption({ label: (await pick.locator('option', { hasText: '801 F.3d 606' }).textContent()) ?? '' });
  await page.locator('fieldset').first().waitFor();
  await page.locator('fieldset').nth(1).locator('textarea').fill('A <b>story</b> of my own.');
  await page.locator('fieldset').nth(1).locator('select').first().selectOption('2');
  await page.locator('fieldset').nth(1).locator('select').first().selectOption('0');
  await axe(page);
  await shot(page, `work/instructor-made-${lang}-${size}`);
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: w.make }).click()]);
  const made = readFileSync(await file.path(), 'utf8');
  read(made, law, version, judging);
  const trainee = await open('site', `${lang}/work/training`);
  await trainee.getByLabel(w.open).setInputFiles({ name: 'exercise.json', mimeType: 'application/json', buffer: Buffer.from(made) });
  await trainee.locator('#stage article.step').waitFor();
  await trainee.getByRole('button', { name: w.on }).click();
  await trainee.getByText('A <b>story</b> of my own.').waitFor();
  await axe(trainee);
  await shot(trainee, `work/opened-${lang}-${size}`);
});

journey('cards and interview print', { lang: ['en', 'es'] }, async ({ open, lang, shot }) => {
  const page = await open('site', `${lang}/work/cards`);
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 733, height: 1000 }); // A4 within its margins
  for (const [i, card] of (await page.locator('.card').all()).entries()) {
    const fits = await card.evaluate((e) => e.scrollHeight <= e.clientHeight + 1);
    assert.ok(fits, `card ${i + 1} is cut off when printed`);
  }
  await shot(page, `work/cards-print-${lang}`);
  const sheets = (await page.pdf({ format: 'A4', printBackground: true, path: path.join(root, `out/shots/work/cards-${lang}.pdf`) })).toString('latin1').match(/\/Type \/Page\b/g);
  assert.equal(sheets?.length, 3, 'nine cards take three sheets');
  await page.goto(new URL(`${lang}/work/interview`, site).href);
  await page.pdf({ format: 'A4', path: path.join(root, `out/shots/work/interview-${lang}.pdf`) });
});

// The shared vectors of law programs, read by the source and by the bundle that visitors get; its weight.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { checkJourney, checkProgram } from './check.js';
import * as source from './law.js';
import { lanes, words } from './lanes.mjs';

const made = new URL('dist/law.min.js', import.meta.url);
/** @type {typeof source} */
const bundle = await import(made.href);
const folder = new URL('../testdata/program/', import.meta.url);

test('the bundle weighs 2,048 bytes at the most', (t) => {
  const { length } = readFileSync(made);
  t.diagnostic(`${length} bytes`);
  assert.ok(length > 500 && length <= 2048, `${length} bytes`);
});

test('every file of vectors is read', () => {
  assert.deepEqual(readdirSync(folder).sort(), ['journeys.json', 'planes.json', 'refused.json']);
});

/** @param {string} name @returns {any[]} */
function vectors(name) {
  const all = JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
  assert.ok(all.length > 10, `${name} has ${all.length} vectors`);
  assert.equal(new Set(all.map((/** @type {any} */ v) => v.name)).size, all.length, 'two of one name');
  return all;
}

for (const [kind, law] of /** @type {const} */ ([['source', source], ['bundle', bundle]])) {
  for (const { name, program, facts, dates = [], rules } of vectors('planes.json')) {
    test(`${kind}: ${name}`, () => {
      const { length } = Object.values(rules)[0];
      checkProgram(program);
      const given = [program.facts.map((/** @type {string} */ f) => words(facts[f])), dates.map(words)];
      /** @type {string[]} */
      const got = program.rules.map(() => '');
      for (let word = 0; word * 32 < length; word++) {
        const done = law.run(program, (kind, i) => given[kind]?.[i][word] ?? [0, 0]);
        program.rules.forEach((/** @type {any} */ { body }, /** @type {number} */ i) => { got[i] += lanes(done[body], length - word * 32); });
      }
      assert.deepEqual(Object.fromEntries(program.rules.map((/** @type {any} */ { id }, /** @type {number} */ i) => [id, got[i]])), rules);
    });
  }
  for (const { name, program, journey, findings, next } of vectors('journeys.json')) {
    test(`${kind}: ${name}`, () => {
      const got = law.assess(checkProgram(program), checkJourney(journey, program));
      assert.deepEqual(got.findings.map((f) => [f.rule, f.episode, f.status]), findings);
      assert.deepEqual(got.next.map((a) => [a.fact, a.episode, a.settles]), next);
    });
  }
}

for (const { name, program } of vectors('refused.json')) {
  test(`refused: ${name}`, () => { assert.throws(() => checkProgram(program), /^Error: program\.\w+(\[\d+\])?(\.\w+)?: \S/); });
}

test('a vector that is wrong in one lane is seen', () => {
  const [{ program, facts, rules }] = vectors('planes.json').filter((v) => v.name.startsWith('at least two'));
  const done = source.run(program, (_, i) => words(facts[program.facts[i]])[0]);
  const got = lanes(done[program.rules[0].body], rules.two.length);
  assert.equal(got, rules.two);
  assert.notEqual(lanes(done[0], rules.two.length), rules.two);
});

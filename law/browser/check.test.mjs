// What is wrong with a program or a journey is said in words that name the place; what passes is evaluated without an error.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { checkJourney, checkProgram } from './check.js';
import { assess } from './law.js';
import { bounds, when } from './span.js';

/** @type {{program: any, journey: any}[]} */
const vectors = JSON.parse(readFileSync(new URL('../testdata/program/journeys.json', import.meta.url), 'utf8'));
const program = () => structuredClone(vectors[0].program);
const journey = () => structuredClone(vectors[0].journey);

for (const [what, change, message] of /** @type {[string, (p: any) => void, RegExp][]} */ ([
  ['another format', (p) => { p.format = 'amparo.law.program/2'; }, /^program\.format: "amparo\.law\.program\/2", and this reads/],
  ['no version', (p) => { delete p.version; }, /^program\.version: want a text/],
  ['facts that are no list', (p) => { p.facts = { length: 1e9 }; }, /^program\.facts: want a list/],
  ['a fact twice', (p) => { p.facts = ['a', 'a']; }, /^program\.facts\[1\]: "a" is no id, or a second one/],
  ['a fact that is no id', (p) => { p.facts[0] = '__proto__'; }, /^program\.facts\[0\]/],
  ['a person\'s fact that is none', (p) => { p.person = [2]; }, /^program\.person\[0\]: 2 is no fact/],
  ['a date that is none', (p) => { p.dates = [['2000-13-01', '', 'act']]; }, /^program\.dates\[0\]: "2000-13-01" is no day/],
  ['a date without its measure', (p) => { p.dates = [['2000-12-01', '']]; }, /^program\.dates\[0\]: want a text/],
  ['an operation that is no list', (p) => { p.ops[1] = null; }, /^program\.ops\[1\]: want a list/],
  ['an operation of no kind', (p) => { p.ops[1] = []; }, /^program\.ops\[1\]: undefined is no kind/],
  ['an operation of an unknown kind', (p) => { p.ops[2] = [8, 0]; }, /^program\.ops\[2\]: 8 is no kind/],
  ['a fact beyond the last', (p) => { p.ops[0] = [0, 2]; }, /^program\.ops\[0\]: 2 is no fact/],
  ['an argument that stands later', (p) => { p.ops[1] = [4, 1]; }, /^program\.ops\[1\]: 1 is no earlier operation/],
  ['a negative argument', (p) => { p.ops[2] = [2, -1]; }, /^program\.ops\[2\]: -1 is no earlier operation/],
  ['half an argument', (p) => { p.ops[2] = [2, 0.5]; }, /^program\.ops\[2\]: 0\.5 is no earlier operation/],
  ['a word for an argument', (p) => { p.ops[2] = [2, 'map']; }, /^program\.ops\[2\]: "map" is no earlier operation/],
  ['a not of two', (p) => { p.ops[2] = [4, 0, 1]; }, /^program\.ops\[2\]: not takes 1, and has 2/],
  ['an if of two', (p) => { p.ops[2] = [7, 0, 1]; }, /^program\.ops\[2\]: if takes 3, and has 2/],
  ['three out of two', (p) => { p.ops[2] = [5, 3, 0, 1]; }, /^program\.ops\[2\]: 3 is no number out of 2/],
  ['a number without end', (p) => { p.ops[2] = JSON.parse('[5, 1e999, 0, 1]'); }, /^program\.ops\[2\]: null is no number out of 2/],
  ['too many operations', (p) => { p.ops = Array(20_001).fill([2]); }, /^program\.ops: 20001 entries, at most 20000/],
  ['too many arguments', (p) => { p.ops.push(...Array(3).fill([2, ...Array(40_000).fill(0)])); }, /^program\.ops\[5\]: 40001 entries, at most 19996/],
  ['a rule that is none', (p) => { p.rules[0] = 7; }, /^program\.rules\[0\]: want an object/],
  ['a rule of no scope', (p) => { p.rules[0].scope = 'world'; }, /^program\.rules\[0\]\.scope: "world" is neither/],
  ['a rule beyond the operations', (p) => { p.rules[0].body = 3; }, /^program\.rules\[0\]\.body: 3 is no operation/],
  ['a rule of no date', (p) => { p.rules[0].date = 0; }, /^program\.rules\[0\]\.date: 0 is no date/],
])) {
  test(`refused in a program: ${what}`, () => {
    const p = program();
    checkProgram(p);
    change(p);
    assert.throws(() => checkProgram(p), { message });
  });
}

for (const [what, change, message] of /** @type {[string, (j: any) => any, RegExp][]} */ ([
  ['no day', (j) => { delete j.asOf; }, /^journey\.asOf: want a text/],
  ['a day that is none', (j) => { j.asOf = 'today'; }, /^journey\.asOf: "today" is no day: write/],
  ['complete in words', (j) => { j.complete = 'no'; }, /^journey\.complete: want true or false/],
  ['an answer in words', (j) => { j.person = { minor: 'yes' }; }, /^journey\.person\.minor: "yes" is no answer/],
  ['an answer that is none', (j) => { j.episodes[1].facts.a = 4; }, /^journey\.episodes\[1\]\.facts\.a: 4 is no answer/],
  ['episodes that are no list', (j) => { j.episodes = {}; }, /^journey\.episodes: want a list/],
  ['an episode without facts', (j) => { delete j.episodes[0].facts; }, /^journey\.episodes\[0\]\.facts: want an object/],
  ['an episode of no group', (j) => { j.episodes[0].facts = []; }, /^journey\.episodes\[0\]\.facts: no group/],
  ['too many episodes', (j) => { j.episodes = Array(101).fill({ facts: {} }); }, /^journey\.episodes: 101 entries, at most 100/],
  ['too many groups', (j) => { j.episodes = Array(3).fill({ facts: Array(99).fill({}) }); }, /^journey\.episodes\[2\]\.facts: 99 entries, at most 2/],
  ['a day of an episode that is none', (j) => { j.episodes[2].when = { last: '2013' }; }, /^journey\.episodes\[2\]\.when\.last: "2013" is no day/],
  ['a filing on no day', (j) => { j.filed = { first: '2013-01-01', last: 'soon' }; }, /^journey\.filed\.last: "soon" is no day/],
])) {
  test(`refused in a journey: ${what}`, () => {
    const j = journey();
    checkJourney(j, program());
    change(j);
    assert.throws(() => checkJourney(j, program()), { message });
  });
}

test('a journey too long for a big program is refused, one that passes ends in a few seconds', (t) => {
  const p = program();
  p.facts = Array.from({ length: 100 }, (_, i) => `q${i}`);
  p.ops = [...p.facts.keys()].map((i) => [0, i]);
  while (p.ops.length < 800) p.ops.push([[2, 3][p.ops.length % 2], p.ops.length - 1, p.ops.length - 60, p.ops.length - 90]);
  p.rules = [{ id: 'one', scope: 'episode', body: 799, date: -1 }];
  checkProgram(p);
  const long = (/** @type {number} */ n) => ({ asOf: '2026-01-02', episodes: Array.from({ length: n }, () => ({ facts: {} })) });
  assert.throws(() => checkJourney(long(100), p), /^Error: journey: more episodes than/);
  const began = performance.now();
  assert.equal(assess(p, checkJourney(long(30), p)).findings.length, 30);
  t.diagnostic(`${Math.round(performance.now() - began)} ms for 30 episodes beside 800 operations over 100 facts`);
});

/** A small generator of numbers below n, the same for each seed. @param {number} seed */
function dice(seed) {
  return (/** @type {number} */ n) => {
    seed = Math.imul(seed ^ seed >>> 15, 0x2c1b3c6d) + 0x9e3779b9 | 0;
    return ((seed ^ seed >>> 13) >>> 0) % n;
  };
}

/** Puts something odd in one place of a value. @param {any} value @param {(n: number) => number} roll */
function tamper(value, roll) {
  /** @type {[any, string][]} */
  const places = [];
  const walk = (/** @type {any} */ v) => {
    if (typeof v === 'object' && v !== null) for (const k of Object.keys(v)) { places.push([v, k]); walk(v[k]); }
  };
  walk(value);
  const [holder, key] = places[roll(places.length)];
  const odd = [null, undefined, -1, 0, 1, 2, 5, 7, 0.5, 1e12, Infinity, NaN, '', 'constructor', '9', [], {}, [1, 2], true];
  holder[key] = odd[roll(odd.length)];
}

test('what was tampered with is refused in words, or evaluated', (t) => {
  const roll = dice(7);
  let refused = 0, evaluated = 0;
  for (let i = 0; i < 20_000; i++) {
    const { program, journey } = structuredClone(vectors[roll(vectors.length - 1)]);
    for (let n = roll(3); n >= 0; n--) tamper(roll(2) ? program : journey, roll);
    try {
      checkProgram(program);
      checkJourney(journey, program);
    } catch (e) {
      assert.match(/** @type {Error} */ (e).message, /^(program|journey)[^:]*: \S/);
      refused++;
      continue;
    }
    for (const { status } of assess(program, journey).findings) assert.match(status, /^(established|open|ruled out|conflict|not in force)$/);
    evaluated++;
  }
  t.diagnostic(`${refused} refused, ${evaluated} evaluated`);
  assert.ok(refused > 5000 && evaluated > 500);
});

for (const [what, change, message] of /** @type {[string, (p: any) => void, RegExp][]} */ ([
  ['an argument that is not there', (p) => { p.ops[2] = [2, 9]; }, /^law: 2,9$/],
  ['an operation of an unknown kind', (p) => { p.ops[2] = [8, 0]; }, /^law: 8,0$/],
  ['a fact that is not there', (p) => { p.ops[1] = [0, 9]; }, /^law: fact 9$/],
  ['a date that is not there', (p) => { p.ops[1] = [1, 0]; }, /^law: date$/],
  ['a rule that rests on nothing', (p) => { p.rules[0].body = 9; }, /^law: rule 0$/],
  ['a rule of a date that is not there', (p) => { p.rules[0].date = 4; }, /^law: date$/],
])) {
  test(`refused by the evaluator itself: ${what}`, () => {
    const p = program();
    change(p);
    assert.throws(() => assess(p, journey()), { message });
  });
}

test('numbers without end do not make the evaluator run without end', () => {
  const p = program();
  for (const k of [1e12, Infinity, -Infinity, NaN, -5]) {
    p.ops[2] = [5, k, 0, 1];
    assert.equal(assess(p, journey()).findings.length, 6);
  }
});

test('dates as people say them', () => {
  assert.deepEqual(bounds('2013'), ['2013-01-01', '2013-12-31']);
  assert.deepEqual(bounds('2012-02'), ['2012-02-01', '2012-02-29']);
  assert.deepEqual(bounds('2013-05-12'), ['2013-05-12', '2013-05-12']);
  assert.deepEqual(bounds('about 2013'), ['2012-01-01', '2014-12-31']);
  assert.deepEqual(bounds('about 2013-06'), ['2013-05-01', '2013-07-31']);
  assert.deepEqual(bounds('about 2013-12-30'), ['2013-12-23', '2014-01-06']);
  assert.deepEqual(when('about 2013', '2015'), { first: '2012-01-01', last: '2015-12-31' });
  assert.deepEqual(when(undefined, '2015-02'), { last: '2015-02-28' });
  assert.deepEqual(when(), {});
  for (const bad of ['', '13', '2013-5', 'about', '2013-02-30', '2013-13', '0000', ' 2013']) assert.throws(() => bounds(bad), /is no date/, bad);
});

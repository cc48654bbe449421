// Says in words what is wrong with a law program or a journey before law.js evaluates it; law.js itself checks little. What
// passes here ends there, in bounded time and without an error.

/**
 * A compiled pack of law.
 * @typedef {{format: string, pack: string, version: string, facts: string[], person: number[], dates: string[][],
 *   ops: number[][], rules: Rule[], elements?: object[]}} Program
 *   person: indexes into facts of those asked of the person. dates: stretches of law as [from, until, by what it is
 *   judged], "" for an open end. ops: each a kind and its arguments, which stand before it: [0, fact], [1, date], [2 all …],
 *   [3 any …], [4 not, a], [5 at least, k, …], [6 in some episode, a], [7 if, x, then, else].
 * @typedef {{id: string, kind?: string, scope: string, body: number, date: number}} Rule
 *   scope: episode or person. body: index into ops. date: index into dates, or -1.
 */

/**
 * What happened to one person, in order.
 * @typedef {{person?: Told, episodes?: Episode[], complete?: boolean, asOf: string, filed?: When}} Journey
 *   complete: no episode is missing. asOf: the day of the assessment. filed: when a benefit is asked for, if not then.
 * @typedef {{facts: Told | Told[], when?: When}} Episode
 *   facts: what is told of the episode, or for each group of actors who act together what is told of that group.
 * @typedef {Record<string, number>} Told answers by fact: 1 yes, 2 no, 3 both, 0 asked without an answer, not to be asked again
 * @typedef {{first?: string, last?: string}} When first: the first day on which it can have begun; last: the last on which
 *   it can have ended; each as 2013-05-12, left out where not known. See span.js.
 */

// work: arguments looked at, over all operations and lanes; so many take about three seconds on a laptop.
const limits = { facts: 1000, dates: 1000, ops: 20_000, args: 100_000, rules: 20_000, episodes: 100, lanes: 200, work: 4e7 };

/** @param {string} where @param {string} what @returns {never} */
function wrong(where, what) {
  throw new Error(`${where}: ${what}`);
}

/** @param {unknown} v @param {string} where @returns {Record<string, unknown>} */
function object(v, where) {
  if (typeof v !== 'object' || v === null || Array.isArray(v)) wrong(where, 'want an object');
  return /** @type {Record<string, unknown>} */ (v);
}

/** @param {unknown} v @param {string} where @param {number} most @returns {unknown[]} */
function list(v, where, most) {
  if (!Array.isArray(v)) wrong(where, 'want a list');
  if (v.length > most) wrong(where, `${v.length} entries, at most ${most}`);
  return v;
}

/** A whole number from 0 to below the end. @param {unknown} v @param {string} where @param {number} end @param {string} what */
function index(v, where, end, what) {
  if (typeof v !== 'number' || !Number.isInteger(v) || v < 0 || v >= end) wrong(where, `${JSON.stringify(v)} is no ${what}`);
  return v;
}

/** @param {unknown} v @param {string} where @returns {string} */
function text(v, where) {
  if (typeof v !== 'string') wrong(where, 'want a text');
  return v;
}

/** @param {unknown} v @param {string} where */
function day(v, where) {
  if (!/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text(v, where))) wrong(where, `${JSON.stringify(v)} is no day: write 2013-05-12`);
}

/** What each kind of operation wants, by number. */
const kinds = ['fact', 'date', 'all', 'any', 'not', 'at least', 'some', 'if'];

/**
 * @param {unknown} value as read from JSON
 * @returns {Program} the same value
 */
export function checkProgram(value) {
  const p = object(value, 'program');
  if (p.format !== 'amparo.law.program/1') wrong('program.format', `${JSON.stringify(p.format)}, and this reads amparo.law.program/1`);
  text(p.pack, 'program.pack');
  text(p.version, 'program.version');
  const facts = list(p.facts, 'program.facts', limits.facts);
  facts.forEach((f, i) => {
    const where = `program.facts[${i}]`;
    if (!/^[a-z][a-z0-9_]*$/.test(text(f, where)) || facts.indexOf(f) < i) wrong(where, `${JSON.stringify(f)} is no id, or a second one`);
  });
  list(p.person, 'program.person', facts.length).forEach((f, i) => index(f, `program.person[${i}]`, facts.length, 'fact'));
  const dates = list(p.dates, 'program.dates', limits.dates);
  dates.forEach((d, i) => {
    const where = `program.dates[${i}]`;
    const [from, until, by] = list(d, where, 3);
    for (const end of [from, until]) if (end !== '') day(end, where);
    text(by, where);
  });
  const ops = list(p.ops, 'program.ops', limits.ops);
  checkOps(ops, facts.length, dates.length);
  list(p.rules, 'program.rules', limits.rules).forEach((r, i) => {
    const where = `program.rules[${i}]`;
    const { id, scope, body, date } = object(r, where);
    text(id, `${where}.id`);
    if (scope !== 'episode' && scope !== 'person') wrong(`${where}.scope`, `${JSON.stringify(scope)} is neither episode nor person`);
    index(body, `${where}.body`, ops.length, 'operation');
    if (date !== -1) index(date, `${where}.date`, dates.length, 'date');
  });
  return /** @type {any} */ (p);
}

/** @param {unknown[]} ops @param {number} facts @param {number} dates */
function checkOps(ops, facts, dates) {
  let room = limits.args;
  ops.forEach((o, at) => {
    const where = `program.ops[${at}]`;
    const [kind, ...args] = list(o, where, room);
    room -= args.length;
    index(kind, where, kinds.length, 'kind of operation');
    const want = [1, 1, -1, -1, 1, -1, 1, 3][Number(kind)];
    if (want >= 0 && args.length !== want) wrong(where, `${kinds[Number(kind)]} takes ${want}, and has ${args.length}`);
    if (kind === 5 && !args[0]) wrong(where, 'at least none');
    if (kind === 5) index(args[0], where, args.length, `number out of ${args.length - 1}`);
    const [end, what] = kind === 0 ? [facts, 'fact'] : kind === 1 ? [dates, 'date'] : [at, 'earlier operation'];
    args.slice(kind === 5 ? 1 : 0).forEach((a) => index(a, where, end, what));
  });
}

/**
 * @param {unknown} value as built by a page or read from JSON @param {Program} program that it will be laid beside
 * @returns {Journey} the same value
 */
export function checkJourney(value, program) {
  const j = object(value, 'journey');
  day(j.asOf, 'journey.asOf');
  if (j.complete !== undefined && typeof j.complete !== 'boolean') wrong('journey.complete', 'want true or false');
  if (j.filed !== undefined) span(j.filed, 'journey.filed');
  if (j.person !== undefined) told(j.person, 'journey.person');
  let room = limits.lanes;
  const { episodes: given = [] } = j;
  const episodes = list(given, 'journey.episodes', limits.episodes);
  episodes.forEach((e, i) => {
    const where = `journey.episodes[${i}]`;
    const { facts, when = {} } = object(e, where);
    const groups = Array.isArray(facts) ? list(facts, `${where}.facts`, room) : [facts];
    if (groups.length === 0) wrong(`${where}.facts`, 'no group of actors');
    room -= groups.length;
    groups.forEach((g) => told(g, `${where}.facts`));
    span(when, `${where}.when`);
  });
  const lanes = 1 + limits.lanes - room;
  const size = program.ops.reduce((sum, o) => sum + o.length, 0);
  const passes = 2 * Math.ceil(program.facts.length * (1 + episodes.length) / 31); // when nothing is answered yet
  if (size * lanes * passes > limits.work) wrong('journey', 'more episodes than can be laid beside this program on one device');
  return /** @type {any} */ (j);
}

/** @param {unknown} v @param {string} where */
function span(v, where) {
  const { first, last } = object(v, where);
  for (const [end, d] of Object.entries({ first, last })) if (d !== undefined) day(d, `${where}.${end}`);
}

/** @param {unknown} v @param {string} where */
function told(v, where) {
  for (const [fact, answer] of Object.entries(object(v, where))) index(answer, `${where}.${fact}`, 4, 'answer: 0 to 3');
}

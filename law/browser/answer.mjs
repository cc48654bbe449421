// Answers for the evaluator in a file, so that a Go test can hold it against package law. A line in, a line out:
//   {program, given: base64}     planes of 32 lanes as little-endian int32: for each word of lanes the two planes of each
//                                fact, of each date, and of each `some` in the order of the operations
//                                → {planes: base64}: for each word the two planes of each rule
//   {program, journeys: […]}     with dates as people say them: asOf, filed, and an episode's from and until
//                                → {assessed: [{findings, next}, …]}
// usage: node answer.mjs law.min.js
import { createInterface } from 'node:readline';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkJourney, checkProgram } from './check.js';
import { when } from './span.js';

/** @type {typeof import('./law.js')} */
const { assess, run } = await import(pathToFileURL(path.resolve(process.argv[2] ?? '')).href);

/** @param {import('./check.js').Program} program @param {string} given */
function planes(program, given) {
  const bytes = Buffer.from(given, 'base64');
  const from = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const somes = program.ops.flatMap(([kind], at) => kind === 6 ? [at] : []);
  const starts = [0, program.facts.length, 0, 0, 0, 0, program.facts.length + program.dates.length];
  const width = 2 * (program.facts.length + program.dates.length + somes.length);
  const out = new Int32Array(from.length / width * program.rules.length * 2);
  for (let word = 0, to = 0; word < from.length; word += width) {
    const done = run(program, (kind, i) => {
      const at = word + 2 * (starts[kind] + (kind === 6 ? somes.indexOf(i) : i));
      return [from[at], from[at + 1]];
    });
    for (const { body } of program.rules) [out[to++], out[to++]] = done[body];
  }
  return Buffer.from(out.buffer).toString('base64');
}

/** @param {any} said @returns {import('./check.js').Journey} */
const journey = ({ filed, episodes, ...rest }) => ({
  ...rest, ...filed && { filed: when(filed, filed) },
  episodes: episodes.map((/** @type {any} */ { facts, from, until }) => ({ facts, when: when(from, until) })),
});

for await (const line of createInterface({ input: process.stdin })) {
  const { program, given, journeys } = JSON.parse(line);
  checkProgram(program);
  const answer = given === undefined
    ? { assessed: journeys.map((/** @type {any} */ j) => assess(program, checkJourney(journey(j), program))) }
    : { planes: planes(program, given) };
  console.log(JSON.stringify(answer));
}

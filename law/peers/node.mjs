// Answers questions of law with json-logic or json-rules-engine, and says how long that took. Reads one JSON
// message a line and writes one line for each:
//   {"load": {"logic": {id: rule}, "engine": {conditions, rules}}}   the rules, in both languages     → {"rules": n}
//   {"peer": "json-logic", "answers": [{fact: true}, …]}             → {"holds": [[id, …], …]}, by journey
//   {"peer": "json-logic", "answers": [...], "ms": 50}               → {"journeys": n, "us": microseconds for each}
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const require = createRequire(import.meta.url);
const jsonLogic = /** @type {any} */ (require('json-logic-js'));
const { Engine } = /** @type {any} */ (require('json-rules-engine'));

/** @typedef {Record<string, boolean>} Answers */
/** @typedef {(answers: Answers) => string[] | Promise<string[]>} Peer which rules hold */

/** @type {Record<string, Peer>} */
const peers = {};

/** @param {{logic: Record<string, any>, engine: {conditions: Record<string, any>, rules: Record<string, any>}}} rules */
function load({ logic, engine }) {
  const entries = Object.entries(logic);
  peers['json-logic'] = (answers) => {
    const holds = [];
    for (const [id, rule] of entries) if (jsonLogic.apply(rule, answers)) holds.push(id);
    return holds;
  };
  // Facts that are missing are undefined, not an error: as in each of the others.
  const e = new Engine([], { allowUndefinedFacts: true });
  for (const [name, conditions] of Object.entries(engine.conditions)) e.setCondition(name, conditions);
  for (const [id, conditions] of Object.entries(engine.rules)) e.addRule({ conditions, event: { type: id } });
  peers['json-rules-engine'] = async (answers) => (await e.run(answers)).events.map((/** @type {any} */ v) => v.type);
  return { rules: entries.length };
}

/** @param {{peer: string, answers: Answers[], ms?: number}} message */
async function run({ peer, answers, ms }) {
  const ask = peers[peer];
  if (!ask) throw new Error(`no peer ${peer}`);
  if (!ms) {
    const holds = [];
    for (const a of answers) holds.push(await ask(a));
    return { holds };
  }
  const sync = peer === 'json-logic'; // it is not made to wait for a promise that it does not give
  const start = process.hrtime.bigint();
  let journeys = 0;
  for (let passed = 0; passed < ms * 1e6; passed = Number(process.hrtime.bigint() - start)) {
    if (sync) for (const a of answers) ask(a);
    else for (const a of answers) await ask(a);
    journeys += answers.length;
  }
  return { journeys, us: Number(process.hrtime.bigint() - start) / 1e3 / journeys };
}

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line);
  console.log(JSON.stringify(message.load ? load(message.load) : await run(message)));
}

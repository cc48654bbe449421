// A self-check as the device holds it: what has been answered, what to ask next, what the law makes of it. It knows
// nothing of the page, keeps nothing, and asks nobody.

import { assess, run } from "../../../law/browser/law.js";
import { when } from "../../../law/browser/span.js";

/** @typedef {import("../../../law/browser/check.js").Program} Program */
/** @typedef {import("../../../law/browser/check.js").Told} Told */
/** @typedef {import("../../../law/browser/law.js").Finding} Finding */
/** @typedef {{id: string, name: string, first: string[], examples: Record<string, string>}} Sector */

/**
 * How the questions are asked; see check/asking.json.
 * @typedef {object} Asking
 * @property {number[]} costs what it costs to ask, by sensitivity
 * @property {string[]} late questions that a lawyer would ask: after all others
 * @property {Record<string, string[]>} after for a question, those of which one must be yes before it makes sense
 * @property {number} every after how many answers a pause is offered
 * @property {Sector[]} sectors
 */

/** @typedef {{fact: string, part: number}} Ask part: index into the parts, -1 for a question about the person */
/** @typedef {{told: Told, from: string, until: string}} Part from and until: a year, or "" where not known */

export class Session {
  /** @type {Part[]} */ parts = [];
  /** @type {Told} */ person = {};
  /** @type {Ask[]} what was answered, in order */ trail = [];
  /** Facts that the person did not want to answer. @type {Set<string>} */ kept = new Set();
  sector = "";
  complete = false;

  /**
   * @param {{program: Program, sensitivity: number[], groups: string[], asking: Asking}} law sensitivity and groups: of each fact of the program
   * @param {string} today as 2026-11-24
   */
  constructor(law, today) {
    this.law = law;
    this.today = today;
    const { program } = law;
    this.ofPerson = new Set(program.person.map((i) => program.facts[i]));
  }

  /** @param {string} from @param {string} until */
  add(from, until) {
    this.parts.push({ told: {}, from, until });
  }

  /** @param {Ask} ask @returns {Told} */
  at({ fact, part }) {
    return this.ofPerson.has(fact) ? this.person : this.parts[part].told;
  }

  /** @param {Ask} ask @param {number} code 1 yes, 2 no, 0 not sure or not to be answered @param {boolean} [kept] not to be answered */
  answer(ask, code, kept = false) {
    const told = this.at(ask);
    if (!(ask.fact in told)) this.trail.push(ask);
    told[ask.fact] = code;
    this.kept[kept ? "add" : "delete"](ask.fact + ask.part);
  }

  /** Takes an answer back. @param {Ask} ask */
  take(ask) {
    this.trail = this.trail.filter((a) => a !== ask);
    delete this.at(ask)[ask.fact];
  }

  /**
   * Lays the answers beside the law, and tries what each answer of those that may be asked would settle.
   * @param {number} [part] of which they are asked @param {Map<number, number>} [may] indexes of facts; none by default
   */
  assess(part, may = new Map()) {
    const { program } = this.law;
    // What counts as asked is not tried: that is most of the work.
    const rest = (/** @type {boolean} */ here, /** @type {Told} */ told) =>
      ({ ...Object.fromEntries(program.facts.filter((_, i) => !here || !may.has(i)).map((f) => [f, 0])), ...told });
    return assess(program, {
      person: rest(true, this.person), complete: this.complete, asOf: this.today,
      episodes: this.parts.map(({ told, from, until }, i) => ({ facts: rest(i === part, told), when: when(from, until) })),
    });
  }

  /**
   * What could still be asked, best first: of a part, or with -1 about the person.
   * @param {number} part
   * @returns {(Ask & {late: boolean, hard: boolean})[]}
   */
  open(part) {
    const { program, asking, sensitivity, groups } = this.law;
    const reach = this.#reach(this.assess().findings, part);
    const { next } = this.assess(part, reach);
    const last = this.trail.at(-1), theme = last && groups[program.facts.indexOf(last.fact)];
    const first = asking.sectors.find((s) => s.id === this.sector)?.first ?? [];
    return [...reach].flatMap(([i, rules]) => {
      const fact = program.facts[i], hard = sensitivity[i] > 2, at = first.indexOf(fact);
      const sense = this.#sense(fact, part, reach);
      if (sense < 0) return [];
      const late = sense === 0 || asking.late.includes(fact);
      const settles = next.find((a) => a.fact === fact && (a.episode === part || a.episode < 0))?.settles ?? 0;
      let score = (settles + rules / 4) / asking.costs[sensitivity[i]];
      if (groups[i] === theme) score *= 1.5;
      if (at >= 0) score = 1000 - at;
      else if (late) score /= 1000;
      if (hard && !this.trail.length) score /= 1e6; // a hard question is never the first
      return [{ fact, part: this.ofPerson.has(fact) ? -1 : part, late, hard, score }];
    }).sort((a, b) => b.score - a.score);
  }

  /**
   * Whether a question makes sense after what was answered: 1 yes, 0 only for those who want to answer all, -1 not yet.
   * @param {string} fact @param {number} part @param {Map<number, number>} reach what may be asked
   */
  #sense(fact, part, reach) {
    const { program, asking } = this.law, after = asking.after[fact];
    if (!after) return 1;
    const codes = after.flatMap((f) => [this.person, ...part < 0 ? this.parts.map((p) => p.told) : [this.parts[part].told]].map((told) => told[f]));
    if (codes.includes(1)) return 1;
    return after.some((f) => reach.has(program.facts.indexOf(f))) ? -1 : 0;
  }

  /**
   * The unanswered facts that open findings may still rest on, by index, each with how many findings it is.
   * @param {Finding[]} findings @param {number} part
   */
  #reach(findings, part) {
    const { program } = this.law, { ops, rules, facts, person } = program;
    const told = part < 0 ? {} : this.parts[part].told, about = this.person;
    const done = run(program, (kind, i) => {
      const code = kind ? 0 : (person.includes(i) ? about : told)[facts[i]] ?? 0;
      return [-(code & 1), -(code >> 1 & 1)];
    });
    const open = new Set(findings.filter((f) => f.status === "open" && (f.episode < 0 || f.episode === part)).map((f) => f.rule));
    /** @type {Map<number, number>} */
    const out = new Map();
    for (const { id, scope, body } of rules) {
      if (!open.has(id)) continue;
      const seen = new Set();
      // Of a rule about the person, only what it asks of some part is asked in a part.
      const walk = (/** @type {number} */ at, /** @type {boolean} */ within) => {
        if (seen.has(at) || done[at][0] | done[at][1]) return;
        seen.add(at);
        const [kind, ...args] = ops[at];
        if (kind === 0) {
          const fact = facts[args[0]], ours = person.includes(args[0]);
          if (ours ? fact in about : part < 0 || fact in told) return;
          if (within) out.set(args[0], (out.get(args[0]) ?? 0) + 1);
        } else if (kind === 6) {
          if (part >= 0) walk(args[0], true);
        } else if (kind !== 1) {
          for (const a of kind === 5 ? args.slice(1) : args) walk(a, within);
        }
      };
      walk(body, part < 0 ? scope === "person" : scope === "episode");
    }
    return out;
  }
}

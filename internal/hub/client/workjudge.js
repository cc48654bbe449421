// Judges an exercise by the law program: what the facts so far make out, element by element. The hub does the same without
// a script (workjudge.go).
import { assess } from "../../../law/browser/law.js";
import { when } from "../../../law/browser/span.js";

/**
 * @typedef {import('./workfile.js').Exercise} Exercise
 * @typedef {import('./workfile.js').Fact} Fact
 * @typedef {{id: string, op: number, text: string, cite: string, mark: string, parts?: Part[]}} Part
 * @typedef {{title: string, cite: string, kind: string, scope: string, parts?: Part[], notes?: Part[]}} Rule
 * @typedef {{program: import('../../../law/browser/check.js').Program, questions: Record<string, {text: string, person?: boolean, costly?: boolean}>,
 *   rules: Record<string, Rule>}} Law
 * @typedef {'there' | 'missing' | 'unknown' | 'both'} State
 * @typedef {{text: string, cite: string, mark: string, state: string, by?: Shown[]}} Shown
 * @typedef {{rule: string, episode: string, status: string, parts: Shown[], leaves: Record<string, Shown>}} Found
 * @typedef {{act: string, found: Found[]}} Judgement found: all rules, those with words for their elements with these
 */

/** @type {Record<string, State>} */
const states = { established: "there", "ruled out": "missing", open: "unknown", conflict: "both" };

/** @param {Part} part @returns {Part[]} */
const leaves = (part) => part.parts?.length ? part.parts.flatMap(leaves) : [part];

/** @param {Part} part @returns {Part[]} */
const withParts = (part) => [part, ...(part.parts ?? []).flatMap(withParts)];

/** The facts of one place as the evaluator takes them: no question is left to be asked, since none of that is shown here.
 * @param {Law} law @param {Fact[]} facts @param {string} of */
function told({ program }, facts, of) {
  /** @type {Record<string, number>} */
  const out = Object.fromEntries(program.facts.map((f) => [f, 0]));
  for (const f of facts) if (f.of === of) out[f.question] |= f.answer === "yes" ? 1 : 2;
  return out;
}

/**
 * @param {Law} law @param {Exercise} exercise
 * @param {Fact[]} facts those that are known @param {boolean} whole nothing is told after them
 * @returns {Judgement}
 */
export function judge(law, exercise, facts, whole) {
  const here = exercise.episodes.filter((e) => facts.some((f) => f.of === e.id));
  const journey = {
    person: told(law, facts, "person"), asOf: exercise.as_of, complete: Boolean(whole && exercise.complete),
    ...exercise.filed && { filed: when(exercise.filed, exercise.filed) },
    episodes: here.map((e) => ({ facts: told(law, facts, e.id), when: when(e.from, e.until) })),
  };
  const { findings } = assess(law.program, journey);
  // Each element is tried as if it were a rule, so that one evaluator serves both.
  const parts = Object.values(law.rules).flatMap((r) => [...r.parts ?? [], ...r.notes ?? []]
    .flatMap(withParts)
    .map(({ id, op }) => ({ id, scope: r.scope, body: op, date: -1 })));
  const elements = new Map(assess({ ...law.program, rules: parts }, journey).findings.map((f) => [`${f.episode} ${f.rule}`, states[f.status]]));
  const found = findings.map(({ rule, episode, status }) => {
    const { parts = [], notes = [] } = law.rules[rule] ?? {};
    /** @param {Part} p @returns {Shown} */
    const show = (p) => ({ text: p.text, cite: p.cite, mark: p.mark, state: elements.get(`${episode} ${p.id}`) ?? "unknown" });
    return {
      rule, status, episode: episode < 0 ? "person" : here[episode].id,
      parts: [
        ...parts.map((p) => ({ ...show(p), by: p.parts?.length ? leaves(p).map(show).filter((s) => s.state === "there") : [] })),
        ...status === "established" || status === "conflict" ? notes.map(show).filter((s) => s.state === "there") : [],
      ],
      leaves: Object.fromEntries(parts.flatMap(leaves).map((p) => [p.id, show(p)])),
    };
  });
  return { act: actOf(law, found), found };
}

/** Which act is made out. Anything short of ruled out is not known yet. @param {Law} law @param {Found[]} found */
function actOf(law, found) {
  const is = (/** @type {string} */ kind, /** @type {string[]} */ ...status) =>
    found.some((f) => law.rules[f.rule]?.kind === kind && status.includes(f.status));
  const smuggled = is("smuggling", "established"), trafficked = is("trafficking", "established");
  if (smuggled || trafficked) return smuggled && trafficked ? "both" : smuggled ? "smuggling" : "trafficking";
  if (found.some((f) => f.rule === "us.labor-only" && f.status === "established")) return "labor";
  const unsettled = is("smuggling", "open", "conflict") || is("trafficking", "open", "conflict");
  return !unsettled && (is("smuggling", "ruled out") || is("trafficking", "ruled out")) ? "neither" : "open";
}

/**
 * What one answer more did to the rules that the exercise watches: elements that are otherwise than before, and rules.
 * @param {Law} law @param {Exercise} exercise @param {Judgement} before @param {Judgement} after
 * @returns {(Shown & {rule?: boolean})[]}
 */
export function changes(law, exercise, before, after) {
  /** @type {(Shown & {rule?: boolean})[]} */
  const out = [];
  const add = (/** @type {Shown & {rule?: boolean}} */ s) => {
    if (!out.some((o) => o.text === s.text && o.cite === s.cite && o.state === s.state)) out.push(s);
  };
  for (const f of after.found) {
    if (!exercise.rules.includes(f.rule)) continue;
    const was = before.found.find((b) => b.rule === f.rule && b.episode === f.episode);
    for (const [id, leaf] of Object.entries(f.leaves)) {
      if (leaf.state !== "unknown" && was?.leaves[id]?.state !== leaf.state) add(leaf);
    }
    if (f.status !== (was?.status ?? "open")) {
      const { title, cite } = law.rules[f.rule];
      add({ text: title, cite, mark: "", state: f.status, rule: true });
    }
  }
  return out;
}

/** The facts told up to and with a step, and those that its choices revealed.
 * @param {Exercise} exercise @param {number} upTo @param {number[][]} choices */
export function known(exercise, upTo, choices) {
  /** @type {Fact[]} */
  const out = [];
  const add = (/** @type {Fact} */ f) => {
    if (f.answer !== "unknown" && !out.some((o) => o.of === f.of && o.question === f.question && o.answer === f.answer)) out.push(f);
  };
  exercise.steps.slice(0, upTo + 1).forEach((s, i) => {
    (s.tell ?? []).forEach(add);
    for (const n of choices[i] ?? []) {
      const c = s.ask?.[n];
      if (c && !c.wrong) add({ of: c.of ?? "", question: c.question ?? "", answer: c.answer ?? "unknown" });
    }
  });
  return out;
}

/** @param {Exercise} exercise @param {number} upTo */
export const whole = (exercise, upTo) => !exercise.steps.slice(upTo + 1).some((s) => s.tell?.length);

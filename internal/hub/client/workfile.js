// Reads an exercise from a file that somebody made, and trusts nothing in it: what is not as it should be is named.
import { bounds } from "../../../law/browser/span.js";

/**
 * @typedef {Record<string, string>} Words by language
 * @typedef {{of: string, question: string, answer: string}} Fact
 * @typedef {{of?: string, question?: string, answer?: string, wrong?: string, text?: Words}} Choice
 * @typedef {{say?: Words, tell?: Fact[], ask?: Choice[], act?: boolean, protect?: boolean}} Step
 * @typedef {{format: string, pack: string, version: string, id: string, title: Words, as_of: string, filed?: string, complete?: boolean,
 *   case: {title: string, court: string, citation: string, posture: string, date: string, mark: string, note: string},
 *   episodes: {id: string, label: Words, from?: string, until?: string}[], rules: string[], screens: string[], steps: Step[],
 *   held: Words, holding: {rule: string, episode?: string, status: string}[], choices?: number[][]}} Exercise
 *   choices: of each step that was done, the places of what was chosen
 */

export const format = "amparo.exercise/1";
export const maxBytes = 256 << 10;
export const acts = ["smuggling", "trafficking", "both", "labor", "neither", "open"];
export const wrongs = ["conclusion", "leading", "unsafe"];

/** An exercise that cannot be read: which word says why, and where it is. */
export class Bad extends Error {
  /** @param {string} key of the word @param {string} [where] @param {string} [what] */
  constructor(key, where = "", what = "") {
    super(`${key} ${where} ${what}`);
    this.key = key;
    this.where = where;
    this.what = what;
  }
}

/** @typedef {(v: unknown, where: string) => void} Check */

/** @param {string} where @param {string} [key] @param {string} [what] @returns {never} */
const bad = (where, key = "work.bad.shape", what = "") => {
  throw new Bad(key, where, what);
};
const short = (/** @type {unknown} */ v) => String(typeof v === "string" ? v : JSON.stringify(v)).slice(0, 40);

/** @param {number} most @param {RegExp} [like] @returns {Check} */
const text = (most, like) => (v, where) => {
  if (typeof v !== "string" || v.length > most || like && !like.test(v)) bad(where);
};
/** @param {readonly unknown[]} of @returns {Check} */
const one = (of) => (v, where) => void (of.includes(v) || bad(where, "work.bad.shape", short(v)));
/** @param {Check} each @param {number} most @returns {Check} */
const list = (each, most) => (v, where) => {
  if (!Array.isArray(v) || v.length > most) return bad(where);
  v.forEach((e, i) => each(e, `${where}[${i}]`));
};
/** Fields that must be there, and fields that may; no others. @param {Record<string, Check>} must @param {Record<string, Check>} may @returns {Check} */
const object = (must, may = {}) => (v, where) => {
  if (typeof v !== "object" || v === null || Array.isArray(v)) bad(where);
  const o = /** @type {Record<string, unknown>} */ (v);
  const at = (/** @type {string} */ k) => where ? `${where}.${k}` : k;
  for (const k of Object.keys(o)) if (!Object.hasOwn(must, k) && !Object.hasOwn(may, k)) bad(at(short(k)));
  for (const [k, check] of Object.entries(must)) Object.hasOwn(o, k) ? check(o[k], at(k)) : bad(at(k));
  for (const [k, check] of Object.entries(may)) if (Object.hasOwn(o, k)) check(o[k], at(k));
};
/** @type {Check} */
const words = (v, where) => {
  object({ en: text(4000) }, { es: text(4000) })(v, where);
};
/** A date as people say it, which span.js reads. @type {Check} */
const date = (v, where) => {
  text(20)(v, where);
  try {
    bounds(String(v));
  } catch {
    bad(where, "work.bad.shape", short(v));
  }
};
/** @type {Check} */
const day = (v, where) => {
  text(10, /^\d{4}-\d\d-\d\d$/)(v, where);
  date(v, where);
};
const id = text(60, /^[a-z0-9][a-z0-9_.-]*$/);
const yes = one([true, false]);
const facts = { of: id, question: id, answer: one(["yes", "no"]) };
const shape = object({
  format: one([format]), pack: id, version: text(20), id: text(60), title: words, as_of: day,
  case: object({ title: text(400), court: text(400), citation: text(400), posture: text(400), date: text(20), mark: one(["S", "G"]), note: text(8000) }),
  episodes: list(object({ id, label: words }, { from: date, until: date }), 20),
  rules: list(id, 12), screens: list(id, 12),
  steps: list(object({}, {
    say: words, tell: list(object(facts), 200),
    ask: list(object({}, { of: id, question: id, answer: one(["yes", "no", "unknown"]), wrong: one(wrongs), text: words }), 12),
    act: yes, protect: yes,
  }), 40),
  held: words,
  holding: list(object({ rule: id, status: one(["established", "open", "ruled out", "conflict", "not in force"]) }, { episode: id }), 200),
}, { filed: date, complete: yes, choices: list(list((v, where) => void (Number.isInteger(v) && Number(v) >= 0 && Number(v) < 12 || bad(where)), 40), 40) });

/**
 * @param {string} source what the file says @param {import('./workjudge.js').Law} law @param {string} version of the pack
 * @param {typeof import('./workjudge.js')} judging
 * @returns {Exercise} one that a page can show and judge, and whose facts lead where it says
 * @throws {Bad}
 */
export function read(source, law, version, judging) {
  if (source.length > maxBytes) bad("", "work.bad.big");
  /** @type {any} */
  let x;
  try {
    x = JSON.parse(source);
  } catch {
    bad("", "work.bad.json");
  }
  if (x?.format !== format) bad("format", "work.bad.format", short(x?.format));
  shape(x, "");
  if (x.pack !== law.program.pack || x.version !== version) bad("version", "work.bad.version", `${x.pack} ${x.version}`);
  check(x, law, judging);
  return x;
}

/** What the law and the exercise itself must say to each other. @param {Exercise} x @param {import('./workjudge.js').Law} law
 * @param {typeof import('./workjudge.js')} judging */
export function check(x, law, judging) {
  [...x.rules, ...x.screens].forEach((r, i) => Object.hasOwn(law.rules, r) || bad(`rules[${i}]`, "work.bad.rule", r));
  const ids = x.episodes.map((e) => e.id);
  ids.forEach((e, i) => (e === "person" || ids.indexOf(e) < i) && bad(`episodes[${i}].id`, "work.bad.shape", e));
  const place = (/** @type {Choice} */ f, /** @type {string} */ where) => {
    const q = Object.hasOwn(law.questions, f.question ?? "") ? law.questions[f.question ?? ""] : bad(where, "work.bad.question", short(f.question));
    if (f.of === "person" ? !q.person : !ids.includes(f.of ?? "")) bad(`${where}.of`, "work.bad.shape", short(f.of));
  };
  if (x.steps.length === 0) bad("steps");
  const all = judging.known(x, x.steps.length - 1, []);
  x.steps.forEach((s, i) => {
    if (Number(Boolean(s.ask?.length)) + Number(Boolean(s.act)) + Number(Boolean(s.protect)) > 1) bad(`steps[${i}]`);
    (s.tell ?? []).forEach((f, k) => place(f, `steps[${i}].tell[${k}]`));
    (s.ask ?? []).forEach((c, k) => {
      const where = `steps[${i}].ask[${k}]`;
      if (c.wrong) return c.text || bad(where);
      place(c, where);
      const told = all.filter((f) => f.of === c.of && f.question === c.question);
      if (c.answer === "unknown" ? told.length > 0 : !told.some((f) => f.answer === c.answer)) bad(where, "work.bad.question", short(c.question));
    });
    for (const n of x.choices?.[i] ?? []) {
      if (n >= (s.ask?.length ?? (s.act ? acts.length : s.protect ? x.screens.length : 0))) bad(`choices[${i}]`, "work.bad.choices");
    }
  });
  if ((x.choices?.length ?? 0) > x.steps.length) bad("choices", "work.bad.choices");
  const { found } = judging.judge(law, x, all, true);
  x.holding.forEach((h, i) => {
    const f = found.find((f) => f.rule === h.rule && f.episode === (h.episode ?? "person"));
    if (f?.status !== h.status) bad(`holding[${i}]`, "work.bad.holding", h.rule);
  });
}

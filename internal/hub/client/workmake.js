// Makes an exercise of a decided case: which fact is told at which step, what may be asked before it is told, and what the
// trainee must say. The facts stay those of the case: none can be added, changed or left out.
import * as judging from "./workjudge.js";
import { Bad, check, read, wrongs } from "./workfile.js";
import { el, View } from "./workview.js";

/** @typedef {import('./workfile.js').Exercise} Exercise */

const at = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
const given = JSON.parse(at("work-data").textContent);
const view = new View(given.words, given.lang);
const word = view.word.bind(view);
const form = at("steps");

/** @param {string} from */
const get = async (from) => {
  const answer = await fetch(from, { credentials: "omit" }).catch(() => undefined);
  if (!answer?.ok) throw new Bad("work.bad.net");
  return answer;
};

/** @type {Exercise} */
let exercise;
/** @type {import('./workjudge.js').Law} */
let law;

/** A step of its own in the form. @typedef {{say: string, act: boolean, protect: boolean, wrong: string[]}} Draft */
/** @type {Draft[]} */
let drafts = [];
/** Of each fact the step at which it is told, and whether it is offered to be asked one step before.
 * @type {{fact: import('./workfile.js').Fact, step: number, offer: boolean}[]} */
let facts = [];

/** @param {Exercise} x */
function take(x) {
  exercise = x;
  drafts = x.steps.map((s) => ({ say: s.say?.[view.lang] ?? s.say?.en ?? "", act: Boolean(s.act), protect: Boolean(s.protect),
    wrong: (s.ask ?? []).flatMap((c) => c.wrong ?? []) }));
  facts = x.steps.flatMap((s, i) => (s.tell ?? []).map((fact) => ({ fact, step: i,
    offer: Boolean(x.steps[i - 1]?.ask?.some((c) => c.question === fact.question && c.of === fact.of)) })));
  draw();
}

/** The exercise that the form describes. @returns {Exercise} */
function made() {
  const steps = drafts.map((d, i) => {
    const tell = facts.filter((f) => f.step === i).map((f) => f.fact);
    const ask = [
      ...facts.filter((f) => f.step === i + 1 && f.offer).map((f) => f.fact),
      ...wrongs.filter((w) => d.wrong.includes(w)).map((w) => ({ wrong: w, text: { en: word(`work.wrong.ask.${w}`), [view.lang]: word(`work.wrong.ask.${w}`) } })),
    ];
    return { ...d.say && { say: { en: d.say, [view.lang]: d.say } }, ...tell.length && { tell }, ...ask.length && { ask },
      ...d.act && { act: true }, ...d.protect && { protect: true } };
  });
  const { choices, ...rest } = exercise;
  return { ...rest, steps };
}

/** @param {string} label @param {boolean} on @param {(on: boolean) => void} set */
function tick(label, on, set) {
  const box = el("input", { type: "checkbox", autocomplete: "off", change: () => set(box.checked) });
  box.checked = on;
  return el("label", {}, box, " ", label);
}

/** @param {{fact: import('./workfile.js').Fact, step: number, offer: boolean}} f */
function factRow(f) {
  const text = law.questions[f.fact.question].text;
  const pick = el("select", { autocomplete: "off", "aria-label": word("work.make.when", { what: text }), change: () => {
    f.step = Number(pick.value);
    draw(text);
  } }, ...drafts.map((_, i) => {
    const o = el("option", { value: String(i) }, word("work.make.step", { n: i + 1 }));
    o.selected = f.step === i;
    return o;
  }));
  return el("li", {}, el("span", {}, text, " ", el("b", {}, word(`work.ex.${f.fact.answer}`))), " ", pick, " ",
    f.step > 0 && tick(word("work.make.offer"), f.offer, (on) => { f.offer = on; }));
}

/** @param {string} [focus] the fact whose step was changed keeps the focus */
function draw(focus) {
  form.hidden = false;
  form.replaceChildren(
    ...drafts.map((d, i) => {
      const say = el("textarea", { rows: "2", maxlength: "2000", autocomplete: "off", id: `say-${i}`, input: () => { d.say = say.value; } });
      say.value = d.say;
      const told = facts.filter((f) => f.step === i);
      return el("fieldset", {}, el("legend", {}, word("work.make.step", { n: i + 1 })),
        el("label", { for: `say-${i}` }, word("work.make.say")), say,
        el("p", {}, word(told.length ? "work.make.facts" : "work.make.offered")), el("ul", {}, ...told.map(factRow)),
        tick(word("work.make.act"), d.act, (on) => { d.act = on; }),
        exercise.screens.length > 0 && tick(word("work.make.protect"), d.protect, (on) => { d.protect = on; }),
        ...wrongs.map((w) => tick(word("work.make.wrong", { what: word(`work.wrong.ask.${w}`) }), d.wrong.includes(w),
          (on) => { d.wrong = on ? [...d.wrong, w] : d.wrong.filter((o) => o !== w); })),
        drafts.length > 1 && told.length === 0 && el("button", { type: "button", class: "quiet", click: () => {
          drafts.splice(i, 1);
          for (const f of facts) if (f.step > i) f.step--;
          draw();
        } }, word("work.make.drop", { n: i + 1 })));
    }),
    el("p", { class: "row" },
      el("button", { type: "button", class: "quiet", click: () => {
        drafts.push({ say: "", act: false, protect: false, wrong: [] });
        draw();
      } }, word("work.make.add")),
      el("button", { type: "button", click: save }, word("work.make.save"))),
    el("p", { role: "status", id: "saved" }));
  if (focus) [...form.querySelectorAll("select")].find((s) => s.getAttribute("aria-label") === word("work.make.when", { what: focus }))?.focus();
}

function save() {
  try {
    const x = made();
    check(x, law, judging);
    at("bad").textContent = "";
    const blob = new Blob([JSON.stringify(x, null, 1)], { type: "application/json" });
    const a = el("a", { href: URL.createObjectURL(blob), download: "exercise.json", target: "_self", hidden: true });
    document.body.append(a);
    a.click();
    a.remove();
    setTimeout(() => URL.revokeObjectURL(a.href));
    at("saved").textContent = word("work.make.saved");
  } catch (err) {
    said(err);
  }
}

/** @param {unknown} err */
function said(err) {
  if (!(err instanceof Bad)) throw err;
  at("bad").textContent = `${word("work.bad")} ${word(err.key, { where: err.where || "–", what: err.what })}`;
}

at("make").hidden = false;
at("pick").addEventListener("change", async (/** @type {any} */ event) => {
  const from = event.target.value;
  form.hidden = true;
  at("bad").textContent = "";
  if (!from) return;
  try {
    law ??= await (await get(at("make").dataset.law)).json();
    take(read(await (await get(from)).text(), law, law.program.version, judging));
  } catch (err) {
    said(err);
  }
});

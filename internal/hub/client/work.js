// Plays an exercise on the page: tells it step by step, and lets the law program judge what the trainee chooses. Nothing leaves
// the device. What was chosen is kept in the page, and in a file when the trainee saves one.
import * as judging from "./workjudge.js";
import { acts, Bad, maxBytes, read } from "./workfile.js";
import { el, View } from "./workview.js";

/**
 * @typedef {import('./workfile.js').Exercise} Exercise
 * @typedef {import('./workjudge.js').Law} Law
 */

const at = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
const given = JSON.parse(at("work-data").textContent);
const view = new View(given.words, given.lang);
const word = view.word.bind(view);
const stage = at("stage");

class Play {
  /** @param {Exercise} exercise @param {Law} law @param {boolean} fromFile */
  constructor(exercise, law, fromFile) {
    this.x = exercise;
    this.law = law;
    this.fromFile = fromFile;
    /** @type {number[][]} of each step that is shown, what was chosen */
    this.choices = exercise.choices?.length ? exercise.choices.map((c) => [...c]) : [[]];
    /** @type {HTMLElement[]} */
    this.articles = [];
  }

  start() {
    stage.hidden = at("keep").hidden = false;
    at("plain")?.remove();
    stage.replaceChildren(...this.fromFile ? [view.said("p", this.x.title), el("p", { class: "hint" }, word("work.js.from-file"))] : []);
    this.choices.forEach((_, i) => this.show(i));
  }

  /** @param {number} i */
  show(i) {
    const s = this.x.steps[i];
    const article = el("article", { class: "step" },
      el("h2", { tabindex: "-1" }, word("work.ex.step", { n: i + 1, of: this.x.steps.length })),
      view.said("p", s.say), Boolean(s.tell?.length) && this.told(s.tell ?? []));
    const answer = el("div", { role: "status", class: "answer" });
    if (s.ask?.length) this.ask(i, article, answer);
    else if (s.act) this.act(i, article, answer);
    else if (s.protect) this.protect(i, article, answer);
    article.append(answer);
    const last = i === this.x.steps.length - 1;
    const on = el("button", { type: "button", class: s.ask || s.act || s.protect ? "quiet" : undefined, click: () => {
      on.remove();
      if (last) return this.end(true);
      this.choices.push([]);
      this.show(i + 1).querySelector("h2").focus();
    } }, word(last ? "work.js.end" : "work.js.on"));
    if (i === this.choices.length - 1) article.append(on);
    stage.append(article);
    this.articles[i] = article;
    return article;
  }

  /** @param {import('./workfile.js').Fact[]} facts */
  told(facts) {
    return el("ul", { class: "told" }, ...facts.map((f) => el("li", {}, this.law.questions[f.question].text, " ",
      el("b", {}, word(`work.ex.${f.answer}`)), this.x.episodes.length > 1 && " ", this.x.episodes.length > 1 && el("small", {}, this.label(f.of)))));
  }

  /** @param {string} of */
  label(of) {
    const label = this.x.episodes.find((e) => e.id === of)?.label;
    return label?.[view.lang] ?? label?.en ?? word("work.ex.person");
  }

  /** What the law program says after a step's choices so far. @param {number} i @param {number[]} [of] choices of this step */
  now(i, of = this.choices[i]) {
    const choices = [...this.choices.slice(0, i), of];
    return judging.judge(this.law, this.x, judging.known(this.x, i, choices), judging.whole(this.x, i));
  }

  /** @param {number} i @param {any} article @param {any} answer */
  ask(i, article, answer) {
    const choices = this.x.steps[i].ask ?? [];
    const reply = (/** @type {number} */ n, /** @type {number[]} */ before) => {
      const c = choices[n];
      const text = c.wrong ? view.said("span", c.text) : this.law.questions[c.question ?? ""].text;
      const box = el("div", { class: "reply" }, el("p", {}, el("b", {}, text)));
      if (c.wrong) box.append(el("p", {}, word("work.wrong.nothing"), " ", word(`work.wrong.${c.wrong}`)));
      else if (c.answer === "unknown") box.append(el("p", {}, word("work.ex.untold"), " ", word("work.ex.unknown-is-not-no")));
      else {
        const did = judging.changes(this.law, this.x, this.now(i, before), this.now(i, [...before, n]));
        box.append(el("p", {}, word("work.ex.asked"), " ", el("b", {}, word(`work.ex.${c.answer}`))),
          el("p", {}, word(did.length ? "work.ex.does" : "work.ex.nothing")),
          did.length ? el("ul", { class: "parts" }, ...did.map((d) => view.part(d))) : "");
      }
      if (!c.wrong && this.law.questions[c.question ?? ""].costly) box.append(el("p", { class: "hint" }, word("work.ex.costly")));
      answer.append(box);
    };
    article.append(el("p", { class: "do" }, word("work.ex.ask")), el("div", { class: "choices" }, ...choices.map((c, n) => {
      const b = el("button", { type: "button", class: "quiet", click: () => {
        if (this.choices[i].includes(n)) return;
        reply(n, this.choices[i]);
        this.choices[i].push(n);
        b.setAttribute("aria-pressed", "true");
      }, "aria-pressed": String(this.choices[i].includes(n)) }, c.wrong ? view.said("span", c.text) : this.law.questions[c.question ?? ""].text);
      return b;
    })));
    this.choices[i].forEach((n, k, all) => reply(n, all.slice(0, k)));
  }

  /** @param {number} i @param {any} article @param {any} answer */
  act(i, article, answer) {
    const buttons = acts.map((a, n) => el("button", { type: "button", class: "quiet", "aria-pressed": "false", click: () => choose(n) }, word(`work.act.${a}`)));
    const choose = (/** @type {number} */ n) => {
      this.choices[i] = [n];
      buttons.forEach((b, k) => b.setAttribute("aria-pressed", String(k === n)));
      const now = this.now(i, []);
      const same = acts[n] === now.act;
      const told = new Set(judging.known(this.x, i, this.choices).map((f) => f.of));
      const watched = now.found.filter((f) => this.x.rules.includes(f.rule) && told.has(f.episode));
      const also = now.found.filter((f) => !this.x.rules.includes(f.rule) && f.status === "established"
        && ["smuggling", "trafficking", "documents", "labor"].includes(this.law.rules[f.rule]?.kind));
      answer.replaceChildren(
        el("p", {}, el("b", {}, word(same ? "work.js.same" : "work.js.other"))),
        el("p", {}, word("work.ex.act.is"), " ", el("b", {}, word(`work.act.${now.act}`))),
        ...watched.map((f) => view.rule(this.law, f, this.label(f.episode), "rule")),
        also.length ? this.also(also) : "");
    };
    article.append(el("p", { class: "do" }, word("work.ex.act")), el("div", { class: "choices" }, ...buttons));
    if (this.choices[i].length) choose(this.choices[i][0]);
  }

  /** @param {import('./workjudge.js').Found[]} found */
  also(found) {
    return el("div", {}, el("p", {}, word("work.ex.also")), el("ul", {}, ...found.map((f) =>
      el("li", {}, this.law.rules[f.rule].title, " ", el("small", { class: "cite" }, this.law.rules[f.rule].cite), " · ", this.label(f.episode)))));
  }

  /** @param {number} i @param {any} article @param {any} answer */
  protect(i, article, answer) {
    const boxes = this.x.screens.map((r) => el("input", { type: "checkbox", name: "screen", value: r, autocomplete: "off" }));
    const look = () => {
      this.choices[i] = boxes.flatMap((b, n) => b.checked ? [n] : []);
      const now = this.now(i, []);
      answer.replaceChildren(el("p", {}, word("work.ex.protect.what")), ...this.x.screens.flatMap((r) =>
        now.found.filter((f) => f.rule === r).map((f) => view.rule(this.law, f, this.label(f.episode), "screen"))));
    };
    boxes.forEach((b, n) => {
      b.checked = this.choices[i].includes(n);
    });
    article.append(el("p", { class: "do" }, word("work.ex.protect")), el("div", { class: "choices" },
      ...boxes.map((b, n) => el("label", {}, b, " ", this.law.rules[this.x.screens[n]].title)),
      el("button", { type: "button", click: look }, word("work.js.look"))));
    if (this.choices[i].length) look();
  }

  /** @param {boolean} focus */
  end(focus) {
    const { x } = this;
    const box = el("article", { class: "step" }, el("h2", { tabindex: "-1" }, word("work.ex.held")), view.said("p", x.held),
      el("p", { lang: "en" }, el("b", {}, x.case.title), `, ${x.case.court}. ${x.case.citation}; ${x.case.posture}; ${x.case.date} [${x.case.mark}]`),
      el("ul", {}, ...x.holding.map((h) => el("li", {}, el("b", {}, word(`work.rule.${h.status.replaceAll(" ", "-")}`)), " ",
        this.law.rules[h.rule].title, " ", el("small", { class: "cite" }, this.law.rules[h.rule].cite), " · ", this.label(h.episode ?? "person")))),
      el("details", {}, el("summary", {}, word("work.ex.note")), el("p", { lang: "en" }, x.case.note)));
    stage.append(box);
    if (focus) box.querySelector("h2").focus();
  }

  save() {
    const blob = new Blob([JSON.stringify({ ...this.x, choices: this.choices }, null, 1)], { type: "application/json" });
    const a = el("a", { href: URL.createObjectURL(blob), download: "exercise.json", target: "_self", hidden: true });
    document.body.append(a);
    a.click();
    a.remove();
    setTimeout(() => URL.revokeObjectURL(a.href));
  }
}

/** @type {Play | undefined} */
let play;

/** All of the law in words, which a file may need. */
const wholeLaw = async () => {
  const answer = await fetch(at("file").dataset.law, { credentials: "omit" }).catch(() => undefined);
  if (!answer?.ok) throw new Bad("work.bad.net");
  return /** @type {Promise<Law>} */ (answer.json());
};

at("open").addEventListener("change", async (/** @type {any} */ event) => {
  const [file] = event.target.files;
  if (!file) return;
  at("bad").textContent = "";
  try {
    if (file.size > maxBytes) throw new Bad("work.bad.big");
    const law = await wholeLaw();
    play = new Play(read(await file.text(), law, law.program.version, judging), law, true);
    play.start();
    stage.querySelector("h2").focus();
  } catch (err) {
    if (!(err instanceof Bad)) throw err;
    at("bad").textContent = `${word("work.bad")} ${word(err.key, { where: err.where || "–", what: err.what })}`;
  } finally {
    event.target.value = "";
  }
});
at("save").addEventListener("click", () => play?.save());
at("again").addEventListener("click", () => {
  if (!play) return;
  play.choices = [[]];
  play.start();
  stage.querySelector("h2").focus();
});

at("file").hidden = false;
if (given.exercise) {
  play = new Play(given.exercise, given.law, false);
  play.start();
}

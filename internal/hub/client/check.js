// The self-check on its page: which screen comes when. All of it happens here; after the law and the questions have come,
// nothing is asked of anybody until the person sends words in the talk.

import { conclude } from "./check-result.js";
import { Session } from "./check-session.js";
import { counted, fill, list, main, numbered, say, screen, titled, word } from "./check-view.js";

/** @typedef {import("./check-session.js").Ask} Ask */

/** @param {string} address */
async function get(address) {
  const answer = await fetch(address, { credentials: "omit", cache: "no-store", redirect: "error", referrerPolicy: "no-referrer" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

const fetched = () => Promise.all([get(main.dataset.law ?? ""), get(main.dataset.texts ?? "")]);
let coming = fetched();
coming.catch(() => {}); // told when it is needed

/** @type {any} the law and how to ask; see check.go */
let law;
/** @type {{texts: string[][], examples: Record<string, string>}} */
let words;
/** @type {Session} */
export let session;

let them = false, sector = "", part = 0, late = false, resting = 0;
/** @type {{part: number, again: () => void}[]} the screens that Back leads to, the one shown last */
let way = [];

/** The day, where the device is. */
function today() {
  const d = new Date();
  return [d.getFullYear(), d.getMonth() + 1, d.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
}

/** @param {string} name @param {() => void} again shows it again */
function show(name, again) {
  const at = screen(name);
  for (const e of at.querySelectorAll(".them")) e.toggleAttribute("hidden", !them);
  way.push({ part, again });
  say("");
  return at;
}

function start() {
  way = [];
  show("start", start);
}

function back() {
  way.pop();
  const last = way.pop();
  if (!last) return start();
  part = last.part;
  last.again();
}

function about() {
  show("about", about);
}

async function ready() {
  if (session) return true;
  say(word("check.wait"));
  try {
    [law, words] = await coming;
  } catch {
    failed();
    return false;
  }
  session = new Session(law, today());
  return true;
}

function failed() {
  show("failed", failed);
}

/** Asks for the years of a part, which is there already or a new one. @param {number} at @param {() => void} [then] */
function when(at, then = next) {
  const form = /** @type {HTMLFormElement} */ (show("when", () => when(at, then)).querySelector("form"));
  const field = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
  const known = session.parts[at];
  if (at) say(numbered(at));
  if (known) {
    field("from").value = known.from;
    field("now").checked = known.until === session.today;
    field("until").value = field("now").checked ? "" : known.until;
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const from = field("from").value.trim(), until = field("now").checked ? session.today : field("until").value.trim();
    const year = Number(session.today.slice(0, 4));
    const no = (/** @type {string} */ y) => y !== "" && y !== session.today && !(/^\d{4}$/.test(y) && Number(y) >= 1900 && Number(y) <= year);
    const order = from && until && until.slice(0, 4) < from;
    const wrong = no(from) ? "from" : no(until) || order ? "until" : "";
    for (const name of ["from", "until"]) field(name).setAttribute("aria-invalid", String(name === wrong));
    for (const p of form.querySelectorAll(".failed")) p.toggleAttribute("hidden", !wrong || p.hasAttribute("data-order") !== (!no(from) && !no(until)));
    if (wrong) return field(wrong).focus();
    if (known) [known.from, known.until] = [from, until];
    else {
      session.add(from, until);
      [part, late, resting] = [at, false, 0];
    }
    then();
  });
}

/** Asks what is best to ask next, or pauses. */
function next() {
  const first = session.open(part)[0], done = !first || first.late && !late;
  if (!first && part < 0) answers();
  else if (done || resting >= law.asking.every) rest();
  else ask(first);
}

/** @param {Ask} a @param {() => void} [then] */
function ask(a, then) {
  const at = show("question", () => ask(a, then)), i = place(a.fact), n = session.trail.length;
  const example = law.asking.sectors.find((/** @type {{id: string}} */ s) => s.id === sector)?.examples[a.fact];
  fill(at, { text: words.texts[i][0], help: words.texts[i][1], example: words.examples[example] });
  at.querySelector(".soft")?.toggleAttribute("hidden", law.sensitivity[i] < 3);
  say(n ? progress(n) : word("check.progress.none"));
  reply = (code, kept) => {
    const before = a.fact in session.at(a);
    session.answer(a, code, kept);
    way.pop();
    if (then) return then();
    way.push({ part, again: () => { // to the question, with its answer taken away
      if (!before) session.take(a);
      ask(a);
    } });
    resting++;
    next();
  };
}
/** @type {(code: number, kept: boolean) => void} */
let reply = () => {};

/** @param {string} fact */
const place = (fact) => law.program.facts.indexOf(fact);

/** @param {number} n */
function progress(n) {
  const plural = new Intl.PluralRules(main.dataset.lang), forms = counted();
  const like = Object.keys(forms).find((k) => plural.select(Number(k)) === plural.select(n)) ?? "5";
  return forms[like].replaceAll(like, String(n));
}

function rest() {
  const at = show("rest", rest), all = session.open(part), done = !all.some((a) => !a.late);
  resting = 0;
  for (const e of at.querySelectorAll("[data-rest]")) e.toggleAttribute("hidden", (e.getAttribute("data-rest") === "done") !== done);
  for (const e of at.querySelectorAll("[data-do=more]")) e.toggleAttribute("hidden", e.getAttribute("data-is") === "late" ? !done || !all.length : done);
  for (const e of at.querySelectorAll("[data-of]")) e.toggleAttribute("hidden", (e.getAttribute("data-of") === "you") !== part < 0);
  say(session.trail.length ? progress(session.trail.length) : "");
}

function you() {
  part = -1;
  if (session.open(-1).length) show("you", you);
  else answers();
}

function answers() {
  const at = show("answers", answers);
  list(at, session, question, (a) => {
    const code = session.at(a)[a.fact];
    return word(code === 1 ? "check.yes" : code === 2 ? "check.no" : session.kept.has(a.fact + a.part) ? "check.keep" : "check.unsure");
  }, { change: (a) => ask(a, changed), years: (i) => when(i, changed) });
}

/** Back to the list of answers, from one that was changed. */
function changed() {
  if (way.at(-1)?.again !== answers) way.pop();
  way.pop();
  answers();
}

/** @param {string} fact */
const question = (fact) => words.texts[place(fact)][0];

function end() {
  const at = show("end", end), { findings } = session.assess();
  fill.end(at, conclude(law.results, session.person, session.parts.map((p) => p.told), findings), question, law.cites);
}

/** What was answered with yes, in words that the person sees and changes before they are sent. */
function summary() {
  const most = 6000; // bytes, of the 8,188 that a message may have
  const lines = [word(them ? "check.carry.them" : "check.carry.intro")];
  const utf8 = new TextEncoder();
  let room = most, left = false;
  const add = (/** @type {string} */ line) => {
    const size = utf8.encode(line).length + 1;
    if (size > room) left = true;
    else {
      room -= size;
      lines.push(line);
    }
  };
  const told = (/** @type {import("../../../law/browser/check.js").Told} */ answers) => {
    for (const [fact, code] of Object.entries(answers)) {
      if (code === 1) add(`– ${question(fact)} ${word("check.yes")}`);
    }
  };
  session.parts.forEach((p, i) => {
    add(`\n${titled(i, p, session.today)}`);
    told(p.told);
  });
  if (Object.values(session.person).includes(1)) add(`\n${word("check.answers.you")}`);
  told(session.person);
  if (left) lines.push(word("check.carry.more"));
  return lines.join("\n");
}

/** Makes of the page the talk. Its words are sealed on this device, and nothing is sent before Send. @param {boolean} taken */
async function talk(taken) {
  const text = taken ? summary() : "";
  const parts = /** @type {HTMLTemplateElement} */ (main.querySelector("template[data-screen=talk]")).content.cloneNode(true);
  const chat = main.dataset.chat ?? "";
  main.replaceWith(parts);
  const box = /** @type {HTMLTextAreaElement} */ (document.getElementById("text"));
  box.value = text;
  if (text) box.rows = 14;
  const head = /** @type {HTMLElement} */ (document.querySelector("h1")); // what the law makes the team report comes before the box
  head.tabIndex = -1;
  head.focus();
  scrollTo(0, 0);
  await import(chat);
}

/** @type {Record<string, (is: string | undefined) => void>} */
const doings = {
  who: (is) => { them = is === "them"; about(); },
  sector: async (is) => {
    sector = is ?? "";
    if (!await ready()) return;
    session.sector = sector;
    if (session.parts.length) next();
    else when(0);
  },
  answer: (is) => reply(is === "keep" ? 0 : Number(is), is === "keep"),
  more: (is) => { late = late || is === "late"; resting = 0; next(); },
  add: () => when(session.parts.length),
  all: (is) => { session.complete = is === "yes"; you(); },
  you: () => { [late, resting] = [false, 0]; next(); },
  answers: () => answers(),
  show: () => end(),
  print: () => print(),
  talk: (is) => { talk(is === "with"); },
  again: async () => { coming = fetched(); coming.catch(() => {}); if (await ready()) when(0); },
  back: () => back(),
};

main.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("button[data-do]") : null;
  if (button instanceof HTMLElement) doings[button.dataset.do ?? ""]?.(button.dataset.is);
});

document.getElementById("check-plain")?.remove();
start();

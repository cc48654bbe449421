// The page of the self-check. Its screens lie in it as templates; whatever is shown is put in as text.

/** @typedef {import("./check-session.js").Session} Session */
/** @typedef {import("./check-session.js").Ask} Ask */

export const main = /** @type {HTMLElement} */ (document.getElementById("check"));
const stage = /** @type {HTMLElement} */ (document.getElementById("check-stage"));
const status = /** @type {HTMLElement} */ (document.getElementById("check-status"));

/** @type {Record<string, any>} */
const words = JSON.parse(document.getElementById("check-words")?.textContent ?? "{}");

/** @param {string} key @returns {string} */
export const word = (key) => words[key] ?? "";

/** Says in the status where one is. @param {string} text */
export function say(text) {
  if (status.textContent !== text) status.textContent = text;
}

let shown = false; // the first screen takes no focus

/** Shows a screen and puts the focus on its heading. @param {string} name */
export function screen(name) {
  const of = /** @type {HTMLTemplateElement} */ (main.querySelector(`template[data-screen=${name}]`));
  const at = document.createElement("section");
  at.dataset.now = name;
  at.append(of.content.cloneNode(true));
  stage.replaceChildren(at);
  if (shown) {
    scrollTo(0, 0);
    queueMicrotask(() => at.querySelector("h1:not([hidden])") instanceof HTMLElement && /** @type {HTMLElement} */ (at.querySelector("h1:not([hidden])")).focus());
  }
  shown = true;
  return at;
}

/** @param {string} tag @param {string} text @param {string} [kind] */
function make(tag, text, kind) {
  const e = document.createElement(tag);
  e.textContent = text;
  if (kind) e.className = kind;
  return e;
}

/** Puts texts in their places; a place without one goes. @param {HTMLElement} at @param {Record<string, string | undefined>} texts */
export function fill(at, texts) {
  for (const [name, text] of Object.entries(texts)) {
    const e = at.querySelector(`[data-slot=${name}]`);
    if (text && e) e.textContent = text;
    else e?.remove();
  }
}

/**
 * Shows of the last screen what fits.
 * @param {HTMLElement} at @param {import("./check-result.js").Result} found
 * @param {(fact: string) => string} question @param {Record<string, string>} cites
 */
fill.end = (at, found, question, cites) => {
  const one = (/** @type {string} */ name, /** @type {string} */ id) => /** @type {HTMLElement} */ (at.querySelector(`[data-${name}="${id}"]`));
  for (const id of found.notes) one("note", id).hidden = false;
  for (const id of found.protect) one("protect", id).hidden = false;
  for (const e of at.querySelectorAll("[data-protects],[data-protects-none]")) e.toggleAttribute("hidden", e.hasAttribute("data-protects") !== found.protect.length > 0);
  for (const g of found.groups) {
    const section = one("group", g.id);
    section.hidden = false;
    section.querySelector(g.fits ? "[data-partly]" : "[data-fits]")?.remove();
    section.querySelector("[data-told] ul")?.append(...g.told.map((id) => {
      const no = id[0] === "!", li = make("li", `${question(no ? id.slice(1) : id)} `);
      li.append(make("b", word(no ? "check.no" : "check.yes")));
      return li;
    }));
    if (g.open.length) section.querySelector("[data-open] ul")?.append(...g.open.map((id) => make("li", question(id))));
    else section.querySelector("[data-open]")?.remove();
    const laws = section.querySelector("[data-laws]");
    if (laws) laws.textContent = g.rules.map((rule) => cites[rule]).join("; ");
  }
  for (const e of at.querySelectorAll("[data-group][hidden],[data-note][hidden],[data-protect][hidden]")) e.remove();
};

/**
 * Lists all answers, each with a way to change it.
 * @param {HTMLElement} at @param {Session} session @param {(fact: string) => string} question @param {(a: Ask) => string} answer
 * @param {{change: (a: Ask) => void, years: (part: number) => void}} to
 */
export function list(at, session, question, answer, to) {
  const place = at.querySelector("[data-slot=list]");
  const none = !session.trail.length;
  at.querySelector("[data-none]")?.toggleAttribute("hidden", !none);
  at.querySelector("[data-some]")?.toggleAttribute("hidden", none);
  /** @param {string} text @param {string} what @param {() => void} then */
  const button = (text, what, then) => {
    const b = make("button", text, "plain");
    b.setAttribute("type", "button");
    b.setAttribute("aria-label", `${text}: ${what}`);
    b.addEventListener("click", then);
    return b;
  };
  [...session.parts.keys(), -1].forEach((part) => {
    const asks = session.trail.filter((a) => a.part === part);
    if (!asks.length && part < 0) return;
    const head = part < 0 ? word("check.answers.you") : titled(part, session.parts[part], session.today);
    place?.append(make("h2", head));
    if (part >= 0) place?.append(button(word("check.answers.years"), head, () => to.years(part)));
    const dl = make("dl", "", "answers");
    for (const a of asks) {
      const row = make("div", ""), dd = make("dd", `${answer(a)} `);
      dd.append(button(word("check.answers.change"), question(a.fact), () => to.change(a)));
      row.append(make("dt", question(a.fact)), dd);
      dl.append(row);
    }
    place?.append(dl);
  });
}

/** What a part is called: its number and its years. @param {number} i @param {{from: string, until: string}} part @param {string} today */
export function titled(i, { from, until }, today) {
  const years = from || until ? `${from || "…"} – ${until === today ? word("check.answers.now") : until || "…"}` : word("check.answers.unknown");
  return `${numbered(i)} (${years})`;
}

/** The number of a part, in words made for 7. @param {number} i */
export const numbered = (i) => word("check.part").replaceAll("7", String(i + 1));

/** How many answers there are, in words for some numbers: one of each form that the language has. @returns {Record<string, string>} */
export const counted = () => words["check.progress"];

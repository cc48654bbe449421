// The page of a conversation. Everything said is put in as text, never as markup; what was said is
// only ever added to, so that a reader aloud reads each thing once.

/** @param {string} id @returns {any} */
const at = (id) => document.getElementById(id);

/** @type {Record<string, string>} */
const words = JSON.parse(at("words").textContent);

/** @param {string} key */
export const word = (key) => words[key] ?? "";

/** @param {string} tag @param {string} [text] */
function make(tag, text) {
  const e = document.createElement(tag);
  if (text !== undefined) e.textContent = text;
  return e;
}

/** @param {string} time */
function clock(time) {
  const e = make("time", new Date(time).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }));
  return e;
}

/** Why a message was not sent, in words. @param {string} kind */
export const reason = (kind) => word(`fail.${kind}`) || word("fail.unsent");

export class Page {
  /** @type {Map<string, HTMLElement>} */ #lines = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #typing;

  /** @param {() => void} again what "Try again" does */
  constructor(again) {
    this.again = again;
  }

  /** Makes of the form a chat. */
  #start() {
    if (document.body.classList.contains("chatting")) return;
    document.body.classList.add("chatting");
    at("talk").classList.add("chat");
    for (const id of ["log", "stop"]) at(id).hidden = false;
    for (const id of ["before", "numbers"]) at(id).hidden = true;
    at("sealing").open = false;
  }

  /** @type {import("./talk.js").View["line"]} */
  line(id, mine, text, time) {
    this.#start();
    const line = make("div");
    line.className = mine ? "said mine" : "said";
    const words = make("blockquote", text ?? word("chat.unreadable"));
    words.lang = "";
    words.dir = "auto";
    line.append(make("b", word(mine ? "chat.you" : "chat.team")), ...(time ? [clock(time)] : []), words, ...(mine ? [make("small")] : []));
    this.#lines.set(id, line);
    at("lines").append(line);
    this.note("");
    if (!mine) this.#quiet();
  }

  /** @type {import("./talk.js").View["mark"]} */
  mark(id, state, detail) {
    const line = this.#lines.get(id), small = line?.querySelector("small");
    if (!line || !small) return;
    line.querySelector("button")?.remove();
    line.classList.toggle("unsent", state === "failed");
    small.textContent = word(`chat.${state}`);
    if (state === "sent" && detail) line.querySelector("b")?.after(clock(detail));
    if (state === "failed") {
      small.textContent = reason(detail ?? "");
      if (detail === "full") at("numbers").hidden = !at("numbers").querySelector("li");
      if (detail !== "ended" && detail !== "unsure") {
        const button = /** @type {HTMLButtonElement} */ (make("button", word("chat.again")));
        button.type = "button";
        button.className = "quiet";
        button.onclick = () => this.again();
        line.append(button);
      }
    }
    at("aloud").textContent = small.textContent;
  }

  /** @type {import("./talk.js").View["place"]} */
  place(place) {
    at("place").textContent = place.line;
    at("numbers").hidden = place.onDuty || place.state !== "waiting" || !at("numbers").querySelector("li");
  }

  typing() {
    at("typing").textContent = word("chat.typing");
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#quiet(), 6000);
  }

  #quiet() {
    clearTimeout(this.#typing);
    at("typing").textContent = "";
  }

  /** @type {import("./talk.js").View["amiss"]} */
  amiss() {
    this.#start();
    const lines = at("lines");
    if (lines.lastElementChild?.classList.contains("amiss")) return; // one line says it
    const line = make("p", word("chat.amiss"));
    line.className = "failed amiss";
    lines.append(line);
  }

  /** @type {import("./talk.js").View["lost"]} */
  lost(lost) {
    this.note(word(lost ? "chat.lost" : "chat.back"));
  }

  /** Says in the status what is of no one message. @param {string} text */
  note(text) {
    at("note").textContent = text;
  }

  /** Says why nothing was taken over from the box. @param {string} text */
  failed(text) {
    at("failed").textContent = text;
  }

  /** @type {import("./talk.js").View["over"]} */
  over(how) {
    this.#quiet();
    for (const id of ["place", "note", "aloud"]) at(id).textContent = "";
    for (const id of ["write", "ask", "numbers", "sealing"]) at(id).hidden = true;
    document.body.classList.remove("chatting"); // the other pages are open again
    at("over-head").textContent = word({ ended: "ended.head", erased: "erased.head", gone: "chat.gone" }[how]);
    at("ended-what").hidden = how !== "ended";
    at("erased-what").hidden = how !== "erased";
    at("over").hidden = false;
    at("end").closest(".choice").hidden = true;
    at("stop").hidden = how !== "ended"; // what was ended can still be erased
    if (how === "erased") {
      at("log").hidden = true;
      at("lines").replaceChildren();
      at("talk").classList.remove("chat");
    }
    at("over").focus();
  }
}

// A conversation as the browser holds it: its key, its token, what is on the way, what has come. It
// knows nothing of the page; it tells a view what to show. Nothing of it outlives the page.

import { Refused } from "./api.js";
import { fromBase64, newID, newToken, random, toBase64 } from "./bytes.js";
import { importKey, openText, sealText, sealTo } from "./seal.js";

/** @typedef {import("./api.js").Visit} Visit */
/** @typedef {{state: string, onDuty: boolean, line: string}} Place */
/** @typedef {{id: string, turn: number, body: string}} Outgoing */

/**
 * What a conversation tells the page.
 * @typedef {object} View
 * @property {(id: string, mine: boolean, text: string | null, at?: string) => void} line a message; null when it does not open
 * @property {(id: string, state: "sending" | "waiting" | "sent" | "failed", detail?: string) => void} mark detail: the time it was kept, or why it was not
 * @property {(place: Place) => void} place
 * @property {() => void} typing
 * @property {() => void} amiss the hub sent something twice, or left something out
 * @property {(lost: boolean) => void} lost
 * @property {(how: "ended" | "erased" | "gone") => void} over
 */

/** Thrown when this browser cannot seal; nothing was sent. */
export class Unsealable extends Error {}

/** @param {number} ms */
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

export class Talk {
  /** @type {Visit} */ #visit = { id: newID(), token: newToken() };
  /** @type {CryptoKey | undefined} */ #key;
  #raw = random(32); // wiped once the team has it
  #org = "";
  #queue = { key: "", envelope: "" };
  #turn = 0;
  /** @type {Outgoing[]} */ #outbox = [];
  #busy = false;
  #open = false;
  #over = false;
  #after = 0;
  /** @type {Record<string, number>} */ #turns = { visitor: 0, team: 0 }; // the last of each side that the stream brought
  #typed = 0;
  #stream = new AbortController();

  /** @param {{door: string, lang: string, api: typeof import("./api.js").api, view: View, wait?: (ms: number) => Promise<unknown>}} parts */
  constructor({ door, lang, api, view, wait = sleep }) {
    this.door = door;
    this.lang = lang;
    this.api = api;
    this.view = view;
    this.wait = wait;
  }

  /** Whether there is something that leaving would end. */
  get live() {
    return (this.#open || this.#outbox.length > 0) && !this.#over;
  }

  /**
   * Seals a message and sends it after those before it. It rejects when nothing could be sealed, and
   * then nothing was taken over; what happens to a message that was is told to the view.
   * @param {string} text
   */
  async say(text) {
    if (this.#over) throw new Refused("ended");
    if (!this.#queue.key) await this.#prepare();
    const id = newID(), turn = ++this.#turn;
    let body;
    try {
      if (!this.#key) throw new Unsealable();
      body = toBase64(await sealText(this.#key, this.#binding("visitor", turn, id), text));
    } catch {
      this.#turn--;
      throw new Unsealable();
    }
    this.#outbox.push({ id, turn, body });
    this.view.line(id, true, text);
    this.view.mark(id, this.#outbox.length > 1 ? "waiting" : "sending");
    this.#send();
  }

  /** Sends again what was not sent: the same bytes under the same id, so that it is kept once. */
  again() {
    this.#send();
  }

  /** Tells the team, at most every three seconds, that the visitor is writing. */
  typing() {
    if (!this.#open || this.#over || Date.now() - this.#typed < 3000) return;
    this.#typed = Date.now();
    this.api.typing(this.#visit).catch(() => {}); // a hint; the next one will do
  }

  async end() {
    await this.api.end(this.#visit);
    this.#finish("ended");
  }

  async erase() {
    await this.api.erase(this.#visit).catch((err) => {
      if (err.kind !== "unknown") throw err; // erased already
    });
    this.#finish("erased");
  }

  /** The visitor goes. */
  leave() {
    if (this.#open && !this.#over) this.api.leave(this.#visit);
    this.#over = true;
    this.#outbox = [];
    this.#stream.abort();
  }

  /** Fetches the queue key and seals the conversation's key to it. */
  async #prepare() {
    const { org, key, public: point } = await this.api.key();
    try {
      this.#key ??= await importKey(this.#raw);
      const binding = { org, kind: "conversation-key", owner: this.#visit.id, key };
      this.#queue = { key, envelope: toBase64(await sealTo(fromBase64(point), binding, this.#raw)) };
      this.#org = org;
    } catch {
      throw new Unsealable();
    }
  }

  async #begin() {
    for (let tries = 0; ; tries++) {
      try {
        await this.api.open(this.#visit, { door: this.door, lang: this.lang, ...this.#queue });
        break;
      } catch (err) {
        if (!(err instanceof Refused) || err.kind !== "conflict" || tries === 2) throw err;
        await this.#prepare(); // the queue key turned since it was fetched
      }
    }
    this.#open = true;
    this.#raw.fill(0);
    this.#listen();
  }

  /** Sends what is to be sent. Once the talk has ended this only finds out what of it was kept before. */
  async #send() {
    if (this.#busy) return;
    this.#busy = true;
    for (let tries = 0, m = this.#outbox[0]; m; m = this.#outbox[0]) {
      this.view.mark(m.id, "sending");
      try {
        if (!this.#open) await this.#begin();
        const receipt = await this.api.say(this.#visit, m);
        this.#kept(m.id, receipt.at);
        tries = 0;
      } catch (err) {
        if (this.#outbox[0] !== m) { // the stream brought it: only the receipt was lost
          tries = 0;
          continue;
        }
        if (!(err instanceof Refused) && tries < 2) {
          await this.wait(1000 * 2 ** tries++);
          continue;
        }
        const why = err instanceof Refused ? err.kind : "unsent";
        if (!this.#over) {
          this.view.mark(m.id, "failed", why);
          break;
        }
        this.#outbox.shift();
        this.view.mark(m.id, "failed", why === "ended" ? why : "unsure");
        tries = 0;
      }
    }
    this.#busy = false;
  }

  /** @param {string} id @param {string} at */
  #kept(id, at) {
    if (this.#outbox[0]?.id !== id) return;
    this.#outbox.shift();
    this.view.mark(id, "sent", at);
  }

  /** Follows the stream, and takes it up again where it was lost. */
  async #listen() {
    for (let lost = 0; !this.#over; lost++) {
      this.#stream = new AbortController();
      try {
        for await (const { event, data } of this.api.events(this.#visit, this.#after, this.#stream)) {
          if (lost) {
            this.view.lost(false);
            this.again();
          }
          lost = 0;
          await this.#heard(event, JSON.parse(data));
          if (this.#over) return;
        }
      } catch (err) {
        if (err instanceof Refused && err.kind === "unknown") return this.#finish("gone");
      }
      if (this.#over) return;
      if (lost) this.view.lost(true); // one break is mended unseen
      await this.wait(Math.min(1000 * 2 ** lost, 15_000) * (0.5 + Math.random() / 2));
    }
  }

  /** @param {string} event @param {any} data */
  async #heard(event, data) {
    switch (event) {
      case "message":
        if (!this.#next(data)) return;
        if (data.from === "visitor") return this.#kept(data.id, data.at);
        return this.view.line(data.id, false, await this.#read(data), data.at);
      case "place":
        if (data.state === "closed") return this.#finish("ended");
        return this.view.place(data);
      case "typing":
        return this.view.typing();
      case "gone":
        return this.#finish("gone");
    }
  }

  /**
   * Whether a message is the next of its side, by the count that is bound into its seal: a hub that was taken over
   * can number anew what it sends, but not that. What is not the next is told of; only a stream taken up again may repeat.
   * @param {{from: string, turn: number, seq: number}} m
   */
  #next({ from, turn, seq }) {
    const last = this.#turns[from] ?? NaN; // there is no third side
    if (turn === last + 1) {
      this.#turns[from] = turn;
      this.#after = seq;
      return true;
    }
    if (turn > last || seq > this.#after) this.view.amiss();
    return false;
  }

  /** @param {{from: string, turn: number, id: string, body: string}} m @returns {Promise<string | null>} */
  async #read(m) {
    try {
      if (!this.#key) return null;
      return await openText(this.#key, this.#binding(m.from, m.turn, m.id), fromBase64(m.body));
    } catch {
      return null;
    }
  }

  /** @param {string} direction @param {number} number @param {string} id */
  #binding(direction, number, id) {
    return { org: this.#org, kind: "message", owner: this.#visit.id, direction, number, id, key: this.#visit.id };
  }

  /** @param {"ended" | "erased" | "gone"} how */
  #finish(how) {
    const again = this.#over;
    this.#over = true;
    this.#stream.abort();
    if (!again || how === "erased") this.view.over(how);
    if (how === "ended") this.#send();
    else for (const m of this.#outbox.splice(0)) this.view.mark(m.id, "failed", "unsure");
  }
}

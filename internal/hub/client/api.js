// The calls to our own server. What names or opens a conversation travels in headers and bodies, never
// in an address.

import { readEvents } from "./events.js";

/** @typedef {{id: string, token: string}} Visit */

/** What the server said no to. Its kind is one of internal/fault's. */
export class Refused extends Error {
  /** @param {string} kind */
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

const patience = 20_000; // ms for a call
const silence = 50_000; // ms without a heartbeat, which comes every 20 s, after which a stream is lost

/**
 * @param {string} path
 * @param {Visit | null} visit
 * @param {RequestInit} init
 */
async function ask(path, visit, init) {
  const response = await fetch(path, {
    ...init, cache: "no-store", credentials: "omit", redirect: "error", referrerPolicy: "no-referrer",
    headers: { ...(visit && { Authorization: `Bearer ${visit.token}`, "X-Conversation": visit.id }), ...init.headers },
  });
  if (response.ok) return response;
  const answer = await response.json().catch(() => ({}));
  throw new Refused(typeof answer.error === "string" ? answer.error : "internal");
}

/**
 * @param {string} path
 * @param {Visit} visit
 * @param {unknown} [body]
 */
async function post(path, visit, body) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  try {
    const response = await ask(path, visit, {
      method: "POST", signal: stop.signal, body: body === undefined ? null : JSON.stringify(body),
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
    });
    return response.status === 204 ? null : await response.json();
  } finally {
    clearTimeout(timer);
  }
}

export const api = {
  /** @returns {Promise<{org: string, key: string, public: string}>} */
  key: async () => (await ask("/v1/key", null, { signal: AbortSignal.timeout?.(patience) ?? null })).json(),

  /** @param {Visit} visit @param {{door: string, lang: string, key: string, envelope: string}} opening */
  open: (visit, opening) => post("/v1/open", visit, opening),

  /** @param {Visit} visit @param {{id: string, turn: number, body: string}} message @returns {Promise<{seq: number, at: string}>} */
  say: (visit, message) => post("/v1/say", visit, message),

  /** @param {Visit} visit */
  typing: (visit) => post("/v1/typing", visit),

  /** @param {Visit} visit */
  end: (visit) => post("/v1/end", visit),

  /** @param {Visit} visit */
  erase: (visit) => post("/v1/erase", visit),

  /** Says that the visitor goes, without waiting for an answer. @param {Visit} visit */
  leave: (visit) => navigator.sendBeacon("/v1/leave", JSON.stringify({ conversation: visit.id, token: visit.token })),

  /**
   * The stream of what comes after a number. It throws when it is lost.
   * @param {Visit} visit
   * @param {number} after
   * @param {AbortController} stop
   */
  async *events(visit, after, stop) {
    let timer = setTimeout(() => stop.abort(), silence);
    try {
      const response = await ask("/v1/events", visit, { signal: stop.signal, headers: { "Last-Event-ID": String(after) } });
      for await (const event of readEvents(response.body, () => {
        clearTimeout(timer);
        timer = setTimeout(() => stop.abort(), silence);
      })) yield event;
    } finally {
      clearTimeout(timer);
    }
  },
};

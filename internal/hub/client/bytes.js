// Bytes, and the names and secrets made of random ones.

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */

const letters = "abcdefghijklmnopqrstuvwxyz234567";

/** @param {number} n @returns {Bytes} */
export function random(n) {
  return crypto.getRandomValues(new Uint8Array(n));
}

/** An id as internal/id makes it: 128 random bits in 26 letters of base 32. */
export function newID() {
  let out = "", bits = 0, held = 0;
  for (const b of random(16)) {
    held = (held << 8) | b;
    for (bits += 8; bits >= 5; bits -= 5) out += letters[(held >>> (bits - 5)) & 31];
    held &= 31;
  }
  return out + letters[(held << (5 - bits)) & 31];
}

/** A bearer's secret of 256 random bits, in base64url. */
export function newToken() {
  return toBase64(random(32)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @param {Bytes} bytes */
export function toBase64(bytes) {
  let s = "";
  for (const b of bytes) s += String.fromCharCode(b);
  return btoa(s);
}

/** @param {string} text @returns {Bytes} */
export function fromBase64(text) {
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}

/** @param {Bytes[]} parts @returns {Bytes} */
export function concat(...parts) {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) {
    out.set(p, at);
    at += p.length;
  }
  return out;
}

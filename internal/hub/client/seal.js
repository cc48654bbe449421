// Sealing, the same as internal/seal: HPKE (P-256, HKDF-SHA256, AES-256-GCM) to the team's queue key,
// AES-256-GCM under the conversation's key, plaintext padded to steps, and where a thing belongs bound in.

import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";
import { concat, random } from "./bytes.js";

const format = 1;
const steps = [512, 2048, 8192];

/** @typedef {import("./bytes.js").Bytes} Bytes */

/** The longest message, in bytes of UTF-8. */
export const maxMessage = 8192 - 4;

/**
 * Where a sealed thing belongs; see Binding in internal/seal.
 * @typedef {{org: string, kind: string, owner: string, direction?: string, number?: number | bigint, id?: string, key?: string}} Binding
 */

const utf8 = new TextEncoder();

/** @param {Binding} b */
export function bindingBytes(b) {
  /** @param {string} s */
  const str = (s) => {
    const bytes = utf8.encode(s);
    return concat(Uint8Array.of(bytes.length >> 8, bytes.length & 255), bytes);
  };
  const number = new Uint8Array(8);
  new DataView(number.buffer).setBigUint64(0, BigInt(b.number ?? 0));
  return concat(utf8.encode("amparo"), Uint8Array.of(format), str(b.org), str(b.kind), str(b.owner),
    str(b.direction ?? ""), number, str(b.id ?? ""), str(b.key ?? ""));
}

/** @param {Bytes} plain */
function pad(plain) {
  const length = steps.find((s) => plain.length + 4 <= s);
  if (!length) throw new RangeError("too long to seal");
  const out = new Uint8Array(length);
  new DataView(out.buffer).setUint32(0, plain.length);
  out.set(plain, 4);
  return out;
}

/** @param {Bytes} padded */
function unpad(padded) {
  const n = padded.length < 4 ? Infinity : new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  if (n > padded.length - 4) throw new RangeError("does not open");
  return padded.subarray(4, 4 + n);
}

/** @param {Bytes} raw 32 bytes */
export function importKey(raw) {
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/**
 * @param {CryptoKey} key
 * @param {Binding} binding
 * @param {string} text
 */
export async function sealText(key, binding, text) {
  const iv = random(12);
  const padded = pad(utf8.encode(text));
  const closed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bindingBytes(binding) }, key, padded);
  padded.fill(0);
  return concat(Uint8Array.of(format), iv, new Uint8Array(closed));
}

/**
 * Gives the text, or rejects when the thing is damaged, moved or another's.
 * @param {CryptoKey} key
 * @param {Binding} binding
 * @param {Bytes} sealed
 */
export async function openText(key, binding, sealed) {
  if (sealed[0] !== format) throw new RangeError("does not open");
  const padded = await crypto.subtle.decrypt(
    { name: "AES-GCM", iv: sealed.subarray(1, 13), additionalData: bindingBytes(binding) }, key, sealed.subarray(13));
  return new TextDecoder("utf-8", { fatal: true }).decode(unpad(new Uint8Array(padded)));
}

/**
 * Seals a conversation's key to a queue key.
 * @param {Bytes} publicKey a P-256 point, uncompressed
 * @param {Binding} binding
 * @param {Bytes} secret
 */
export async function sealTo(publicKey, binding, secret) {
  const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
  const recipientPublicKey = await suite.kem.deserializePublicKey(publicKey);
  const { enc, ct } = await suite.seal({ recipientPublicKey, info: bindingBytes(binding) }, secret);
  return concat(Uint8Array.of(format), new Uint8Array(enc), new Uint8Array(ct));
}

// Makes of the form on the page a chat whose words are sealed before they leave it.

import { api } from "./api.js";
import { maxMessage } from "./seal.js";
import { Talk, Unsealable } from "./talk.js";
import { Page, reason, word } from "./view.js";

/** @param {string} id @returns {any} */
const at = (id) => document.getElementById(id);

const able = Boolean(globalThis.crypto?.subtle && globalThis.ReadableStream);
const main = at("talk"), form = at("write"), box = at("text");

const page = new Page(() => talk.again());
const talk = new Talk({ door: main.dataset.door, lang: main.dataset.lang, api, view: page });

if (able) {
  at("plain").hidden = true;
  at("sealed").hidden = false;
}
form.noValidate = true; // said in our own words below

form.addEventListener("submit", async (/** @type {Event} */ event) => {
  event.preventDefault();
  const text = clean(box.value);
  if (!text) return page.failed(word("fail.empty"));
  if (new TextEncoder().encode(text).length > maxMessage) return page.failed(word("fail.too-long"));
  at("send").disabled = true;
  try {
    if (!able) throw new Unsealable();
    await talk.say(text);
    box.value = "";
    page.failed("");
  } catch (err) {
    if (err instanceof Unsealable && !talk.live) ask();
    else page.failed(reason(/** @type {any} */ (err)?.kind));
  } finally {
    at("send").disabled = false;
  }
  if (!form.hidden) box.focus();
});

box.addEventListener("input", () => talk.typing());

/** What a keyboard types, as the hub does it (carry.go). @param {string} text */
function clean(text) {
  return text.replaceAll("\r\n", "\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "").trim();
}

/** Sealing failed: whether to send less protected is for the visitor to say. */
function ask() {
  form.hidden = at("sealing").hidden = true;
  at("ask").hidden = false;
  at("ask").focus();
}
at("ask-send").addEventListener("click", () => form.submit());
at("ask-keep").addEventListener("click", () => {
  at("ask").hidden = true;
  form.hidden = at("sealing").hidden = false;
  box.focus();
});

at("end").addEventListener("click", () => talk.end().catch(() => page.note(word("fail.end"))));
at("erase").addEventListener("click", () => talk.erase().catch(() => page.note(word("fail.erase"))));

document.addEventListener("left", () => talk.leave());
addEventListener("pagehide", () => talk.leave());

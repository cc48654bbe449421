// Plays a state of the chat for the storybook, from literals. Not part of what visitors get.

import { Page, word } from "./view.js";

/** @param {string} id @returns {any} */
const at = (id) => document.getElementById(id);
const page = new Page(() => {});
const noon = "2026-03-01T12:00:00Z";
const mine = "They keep my passport. <b>I am not allowed to leave</b> the house.\nمرحبا";

at("plain").hidden = true;
at("sealed").hidden = false;
at("write").addEventListener("submit", (/** @type {Event} */ e) => e.preventDefault());

/** @param {"next" | "ahead" | "nobody" | "held"} name */
function place(name) {
  page.place({ state: name === "held" ? "held" : "waiting", onDuty: name !== "nobody", line: word(`place.${name}`) });
}

/** @param {Parameters<Page["mark"]>[1]} state @param {string} [detail] */
function said(state = "sent", detail = noon) {
  page.line("1", true, mine);
  page.mark("1", state, detail);
}

function talk() {
  said();
  place("held");
  page.line("2", false, "Thank you for writing. Are you safe to talk for a few minutes?", noon);
  page.line("3", true, "Yes");
  page.mark("3", "sent", noon);
  page.line("4", false, "مرحبا، أنا هنا معك.", noon);
}

/** @type {Record<string, () => void>} */
const stories = {
  first: () => {},
  sending: () => said("sending"),
  next: () => { said(); place("next"); },
  ahead: () => { said(); place("ahead"); },
  nobody: () => { said(); place("nobody"); },
  held: talk,
  typing: () => { talk(); page.typing(); },
  long: () => {
    for (let i = 0; i < 40; i++) page.line(`l${i}`, i % 3 === 0, `${i}. ${"word ".repeat(1 + ((i * 7) % 50))}`, noon);
    place("held");
  },
  failed: () => {
    said("failed", "unsent");
    page.line("2", true, "Are you there?");
    page.mark("2", "waiting");
  },
  full: () => said("failed", "full"),
  amiss: () => { talk(); page.amiss(); },
  unsure: () => { said("failed", "unsure"); page.over("ended"); },
  lost: () => { talk(); page.lost(true); },
  ask: () => { at("write").hidden = at("sealing").hidden = true; at("ask").hidden = false; },
  stop: () => { talk(); at("stop").open = true; },
  ended: () => { talk(); page.over("ended"); },
  erased: () => { talk(); page.over("erased"); },
  gone: () => { talk(); page.over("gone"); },
};

stories[at("story").dataset.story]?.();

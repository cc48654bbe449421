// Builds what the pages of exercises show: elements with text in them, and nothing that is read as markup.

/** @typedef {import('./workjudge.js').Shown} Shown */

/** @param {string} tag @param {Record<string, string | boolean | undefined | (() => void)>} [set] @param {(Node | string | false | undefined)[]} inside
 * @returns {any} */
export function el(tag, set = {}, ...inside) {
  const e = document.createElement(tag);
  for (const [k, v] of Object.entries(set)) {
    if (typeof v === "function") e.addEventListener(k, v);
    else if (v === true) e.setAttribute(k, "");
    else if (typeof v === "string") e.setAttribute(k, v);
  }
  e.append(...inside.filter((i) => i !== false && i !== undefined));
  return e;
}

/** @param {string} text with {n} and such in it @param {Record<string, string | number>} put */
export const fill = (text, put) => text.replace(/\{(\w+)\}/g, (all, k) => k in put ? String(put[k]) : all);

export class View {
  /** @param {Record<string, string>} words @param {string} lang */
  constructor(words, lang) {
    this.words = words;
    this.lang = lang;
  }

  /** @param {string} key @param {Record<string, string | number>} [put] */
  word(key, put = {}) {
    return fill(this.words[key] ?? `[${key}]`, put);
  }

  /** What an exercise says, in the page's language or else in English, and marked as that. @param {string} tag @param {Record<string, string> | undefined} text */
  said(tag, text) {
    return el(tag, { lang: text?.[this.lang] ? undefined : "en" }, text?.[this.lang] || text?.en || "");
  }

  /** One element of the law, and how it stands. @param {Shown & {rule?: boolean}} s @returns {any} */
  part(s) {
    return el("li", { class: s.state.replaceAll(" ", "-") },
      el("b", {}, this.word(`work.${s.rule ? "rule" : "state"}.${s.state.replaceAll(" ", "-")}`)), " ", s.text, " ",
      el("small", { class: "cite" }, s.mark ? `${s.cite} [${s.mark}]` : s.cite),
      Boolean(s.by?.length) && el("ul", {}, ...(s.by ?? []).map((b) => el("li", {}, b.text, " ", el("small", { class: "cite" }, `${b.cite} [${b.mark}]`)))));
  }

  /** A rule with its elements. @param {import('./workjudge.js').Law} law @param {import('./workjudge.js').Found} found
   * @param {string} episode its label @param {string} kind rule or screen */
  rule(law, found, episode, kind) {
    const { title, cite } = law.rules[found.rule], state = found.status.replaceAll(" ", "-");
    return el("section", { class: `rule ${state}` },
      el("h3", {}, title), el("p", { class: "cite" }, cite, kind === "rule" && ` · ${episode}`),
      el("p", { class: "state" }, this.word(`work.${kind}.${state}`)),
      el("ul", { class: "parts" }, ...found.parts.map((p) => this.part(p))));
  }
}

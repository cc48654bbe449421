// What is said of what was found, by the table that the hub goes by too (check/results.json, checkresult.go).

/**
 * @typedef {{id: string, rules: string[], with: string[], signs: string[], told: string[], ask: string[]}} Group
 * @typedef {{id: string, if: string[]}} Remark
 * @typedef {{groups: Group[], notes: Remark[], protect: (Remark & {rule: string})[]}} Table
 * @typedef {import("../../../law/browser/check.js").Told} Told
 * @typedef {{id: string, fits: boolean, rules: string[], told: string[], open: string[]}} GroupResult
 * @typedef {{groups: GroupResult[], notes: string[], protect: string[]}} Result
 */

/** Adds what is not there yet. @param {string[]} list @param {string[]} more */
const add = (list, more) => list.push(...more.filter((m) => !list.includes(m)));

/**
 * @param {Table} table
 * @param {Told} person @param {Told[]} parts
 * @param {import("../../../law/browser/law.js").Finding[]} findings
 * @returns {Result}
 */
export function conclude(table, person, parts, findings) {
  /** @type {Record<string, number>} 2 fits, 1 partly */
  const state = {};
  /** @type {GroupResult[]} */
  const groups = [];
  for (const g of table.groups) {
    /** @type {GroupResult} */
    let got = { id: g.id, fits: false, rules: [], told: [], open: [] };
    parts.forEach((told, part) => {
      const code = (/** @type {string} */ id) => person[id] || told[id];
      const yes = (/** @type {string} */ id) => code(id) === 1;
      const of = (/** @type {string[]} */ ...statuses) => g.rules.filter((rule) =>
        findings.some((f) => f.rule === rule && f.episode === part && statuses.includes(f.status)));
      let rules = of("established");
      if (rules.length) {
        if (!got.fits) got = { id: g.id, fits: true, rules: [], told: [], open: [] }; // what other parts only hint at is not shown beside it
        state[g.id] = 2;
      } else {
        rules = of("open", "conflict").slice(0, 1); // one law is enough to look up
        if (got.fits || !rules.length || !g.signs.some(yes) || g.with.length && !g.with.some(yes)) return;
        state[g.id] = 1;
        add(got.open, g.ask.filter((id) => !code(id)));
      }
      add(got.rules, rules);
      add(got.told, g.told.filter((id) => id[0] === "!" ? code(id.slice(1)) === 2 : yes(id)));
    });
    if (state[g.id]) groups.push(got);
  }
  /** @param {Remark} remark */
  const holds = (remark) => remark.if.some((list) => list.split(" ").every((word) => {
    const not = word[0] === "!", term = not ? word.slice(1) : word, id = term.replace(/[@?]/, "");
    const is = term[0] === "@" ? [person, ...parts].some((told) => told[id] === 1) : (state[id] ?? 0) > (term === id ? 1 : 0);
    return is !== not;
  }));
  const may = (/** @type {string} */ rule) => findings.some((f) => f.rule === rule && f.status !== "ruled out" && f.status !== "not in force");
  return {
    groups, notes: table.notes.filter(holds).map((n) => n.id),
    protect: table.protect.filter((p) => holds(p) && may(p.rule)).map((p) => p.id),
  };
}

// The finder of the wording check, on the reader's own device. ../wordingfind.go is its twin for pages without
// JavaScript: both must find the same (../testdata/wording.json).

/**
 * @typedef {{id: string, words: string, when: {all: string[], none: string[]}, kind: string, use: string, why: string,
 *   ask: string[], sources: string[]}} Rule
 * @typedef {{deny: string[], except: string[], words: Record<string, string[]>, told: Record<string, string[]>}} List
 * @typedef {{list: List, order: string[], conditions: Record<string, string[][]>, rules: Rule[]}} Wording
 * @typedef {{fold: string, start: number, end: number, sentence: number}} Token
 * @typedef {{rule: Rule, start: number, end: number}} Mark start and end are places in the text
 * @typedef {{id: string, words: string[]}} Told
 */

const gapWords = 3, deniedBefore = 3;

/** @param {string} text @returns {Token[]} */
export function tokensOf(text) {
  const out = [];
  let sentence = 0, last = 0;
  for (const { 0: word, index = 0 } of text.matchAll(/[\p{L}\p{M}\p{Nd}]+/gu)) {
    if (/[.!?;:][^\p{L}\p{M}\p{Nd}]*[ \t\r\n]|\n/u.test(text.slice(last, index))) sentence++;
    last = index + word.length;
    out.push({ fold: word.normalize('NFD').replace(/\p{M}+/gu, '').toLowerCase(), start: index, end: last, sentence });
  }
  return out;
}

/** @param {string} part @param {string} word */
const fitsWord = (part, word) => part.split('|').some((option) => {
  const range = /^\{(\d+)-(\d+)\}$/.exec(option);
  if (range) return /^\d{1,6}$/.test(word) && Number(range[1]) <= Number(word) && Number(word) <= Number(range[2]);
  return option.endsWith('*') ? word.startsWith(option.slice(0, -1)) : option === word;
});

/**
 * The end of a pattern that begins at a token, or -1.
 * @param {Token[]} tokens @param {number} i @param {number} sentence @param {string[]} parts @returns {number}
 */
function matchFrom(tokens, i, sentence, [part, ...rest]) {
  if (part === undefined) return i;
  if (part === '..') {
    for (let skip = 0; skip <= gapWords; skip++) {
      const end = matchFrom(tokens, i + skip, sentence, rest);
      if (end >= 0) return end;
    }
    return -1;
  }
  return tokens[i]?.sentence === sentence && fitsWord(part, tokens[i].fold) ? matchFrom(tokens, i + 1, sentence, rest) : -1;
}

/** @param {Token[]} tokens @param {string[]} patterns @returns {[start: number, end: number][]} */
function hits(tokens, patterns) {
  const split = patterns.map((p) => p.split(' '));
  return tokens.flatMap(({ sentence }, i) => {
    const end = Math.max(-1, ...split.map((parts) => matchFrom(tokens, i, sentence, parts)));
    return end > i ? [/** @type {[number, number]} */ ([i, end])] : [];
  });
}

/**
 * Marks the words of a text, and says what it tells.
 * @param {Wording} wording @param {string} text @returns {{marks: Mark[], told: Told[]}}
 */
export function find({ list, order, conditions, rules }, text) {
  const tokens = tokensOf(text);
  /** @param {number} start */
  const denied = (start) => tokens.slice(Math.max(0, start - deniedBefore), start).some(({ fold, sentence }, k, before) =>
    sentence === tokens[start].sentence && list.deny.includes(fold) && !list.except.includes((before[k + 1] ?? tokens[start]).fold));

  /** @type {Record<string, boolean>} */
  const is = {};
  const told = order.flatMap((id) => {
    const words = hits(tokens, list.told[id]).filter(([start]) => !denied(start))
      .map(([start, end]) => text.slice(tokens[start].start, tokens[end - 1].end));
    is[id] = words.length > 0;
    return words.length > 0 ? [{ id, words: [...new Set(words)] }] : [];
  });
  for (const [id, lines] of Object.entries(conditions)) is[id] = lines.some((line) => line.every((t) => is[t]));

  /** @type {Set<number>} */
  const taken = new Set();
  /** @type {Mark[]} */
  const marks = [];
  for (const rule of rules) {
    const { all, none } = rule.when, always = all.length + none.length === 0;
    if (!all.every((c) => is[c]) || none.some((c) => is[c])) continue;
    for (const [start, end] of hits(tokens, list.words[rule.words])) {
      const places = Array.from({ length: end - start }, (_, k) => start + k);
      if (places.some((k) => taken.has(k)) || !always && denied(start)) continue;
      places.forEach((k) => taken.add(k));
      if (rule.kind !== 'skip') marks.push({ rule, start: tokens[start].start, end: tokens[end - 1].end });
    }
  }
  return { marks: marks.sort((a, b) => a.start - b.start), told };
}

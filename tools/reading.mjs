// How hard a page is to read: the Flesch–Kincaid grade, 0.39 × words a sentence + 11.8 × syllables a word − 15.59, which
// is the school year (United States) of somebody who reads it with ease; they are about five years older.
import { syllable } from 'syllable';

/** What is no prose of ours, and is not graded. */
export const left = ['.cite', '.numbers', 'code', 'pre', 'svg', '[lang]:not([lang|=en])', 'script', 'style', 'template'];

/** Text of fewer words tells nothing about how hard it is. */
export const fewest = 30;

/**
 * Runs in a page: the text of each block of its main part, without what is left out, whether shown yet or not.
 * @param {string[]} left selectors @returns {string[]}
 */
export function blocks(left) {
  const inline = new Set(['A', 'ABBR', 'B', 'BDI', 'BR', 'CITE', 'EM', 'I', 'MARK', 'Q', 'S', 'SMALL', 'SPAN', 'STRONG', 'SUB', 'SUP', 'TIME', 'U', 'WBR']);
  /** @type {string[]} */
  const out = [''];
  /** @param {Node} node */
  const walk = (node) => {
    if (node instanceof Text) out[out.length - 1] += node.data;
    if (!(node instanceof Element)) return;
    if (node.matches(left.join())) return;
    const block = !inline.has(node.tagName);
    if (block) out.push('');
    node.childNodes.forEach(walk);
    if (block) out.push('');
  };
  const main = document.querySelector('main');
  if (main) walk(main);
  return out.map((t) => t.replace(/\s+/g, ' ').trim()).filter(Boolean);
}

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/**
 * Grades what is written in sentences. A heading, a label or a list's entry without a full stop at its end is passed over:
 * counted as short sentences they would make any page look easy.
 * @param {string[]} texts by block
 * @returns {{words: number, sentences: number, grade: number}} of fewer words than `fewest` the grade is NaN
 */
export function grade(texts) {
  let words = 0, count = 0, sounds = 0;
  for (const text of texts) {
    if (!/[.?!:…]["'”’)\]]*$/.test(text)) continue;
    for (const { segment } of sentences.segment(text)) {
      const found = segment.match(/[\p{L}\p{N}][\p{L}\p{N}'’.,-]*/gu) ?? [];
      if (found.length === 0) continue;
      count++;
      words += found.length;
      for (const word of found) sounds += word.split('-').reduce((n, part) => n + Math.max(1, syllable(part)), 0);
    }
  }
  return { words, sentences: count, grade: words < fewest ? NaN : 0.39 * (words / count) + 11.8 * (sounds / words) - 15.59 };
}

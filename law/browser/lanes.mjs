// Lanes as the vectors write them: a letter each, y known yes, n known no, ? neither, ! both.

const letters = '?yn!';

/** Planes of 32 lanes, word after word. @param {string} text @returns {number[][]} */
export function words(text) {
  /** @type {number[][]} */
  const out = [];
  [...text].forEach((c, i) => {
    const bits = letters.indexOf(c);
    if (bits < 0) throw new Error(`lane ${i}: ${c} is none of ${letters}`);
    const word = out[i >> 5] ??= [0, 0];
    word[0] |= (bits & 1) << i;
    word[1] |= (bits >> 1) << i;
  });
  return out;
}

/** The first lanes of a word, as text. @param {number[]} planes @param {number} count */
export function lanes([yes, no], count) {
  return Array.from({ length: Math.min(count, 32) }, (_, i) => letters[(yes >>> i & 1) | (no >>> i & 1) << 1]).join('');
}

// Turns dates as people say them into the days that law.js compares.

const date = /^(about )?((\d{4})(?:-(\d\d)(?:-(\d\d))?)?)$/;

/** @param {number} y @param {number} m from 0 @param {number} d */
const day = (y, m, d) => new Date(Date.UTC(y, m, d)).toISOString().slice(0, 10);

/**
 * The first and the last day that a date may stand for. "About" widens it by one of its own steps on each side: a year, a
 * month, or for a day a week.
 * @param {string} text "2013", "2013-05" or "2013-05-12", with "about " before it where it is not exact
 * @returns {[first: string, last: string]}
 */
export function bounds(text) {
  const [, about, digits, year, month, dom] = date.exec(text) ?? none(text);
  const y = Number(year), m = Number(month ?? 1) - 1, d = Number(dom ?? 1), step = about ? 1 : 0;
  if (y < 1000 || !day(y, m, d).startsWith(digits)) none(text); // a day or month that does not exist comes out as another
  if (dom) return [day(y, m, d - 7 * step), day(y, m, d + 7 * step)];
  if (month) return [day(y, m - step, 1), day(y, m + step + 1, 0)];
  return [day(y - step, 0, 1), day(y + step, 11, 31)];
}

/** @param {string} text @returns {never} */
function none(text) {
  throw new Error(`${JSON.stringify(text)} is no date: write 2013, 2013-05 or 2013-05-12, with "about " before it if it is not exact`);
}

/**
 * When an episode happened.
 * @param {string} [from] when it began, as for bounds; empty where not known @param {string} [until] when it ended
 * @returns {import('./check.js').When}
 */
export function when(from, until) {
  return { ...from && { first: bounds(from)[0] }, ...until && { last: bounds(until)[1] } };
}

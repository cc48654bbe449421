// Weighs pages as a visitor downloads them: the document and all that it loads, each compressed with brotli at its best;
// and grades how hard the English ones are to read.
// usage: node tools/budgets.mjs [SITE [DESK]]     addresses of a running demo; without them it starts one
// The program lists its public pages. tools/budgets.json has the limits: kB of 1,000 bytes by kind of page (and by language,
// where English beside every string makes it heavier), the grade,
// and the pages of the desk. Exit 1: a page is too heavy, too hard, or does not answer.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { launch } from '../browser/chromium.mjs';
import { startDemo } from '../browser/demo.mjs';
import { publicPages } from './pages.mjs';
import { blocks, fewest, grade, left } from './reading.mjs';

/** @typedef {{wing: string, page: string, kB: number, grade?: number}} Row grade: the highest that it may have */

const brotli = (/** @type {Buffer} */ b) => brotliCompressSync(b, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: b.length } }).length;

/**
 * @param {import('playwright-core').Browser} browser @param {string} url
 * @returns {Promise<{bytes: number, parts: number, read: ReturnType<typeof grade>}>} what it weighs, and of how many files
 */
export async function weigh(browser, url) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    /** @type {Promise<number>[]} */
    const weights = [];
    /** @type {string[]} */
    const failed = [];
    page.on('requestfinished', (r) => {
      weights.push(r.response().then(async (answer) => {
        if (!answer || answer.status() >= 400) failed.push(`${answer?.status()} ${r.url()}`);
        return answer && answer.status() < 300 ? brotli(await answer.body()) : 0; // a redirect has no body
      }));
    });
    page.on('requestfailed', (r) => failed.push(`${r.failure()?.errorText} ${r.url()}`));
    const answer = await page.goto(url, { waitUntil: 'load' });
    if (!answer?.ok()) throw new Error(`answers ${answer?.status()}`);
    await page.waitForLoadState('networkidle', { timeout: 5000 }).catch(() => {}); // a stream of events stays open, and does not count
    const bytes = (await Promise.all(weights)).reduce((a, b) => a + b, 0);
    if (failed.length > 0) throw new Error(`needs what is not there: ${failed.join(', ')}`);
    return { bytes, parts: weights.length, read: grade(await page.evaluate(blocks, left)) };
  } finally {
    await context.close();
  }
}

/**
 * Weighs each row's page, some at once, and gives the lines of a table.
 * @param {Row[]} rows @param {Record<string, string>} wings
 */
export async function budgets(rows, wings) {
  const browser = await launch();
  const wide = Math.max(...rows.map((r) => r.page.length)) + 8;
  let over = 0;
  const line = async (/** @type {Row} */ { wing, page, kB, grade: hardest }) => {
    const name = `${wing} /${page}`.padEnd(wide);
    const at = wings[wing];
    try {
      if (!at) throw new Error(`no address for ${wing}`);
      const { bytes, parts, read } = await weigh(browser, new URL(page, at).href);
      const faults = [bytes > kB * 1000 ? 'TOO HEAVY' : '', hardest !== undefined && read.grade > hardest ? 'TOO HARD' : ''].filter(Boolean);
      if (faults.length > 0) over++;
      const hard = hardest === undefined ? '' : `   ${Number.isNaN(read.grade) ? `${read.words} words in sentences`
        : `grade ${read.grade.toFixed(1)}, age ${(read.grade + 5).toFixed(1)}`}`;
      return `${name} ${(bytes / 1000).toFixed(1).padStart(6)} kB of ${String(kB).padStart(3)}   ${String(parts).padStart(2)} files${hard}   ${faults.join(', ') || 'fits'}`;
    } catch (e) {
      over++;
      return `${name} not weighed: ${/** @type {Error} */ (e).message.split('\n')[0]}`;
    }
  };
  try {
    /** @type {string[]} */
    const lines = [];
    let next = 0;
    await Promise.all(Array.from({ length: 4 }, async () => { // most of the time is waiting for silence
      for (let i = next++; i < rows.length; i = next++) lines[i] = await line(/** @type {Row} */ (rows[i]));
    }));
    return { lines, over };
  } finally {
    await browser.close();
  }
}

/**
 * What is weighed, and by which limit.
 * @param {import('./pages.mjs').PublicPage[]} pages
 * @param {Record<string, any>} limits as tools/budgets.json
 * @returns {Row[]}
 */
export function rowsOf(pages, limits) {
  const { grade, desk, ...kinds } = limits;
  const open = pages.filter((p) => p.kind !== 'file').map(({ path, kind, lang }) => {
    if (!(kind in kinds)) throw new Error(`budgets.json: no limit for pages of kind ${kind}, which ${path} is`);
    const limit = kinds[kind], kB = typeof limit === 'number' ? limit : limit[lang] ?? limit['beside English'];
    return { wing: 'site', page: path, kB, ...(lang === 'en' ? { grade } : {}) };
  });
  return [...open, ...desk.map((/** @type {{page: string, kB: number}} */ row) => ({ wing: 'desk', ...row }))];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [site, desk] = process.argv.slice(2);
  try {
    const pages = await publicPages();
    const rows = rowsOf(pages, JSON.parse(readFileSync(new URL('budgets.json', import.meta.url), 'utf8')));
    const demo = site ? undefined : await startDemo();
    const { lines, over } = await budgets(rows, { site: site ?? demo?.site ?? '', desk: desk ?? demo?.desk ?? '' });
    await demo?.stop();
    console.log(lines.join('\n'));
    console.log(`grade: Flesch–Kincaid, of main in English, without ${left.join(' ')} and what does not end as a sentence; of ${fewest} words at least`);
    console.log(`not weighed: ${pages.filter((p) => p.kind === 'file').length} files that a page offers`);
    if (over > 0) {
      console.error(`budgets: ${over} of ${rows.length} pages are over`);
      process.exitCode = 1;
    }
  } catch (e) {
    console.error(`budgets: ${/** @type {Error} */ (e).message}`);
    process.exitCode = 1;
  }
}

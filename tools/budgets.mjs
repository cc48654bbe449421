// Weighs pages as a visitor downloads them: the document and all that it loads, each compressed with brotli at its best.
// usage: node tools/budgets.mjs [SITE [DESK]]     addresses of a running demo; without them it starts one
// tools/budgets.json lists the pages and their limits, in kB of 1,000 bytes. Exit 1: a page is too heavy or does not answer.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { launch } from '../browser/chromium.mjs';
import { startDemo } from '../browser/demo.mjs';

/** @typedef {{wing: string, page: string, kB: number}} Row */

const brotli = (/** @type {Buffer} */ b) => brotliCompressSync(b, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: b.length } }).length;

/**
 * @param {import('playwright-core').Browser} browser @param {string} url
 * @returns {Promise<{bytes: number, parts: number}>} what it weighs, and of how many files
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
    return { bytes, parts: weights.length };
  } finally {
    await context.close();
  }
}

/**
 * Weighs each row's page and gives the lines of a table.
 * @param {Row[]} rows @param {Record<string, string>} wings
 */
export async function budgets(rows, wings) {
  const browser = await launch();
  const lines = [];
  let over = 0;
  try {
    for (const { wing, page, kB } of rows) {
      const name = `${wing} /${page}`.padEnd(28);
      const at = wings[wing];
      if (!at) {
        lines.push(`${name} not weighed: no address for ${wing}`);
        over++;
        continue;
      }
      try {
        const { bytes, parts } = await weigh(browser, new URL(page, at).href);
        const fits = bytes <= kB * 1000;
        if (!fits) over++;
        lines.push(`${name} ${(bytes / 1000).toFixed(1).padStart(6)} kB of ${String(kB).padStart(3)}   ${String(parts).padStart(2)} files   ${fits ? 'fits' : 'TOO HEAVY'}`);
      } catch (e) {
        over++;
        lines.push(`${name} not weighed: ${/** @type {Error} */ (e).message.split('\n')[0]}`);
      }
    }
  } finally {
    await browser.close();
  }
  return { lines, over };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [site, desk] = process.argv.slice(2);
  const rows = JSON.parse(readFileSync(new URL('budgets.json', import.meta.url), 'utf8'));
  try {
    const demo = site ? undefined : await startDemo();
    const { lines, over } = await budgets(rows, { site: site ?? demo?.site ?? '', desk: desk ?? demo?.desk ?? '' });
    await demo?.stop();
    console.log(lines.join('\n'));
    if (over > 0) {
      console.error(`budgets: ${over} of ${rows.length} pages are over`);
      process.exitCode = 1;
    }
  } catch (e) {
    console.error(`budgets: ${/** @type {Error} */ (e).message}`);
    process.exitCode = 1;
  }
}

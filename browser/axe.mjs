// Runs axe-core on a page as it stands, in the state the journey brought it to.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The DevTools session of each page whose scripts are off. @type {WeakMap<import('playwright-core').Page, import('playwright-core').CDPSession>} */
const silent = new WeakMap();

/**
 * Switches a new page's scripts off, as a person does in the browser's settings. (Playwright's own
 * javaScriptEnabled cannot be lifted again for axe.)
 * @param {import('playwright-core').Page} page
 */
export async function silence(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Emulation.setScriptExecutionDisabled', { value: true });
  silent.set(page, cdp);
}

/**
 * Rejects, naming each element, when axe finds anything against WCAG 2.0 to 2.2 A and AA or its own best practice,
 * in the page or in its frames. axe is put in through DevTools, which no Content-Security-Policy binds, so the page
 * keeps its own. Where scripts are off they are switched on only while axe runs: the page's own were passed over
 * when it was parsed and stay so, and what noscript holds stays as it is.
 * @param {import('playwright-core').Page} page
 */
export async function axe(page) {
  const cdp = silent.get(page);
  await cdp?.send('Emulation.setScriptExecutionDisabled', { value: false });
  try {
    const script = await source;
    for (const frame of page.frames()) await frame.evaluate(script);
    const { passes, violations } = await page.evaluate(async (tags) => {
      // @ts-expect-error axe was put in above
      const r = await axe.run(document, { runOnly: tags, resultTypes: ['violations'] });
      return {
        passes: r.passes.length,
        violations: r.violations.map((/** @type {any} */ v) => `${v.id} (${v.impact}): ${v.help}\n` +
          v.nodes.map((/** @type {any} */ n) => `    ${n.target.join(' ')}: ${n.html.slice(0, 160)}`).join('\n')),
      };
    }, tags);
    if (passes === 0) throw new Error(`axe: no rule applied to ${page.url()}: is it empty?`);
    if (violations.length > 0) throw new Error(`axe: ${page.url()}\n  ${violations.join('\n  ')}`);
  } finally {
    await cdp?.send('Emulation.setScriptExecutionDisabled', { value: true });
  }
}

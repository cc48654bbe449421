// Watches everything a browser context asks for and complains of.

/**
 * Judges one request: '' when it may be made, or what is wrong with it. The one stranger that may be
 * spoken to is the neutral page that Exit leads to, and only by going there.
 * @param {{url: string, navigates: boolean}} request navigates: the whole page goes there
 * @param {{own: string[], neutral: string}} may origins
 */
export function judge({ url, navigates }, { own, neutral }) {
  if (/^(about|data|blob):/.test(url)) return '';
  const { origin } = new URL(url);
  // A WebSocket's origin is told by its scheme apart from that of its page, yet is the same host.
  if (own.includes(origin.replace(/^ws/, 'http'))) return '';
  if (origin === neutral) return navigates ? '' : `asked for ${url}: one may go to the neutral page, not fetch from it`;
  return `third party: ${url}`;
}

/** What one browser context did that it should not have. */
export class Watch {
  /** @type {{url: string, type: string, navigates: boolean}[]} every request made, in order */
  requests = [];
  /** @type {string[]} */
  #seen = [];
  /** @type {{pattern: RegExp, why: string, used: boolean}[]} */
  #allowed = [];

  /**
   * @param {import('playwright-core').BrowserContext} context
   * @param {{own: string[], neutral: string, js: boolean}} may
   */
  constructor(context, may) {
    const note = (/** @type {string} */ url, /** @type {string} */ type, /** @type {boolean} */ navigates) => {
      this.requests.push({ url, type, navigates });
      const wrong = judge({ url, navigates }, may);
      if (wrong) this.#seen.push(wrong);
      if (!may.js && type === 'script') this.#seen.push(`a script was fetched with JavaScript off: ${url}`);
    };
    context.on('request', (r) => note(r.url(), r.resourceType(), goesWhole(r)));
    context.on('serviceworker', (w) => this.#seen.push(`a service worker was installed: ${w.url()}`));
    context.on('weberror', (e) => this.#seen.push(`script error: ${e.error().message}`));
    context.on('console', (m) => {
      if (m.type() === 'error') this.#seen.push(`console: ${m.text()} (${m.location().url})`);
    });
    context.on('page', (page) => {
      page.on('websocket', (s) => note(s.url(), 'websocket', false));
      page.on('crash', () => this.#seen.push(`the page crashed: ${page.url()}`));
      page.on('popup', (p) => this.#seen.push(`another window was opened: ${p.url()}`));
    });
  }

  /**
   * Lets one kind of complaint pass, for a reason. It must then happen: an allowance that is not used is itself
   * wrong. A third party can never be allowed.
   * @param {RegExp} pattern @param {string} why
   */
  allow(pattern, why) {
    this.#allowed.push({ pattern, why, used: false });
  }

  /** @returns {string[]} what is wrong */
  faults() {
    const wrong = this.#seen.filter((line) => {
      if (line.startsWith('third party:')) return true;
      const a = this.#allowed.find(({ pattern }) => pattern.test(line));
      if (a) a.used = true;
      return !a;
    });
    return [...wrong, ...this.#allowed.filter((a) => !a.used).map((a) => `allowed but never happened: ${a.pattern} (${a.why})`)];
  }
}

/** Whether a request takes the whole page elsewhere. @param {import('playwright-core').Request} r */
function goesWhole(r) {
  if (!r.isNavigationRequest()) return false;
  try {
    return r.frame().parentFrame() === null;
  } catch { // the frame is not there yet: a new page is on its way
    return true;
  }
}

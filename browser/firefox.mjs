// Starts Debian's Firefox, driven by WebDriver BiDi, so that it speaks to nobody: every request that does not go to
// this machine goes to a proxy of ours, which notes whom it was for and refuses it.
import { once } from 'node:events';
import { createServer } from 'node:http';
import puppeteer from 'puppeteer-core';

/** Where Debian's package puts it; AMPARO_FIREFOX names another. */
export const executable = process.env.AMPARO_FIREFOX ?? '/usr/bin/firefox-esr';

/** What Firefox would do of its own accord. Whatever is left out here ends in the proxy, and is told. */
const quiet = {
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.newtabpage.enabled': false,
  'browser.region.update.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.search.update': false,
  'browser.startup.homepage': 'about:blank',
  'datareporting.healthreport.uploadEnabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'dom.push.connection.enabled': false,
  'extensions.getAddons.cache.enabled': false,
  'extensions.systemAddon.update.enabled': false,
  'extensions.update.enabled': false,
  'geo.enabled': false,
  'media.gmp-manager.updateEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.dns.disablePrefetch': true,
  'network.prefetch-next': false,
  'network.trr.mode': 5, // no names asked over https
  'services.settings.server': 'data:,#remote-settings-dummy/v1', // heeded with the variable below only
  'toolkit.telemetry.enabled': false,
  'toolkit.telemetry.server': '',
};

/**
 * @typedef {object} Firefox
 * @property {import('puppeteer-core').Browser} browser
 * @property {() => string[]} strangers host and port of each that it wanted to speak to
 * @property {() => Promise<void>} close
 */

/**
 * A page as somebody uses it, with mouse and keys. With scripts off no promise is ever kept in a page, so nothing here asks
 * one of it: puppeteer's own click and waitForSelector would hang.
 */
export class Reader {
  /** @type {string[]} all that was asked for, as "METHOD address" */
  requests = [];
  /** @type {string[]} script errors, and what the console calls an error */
  errors = [];

  /** @param {import('puppeteer-core').Page} page */
  constructor(page) {
    this.page = page;
    page.on('request', (r) => { if (!r.url().startsWith('data:')) this.requests.push(`${r.method()} ${r.url()}`); });
    page.on('pageerror', (e) => this.errors.push(/** @type {Error} */ (e).message));
    page.on('console', (m) => { if (m.type() === 'error') this.errors.push(m.text()); });
  }

  /** @param {string} address */
  async open(address) {
    await this.page.goto(address, { waitUntil: 'domcontentloaded' });
  }

  /**
   * Clicks the first element that is seen, fits the selector and holds the words; in a frame when none of the page does.
   * @param {string} selector @param {string} [words]
   */
  async click(selector, words = '') {
    const at = await this.until(`${selector} "${words}" to click`, () => this.#find(selector, words));
    await this.page.mouse.click(at.x, at.y);
  }

  /** Clicks into a field and types. @param {string} selector @param {string} text */
  async type(selector, text) {
    await this.click(selector);
    await this.page.keyboard.type(text);
  }

  /** All that is to be read, the title first, and then each frame. */
  async text() {
    const read = () => `${document.title}\n${document.body?.innerText ?? ''}`;
    const main = this.page.mainFrame();
    const inner = this.page.frames().filter((f) => f !== main).map((f) => f.evaluate(read).catch(() => '')); // it may be gone already
    return [await main.evaluate(read), ...await Promise.all(inner)].join('\n');
  }

  /** Waits until the text matches. @param {RegExp} pattern */
  sees(pattern) {
    return this.until(String(pattern), async () => pattern.test(await this.text()));
  }

  /** Waits until the page's address begins so. @param {string} address */
  arrives(address) {
    return this.until(`the address ${address}`, async () => this.page.url().startsWith(address));
  }

  /**
   * Asks until the answer holds; a page that is on its way to another has none.
   * @template T @param {string} what @param {() => Promise<T>} ask @returns {Promise<NonNullable<T>>}
   */
  async until(what, ask) {
    let last;
    for (const end = Date.now() + 15_000; Date.now() < end;) {
      try {
        last = await ask();
        if (last) return last;
      } catch (e) {
        last = /** @type {Error} */ (e).message;
      }
      await new Promise((next) => setTimeout(next, 30)); // BiDi has no event for what a page shows
    }
    throw new Error(`waited 15 s in vain for ${what}; ${this.page.url()} showed:\n${await this.text().catch((e) => e.message)}\n(${last})`);
  }

  /** @param {string} selector @param {string} words @returns {Promise<{x: number, y: number} | undefined>} */
  async #find(selector, words) {
    const main = this.page.mainFrame();
    for (const frame of this.page.frames()) {
      const at = await frame.evaluate((selector, words) => {
        const styles = /** @type {NodeListOf<HTMLLinkElement>} */ (document.querySelectorAll('link[rel=stylesheet]'));
        if (![...styles].every((s) => s.sheet)) return null; // where it stands is not yet where it will stand
        const e = [...document.querySelectorAll(selector)].find((e) => e.getClientRects().length > 0 && e.textContent?.includes(words));
        e?.scrollIntoView({ block: 'center' });
        const r = e?.getBoundingClientRect();
        return r ? { x: r.x + r.width / 2, y: r.y + r.height / 2 } : null;
      }, selector, words);
      if (!at) continue;
      if (frame === main) return at;
      const frames = await main.evaluate(() => [...document.querySelectorAll('iframe')].map((f) => {
        f.scrollIntoView({ block: 'center' });
        const r = f.getBoundingClientRect();
        return { x: r.x + f.clientLeft, y: r.y + f.clientTop };
      }));
      if (frames.length !== 1) throw new Error(`${frames.length} frames: which one is meant?`);
      return { x: at.x + (frames[0]?.x ?? 0), y: at.y + (frames[0]?.y ?? 0) };
    }
    return undefined;
  }
}

/**
 * @param {{js?: boolean}} [how] js: whether pages may run scripts, as its about:config says
 * @returns {Promise<Firefox>}
 */
export async function launchFirefox({ js = true } = {}) {
  /** @type {string[]} */
  const strangers = [];
  const proxy = createServer((req, res) => {
    strangers.push(new URL(req.url ?? '', 'http://none').host);
    res.writeHead(502).end();
  });
  proxy.on('connect', (req, socket) => {
    strangers.push(req.url ?? '');
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (proxy.address());
  const end = async () => {
    proxy.closeAllConnections();
    proxy.close();
    await once(proxy, 'close');
  };
  try {
    const browser = await puppeteer.launch({
      browser: 'firefox', executablePath: executable, headless: true,
      env: { ...process.env, MOZ_REMOTE_SETTINGS_DEVTOOLS: '1' },
      extraPrefsFirefox: {
        ...quiet, 'javascript.enabled': js,
        // No proxy for this machine: a request to it is the program's own. All else, and each name, is the proxy's.
        'network.proxy.type': 1, 'network.proxy.no_proxies_on': '127.0.0.1, localhost',
        'network.proxy.http': '127.0.0.1', 'network.proxy.http_port': port,
        'network.proxy.ssl': '127.0.0.1', 'network.proxy.ssl_port': port,
        'network.proxy.socks_remote_dns': true, 'network.proxy.failover_direct': false,
      },
    });
    return {
      browser,
      strangers: () => strangers,
      close: async () => {
        await browser.close();
        await end();
      },
    };
  } catch (e) {
    await end();
    throw e;
  }
}

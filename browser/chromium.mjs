// Starts Debian's Chromium so that it speaks to nobody on its own.
import { chromium } from 'playwright-core';

/** Where Debian's package puts it; AMPARO_CHROMIUM names another. */
export const executable = process.env.AMPARO_CHROMIUM ?? '/usr/bin/chromium';

/** So that it speaks to nobody. */
export const args = [
  '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
  // No name but this machine's resolves, so that a planted third party is asked for, seen, and never reached.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/**
 * @param {{keeps?: boolean}} [how] keeps: pages that were left are kept whole for Back, as people's browsers do and
 *   Playwright's do not
 * @returns {Promise<import('playwright-core').Browser>}
 */
export async function launch({ keeps = false } = {}) {
  return chromium.launch({
    executablePath: executable,
    ignoreDefaultArgs: keeps ? ['--disable-back-forward-cache'] : [],
    chromiumSandbox: process.getuid?.() !== 0, // the sandbox refuses to run as root
    args,
  });
}

// The checklist "before and during contact" for every public page: each line reads in the notes of a visit
// (safety.mjs) what is wrong there.

/** @typedef {import('./safety.mjs').Notes} Notes @typedef {import('./safety.mjs').Words} Words */

/** Words in an address that would tell somebody who looks at it. */
const telling = /traff?ic|smuggl|contraband|victim|v[ií]ctima|exploit|explota|abus|slav|esclav|labou?r|laboral|forced|forzad|sex|police|polic[ií]a|immigra|inmigra|migra|visa|asylum|asilo|rescue|hotline|rape|viola/i;

/** What a field would be called that asks who somebody is, how to reach them, or where they are. */
const asking = /\b(your|full|first|last|family)[ -]?name\b|\bnombre\b|\bapellido|\be-?mail|\bcorreo\b|\bphone|\btel[eé]fono|\baddress\b|\bdirecci[oó]n\b|\bbirth|\bnacimiento|\bpassword|\bcontrase|\blog ?in\b|\bsign (in|up)\b|\baccount\b|(?<!por su )\bcuenta\b|\bpostcode|\bzip\b/i;

/** Whether a catalogue's string is in a text, whatever stands in its placeholders. @param {string} text @param {string | undefined} string */
const says = (text, string) => string !== undefined && string.split(/\{\{.*?\}\}/).map((p) => p.replace(/\s+/g, ' ').trim()).every((p) => text.includes(p));

/** Whether it is said in the page's language, or in English where that has not been reviewed. @param {Notes} n @param {Words} words @param {string} text @param {string} key */
const said = (n, words, text, key) => says(text, words[n.lang]?.[key]) || says(text, words.en?.[key]);

/** Whether one writes to the team there. @param {Notes} n */
const talks = (n) => /\/(talk|tell)$/.test(n.path);

/** @param {Notes} n @param {import('./safety.mjs').Leaving} l */
const backFaults = (n, l) => l.back.filter((origin) => origin === new URL(n.site).origin).map((_, i) => `Back shows a page of ours (${i + 1})`);

/**
 * By line of the checklist: what is wrong, nothing when all is well.
 * @type {Record<string, (n: Notes, words: Words) => (string | false | undefined)[]>}
 */
export const checklist = {
  'the page is there, scripts or none': (n) => [
    n.status !== 200 && `answers ${n.status}`, !n.look.heading && 'no heading', n.look.text.length < 60 && 'next to no text',
  ],
  'Exit is first in reading and tab order': (n) => [
    !n.tab.exit && 'Tab does not lead to Exit first', !n.tab.seen && 'what Tab leads to is not seen',
    !n.look.exit && 'no Exit', !n.look.text.startsWith(n.look.exit) && `"${n.look.text.slice(0, 30)}" is read before Exit`,
  ],
  'Shift three times leaves': (n) => [n.js && !n.shift && 'it does not'],
  'after Exit, Back shows nothing of ours': (n) => [n.exit, ...(n.shift ? [n.shift] : [])].flatMap((l) => backFaults(n, l)),
  'the one cookie is that of Exit, for two minutes': (n) => [
    n.cookies.length > 0 && `sets ${n.cookies.map((c) => c.name)} before Exit`,
    ...[n.exit, ...(n.shift ? [n.shift] : [])].map(({ cookies: [c, ...more] }) => {
      const left = (c?.expires ?? 0) - Date.now() / 1000; // measured a little later than it was set
      const fits = c?.name === 'x' && c.value === '1' && c.httpOnly && c.sameSite === 'Lax' && left <= 120 && left > 60 && more.length === 0;
      return !fits && `cookies after Exit: ${JSON.stringify([c, ...more])}`;
    }),
  ],
  'no-store, and it leads away while that cookie is set': (n) => [
    !/\bno-store\b/.test(n.headers['cache-control'] ?? '') && `cache-control: ${n.headers['cache-control']}`,
    n.after.status !== 303 && `answers ${n.after.status} after Exit`,
    n.after.location !== n.exit.address && `leads to ${n.after.location} after Exit`, !/\bno-store\b/.test(n.after.cache) && `cache-control after Exit: ${n.after.cache}`,
  ],
  'shown again by the browser, it stays blank': (n) => [n.js && n.again > 0 && `${n.again} nodes were left`],
  'Exit waits for nothing': (n) => [n.exit, ...(n.shift ? [n.shift] : [])].map(({ asked }) =>
    asked[0] !== new URL('exit', n.site).href && `asked first for ${asked[0]}`),
  'the title is neutral and does not change': (n, words) => [
    n.look.title !== words[n.lang]?.title && `title "${n.look.title}"`, n.later !== n.look.title && `title became "${n.later}"`,
  ],
  'addresses are neutral and hold no question': (n) => [n.path, ...n.look.links].flatMap((a) => {
    const { origin, pathname, search, hash, protocol } = new URL(a, n.site);
    if (protocol === 'tel:' || origin !== new URL(n.site).origin) return [];
    return [search && `question in ${a}`, hash && hash !== a && `place in ${a}`, telling.test(pathname) && `telling address ${a}`];
  }).concat(n.look.getForms > 0 && 'a form puts its answers into the address'),
  'no storage, service worker, push, sound, install prompt': (n) => [
    n.look.cookie !== '' && `document.cookie: ${n.look.cookie}`, n.look.kept > 0 && `${n.look.kept} things in storage`,
    n.look.calls.length > 0 && `calls ${n.look.calls}`, n.look.loud > 0 && 'sound that loads or plays unasked', n.look.manifest > 0 && 'a manifest',
  ],
  'no-referrer, no unsafe policy, and Exit clears': (n) => [
    n.headers['referrer-policy'] !== 'no-referrer' && `referrer-policy: ${n.headers['referrer-policy']}`,
    !/default-src 'none'/.test(n.headers['content-security-policy'] ?? '') && 'no Content-Security-Policy that allows nothing by default',
    /unsafe/.test(n.headers['content-security-policy'] ?? '') && 'an unsafe Content-Security-Policy',
    !/"storage"/.test(n.exitHeaders['clear-site-data'] ?? '') && `clear-site-data: ${n.exitHeaders['clear-site-data']}`,
  ],
  'forms are not remembered': (n) => n.look.remembers.map((f) => `remembered: ${f}`),
  'nobody else is asked for anything': (n) => n.strangers,
  'no account, name or place is asked': (n) => n.look.fields.flatMap((f) => [
    ['password', 'email', 'tel'].includes(f.type) && `field of type ${f.type}`, asking.test(f.is) && `field "${f.is}"`,
    f.required && f.type !== 'textarea' && `must be answered: "${f.is}"`,
  ]),
  'what must be reported is said before the first word': (n, words) => [
    talks(n) && !(n.look.box && said(n, words, n.look.before, 'law')) && 'not said before the field',
  ],
  'who can read it is said before the first word': (n, words) => [
    talks(n) && !(n.look.box && said(n, words, n.look.before, 'who')) && 'not said before the field',
    talks(n) && !said(n, words, n.look.text, n.js ? 'seal.browser' : 'seal.hub') && 'how it is sealed is not said',
  ],
  'the first page has two doors': (n) => [n.path === `${n.lang}/` && ['talk', 'tell'].some((door) => !n.look.links.includes(`/${n.lang}/${door}`)) && `links ${n.look.links}`],
  'what Exit cannot do is said': (n, words) => [
    !talks(n) && !n.look.links.some((a) => a.endsWith('/exit-help')) && 'no way to what Exit does',
    ...['not.history', 'not.spy', 'not.clear', 'safer.device'].map((k) =>
      n.path === `${n.lang}/exit-help` && !said(n, words, n.look.text, `exit.${k}`) && `exit.${k} is not said`),
  ],
};

/** What is wrong with a page, by line of the checklist. @param {Notes} notes @param {Words} words @returns {Record<string, string[]>} */
export function faults(notes, words) {
  return Object.fromEntries(Object.entries(checklist).map(([line, check]) =>
    [line, check(notes, words).filter(Boolean).map((w) => `/${notes.path}, scripts ${notes.js ? 'on' : 'off'}: ${w}`)]));
}

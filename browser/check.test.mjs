// The private self-check: a person answers on their own device, and nothing leaves it before they press Send.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { conclude } from '../internal/hub/client/check-result.js';
import { Session } from '../internal/hub/client/check-session.js';
import { root } from './demo.mjs';
import { openHouse } from './harness.mjs';

const house = await openHouse();
const { journey, play } = house;

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{name: string, decided: boolean, person: Record<string, number>, parts: {told: Record<string, number>, from: string, until: string}[],
 *   complete: boolean, findings: object[], result: object}} Told a decided case as one person tells it, with what package law finds */

/** The day on which the cases are told; see check_cases_test.go. */
const today = '2026-11-24';

const told = mkdtempSync(path.join(tmpdir(), 'amparo-check-'));
after(() => rmSync(told, { recursive: true }));
execFileSync('go', ['test', '-count=1', '-run', '^TestCasesAreTold$', './internal/hub'],
  { cwd: root, env: { ...process.env, AMPARO_CHECK_CASES: path.join(told, 'cases.json') } });
/** @type {Told[]} */
const cases = JSON.parse(readFileSync(path.join(told, 'cases.json'), 'utf8'));
const decided = cases.filter((c) => c.decided);

const words = {
  en: { title: 'Information and support', me: 'About me', them: 'About someone I know', home: /Work in a home/, go: 'Go on', yes: 'Yes', no: 'No', unsure: 'Not sure',
    keep: 'I don’t want to answer', back: 'Back', show: 'Show me what this may be', from: 'The year it began', until: 'The year it ended', more: 'More questions about this part',
    late: /Finer questions/, add: 'Tell about another part', all: 'No other part. Go on', leave: 'Leave them out', ask: 'Ask me', answers: 'Your answers', change: /^Change:/, with: 'Take my answers into the talk',
    without: 'Talk without my answers', message: 'Your message', send: 'Send', sent: 'Sent', end: 'What this may be', form: 'A form that our server answers', sheet: 'A sheet to print', formSend: /^Send my answers/,
    worked: 'Did you do any work for them?', order: 'The year it ended is before the year it began.', you: /means the person you know/, soft: /may be hard/ },
  es: { title: 'Información y apoyo', me: 'De mí', them: 'De alguien que conozco', home: /Trabajo en una casa/, go: 'Seguir', yes: 'Sí', no: 'No', unsure: 'No sé',
    keep: 'No quiero responder', back: 'Atrás', show: 'Mostrarme qué puede ser esto', from: 'El año en que empezó', until: 'El año en que terminó', more: 'Más preguntas sobre esta parte',
    late: /Preguntas más finas/, add: 'Contar otra parte', all: 'No hay otra parte. Seguir', leave: 'Dejarlas', ask: 'Pregúnteme', answers: 'Sus respuestas', change: /^Cambiar:/, with: 'Llevar mis respuestas a la conversación',
    without: 'Hablar sin mis respuestas', message: 'Su mensaje', send: 'Enviar', sent: 'Enviado', end: 'Qué puede ser esto', form: 'Un formulario que responde nuestro servidor', sheet: 'Una hoja para imprimir', formSend: /^Enviar mis respuestas/,
    worked: '¿Hizo algún trabajo para ellos?', order: 'El año en que terminó es anterior al año en que empezó.', you: /es la persona que conoce/, soft: /puede ser difícil/ },
};
/** @typedef {'en' | 'es'} Lang */

const press = (/** @type {Page} */ page, /** @type {string | RegExp} */ name) => page.getByRole('button', { name, exact: typeof name === 'string' }).click();

/** The screen that is shown. @param {Page} page */
const now = (page) => page.locator('#check-stage > section').getAttribute('data-now');

/** Comes to the first question. @param {Page} page @param {Lang} lang @param {string} [who] */
async function begin(page, lang, who = words[lang].me) {
  const w = words[lang];
  await press(page, who);
  await press(page, w.home);
  await page.getByLabel(w.from).fill('2019');
  await page.getByLabel(w.until).fill('2021');
  await press(page, w.go);
  await page.getByRole('heading', { name: w.worked }).waitFor();
}

/** What the page must keep in every state. @param {Page} page @param {string} where */
async function calm(page, where) {
  assert.equal(await page.evaluate(() => location.pathname + location.search + location.hash), new URL(where, page.url()).pathname, 'the address changed');
  assert.equal(await page.evaluate(() => history.length), 2, 'a step of the check is in the history'); // about:blank came first
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, 'scrolls sideways');
  const small = await page.evaluate(() => [...document.querySelectorAll('main button, main summary, main input:not([type=hidden], [type=radio], [type=checkbox]), main label.tick')]
    .filter((e) => e.getClientRects().length && e.getBoundingClientRect().height < 43.9).map((e) => e.outerHTML));
  assert.deepEqual(small, [], 'targets under 44 px');
}

journey('a person answers, from the start to the end', { lang: ['en', 'es'], size: ['narrow', 'phone', 'desk'] }, async ({ open, axe, shot, lang, size }) => {
  const w = words[/** @type {Lang} */ (lang)], page = await open('site', `${lang}/check`);
  const look = async (/** @type {string} */ name) => {
    await axe(page);
    await calm(page, `/${lang}/check`);
    await shot(page, `check/${name}-${lang}-${size}`);
    if (size === 'phone' && lang === 'en') {
      await page.emulateMedia({ colorScheme: 'dark' });
      await shot(page, `check/${name}-${lang}-${size}-dark`);
      await page.emulateMedia({ colorScheme: 'light' });
    }
  };
  await page.getByRole('button', { name: w.me }).waitFor();
  assert.equal(await page.title(), w.title);
  await look('start');
  await press(page, w.them);
  await page.getByText(w.you).waitFor();
  await look('about');
  await press(page, w.home);
  await page.getByLabel(w.from).fill('2021');
  await page.getByLabel(w.until).fill('2019');
  await press(page, w.go);
  await page.getByText(w.order).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'until');
  await look('when-wrong');
  await page.getByLabel(w.from).fill('2019');
  await press(page, w.go);
  await page.getByRole('heading', { name: w.worked }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H1', 'the question takes the focus');
  await look('question');
  let soft = false;
  for (let i = 0; await now(page) === 'question'; i++) {
    const before = await page.locator('#check-stage h1:not([hidden])').textContent();
    if (!soft && await page.getByText(w.soft).isVisible()) {
      soft = true;
      assert.ok(i > 0, 'a hard question comes first');
      await look('hard');
    }
    await press(page, [w.yes, w.no, w.unsure, w.keep][i % 4] ?? w.yes);
    assert.ok(i < 20 && before !== await page.locator('#check-stage h1:not([hidden])').textContent(), 'asked twice, or without a pause');
  }
  assert.equal(await now(page), 'rest');
  await look('rest');
  for (let i = 0; i < 8; i++) { // to the end of the part
    if (await page.getByRole('button', { name: w.more }).count() === 0) break;
    await press(page, w.more);
    while (await now(page) === 'question') await press(page, w.no);
  }
  await look('rest-done');
  await press(page, w.add);
  await press(page, w.go);
  await press(page, w.yes);
  await press(page, w.back);
  await press(page, w.back);
  await press(page, w.back);
  assert.equal(await now(page), 'rest', 'Back leads back');
  await press(page, w.all);
  await look('you');
  await press(page, w.ask);
  await press(page, w.unsure);
  await press(page, w.show);
  await page.getByRole('heading', { name: w.end, level: 1 }).waitFor();
  await look('end');
  await press(page, w.answers);
  await look('answers');
  const first = page.locator('.answers div').first();
  const said = await first.locator('dd').textContent();
  await first.getByRole('button', { name: w.change }).click();
  await press(page, w.no);
  assert.notEqual(await page.locator('.answers div').first().locator('dd').textContent(), said);
  await press(page, w.show);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.getByRole('button', { name: w.with }).isVisible(), false, 'buttons are printed');
  await shot(page, `check/print-${lang}-${size}`);
  await page.emulateMedia({ media: 'screen' });
});

journey('by keyboard alone', {}, async ({ open }) => {
  const page = await open('site', 'en/check'), w = words.en;
  const to = async (/** @type {string} */ name) => {
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement?.textContent?.trim() || document.activeElement?.getAttribute('name')) === name) return page.keyboard.press('Enter');
    }
    throw new Error(`no way by Tab to ${name}`);
  };
  await page.getByRole('button', { name: w.me }).waitFor();
  await to(w.me);
  await to('Work in a home, or caring for someone');
  await to(w.go);
  for (const answer of [w.yes, w.unsure, w.keep, w.back, w.no]) await to(answer);
  await to(w.show);
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), w.end);
});

/** Everything a page could send by, written down as it is used. @param {Page} page */
async function listen(page) {
  await page.evaluate(() => {
    const seen = /** @type {string[]} */ (/** @type {any} */ (window).sent = []);
    for (const [object, name] of /** @type {[any, string][]} */ ([[window, 'fetch'], [navigator, 'sendBeacon'], [XMLHttpRequest.prototype, 'send'], [HTMLFormElement.prototype, 'submit'],
      [window, 'WebSocket'], [window, 'EventSource'], [window, 'RTCPeerConnection'], [window, 'Image'], [window, 'open'], [window, 'postMessage'], [window, 'BroadcastChannel'],
      [Storage.prototype, 'setItem'], [history, 'pushState'], [history, 'replaceState']])) {
      object[name] = new Proxy(object[name], {
        apply: (f, self, args) => { seen.push(name); return Reflect.apply(f, self, args); },
        construct: (f, args) => { seen.push(name); return Reflect.construct(f, args); },
      });
    }
  });
}

journey('nothing leaves the device until Send', { lang: ['en', 'es'], size: ['phone'] }, async ({ open, watch, shot, lang }) => {
  const w = words[/** @type {Lang} */ (lang)], page = await open('site', `${lang}/check`);
  await page.getByRole('button', { name: w.me }).waitFor();
  await page.waitForLoadState('networkidle');
  await listen(page);
  const loaded = watch(page).requests.length;
  assert.ok(loaded >= 6, 'the law, the questions and what shows them came before');
  await begin(page, /** @type {Lang} */ (lang));
  for (const answer of [w.yes, w.yes, w.yes, w.unsure, w.keep, w.no]) await press(page, answer);
  await press(page, w.show);
  await press(page, w.answers);
  await press(page, w.show);
  assert.deepEqual(watch(page).requests.slice(loaded), [], 'asked for while answering');
  assert.deepEqual(await page.evaluate(() => /** @type {any} */ (window).sent), [], 'sent while answering');
  assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length), 0);

  await press(page, w.with); // the script of the talk comes, and nothing goes
  const box = page.getByLabel(w.message);
  await box.waitFor();
  await page.waitForLoadState('networkidle');
  assert.deepEqual(watch(page).requests.slice(loaded).map((r) => [r.type, new URL(r.url).pathname.replace(/\.[0-9a-f]+\./, '.')]), [['script', '/assets/chat.js']]);
  const text = await box.inputValue();
  assert.ok(text.includes(`${w.worked} ${w.yes}`), text);
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H1', 'what must be reported is read before the box');
  await shot(page, `check/talk-${lang}`);
  const bodies = /** @type {string[]} */ ([]);
  page.on('request', (r) => bodies.push(`${r.url()} ${r.postData() ?? ''}`));
  await box.fill(`${text}\nXochitl-canary`);
  assert.equal(bodies.length, 0, 'sent before Send');
  await press(page, w.send);
  await page.getByRole('log').getByText('Xochitl-canary').waitFor();
  await page.getByRole('log').getByText(w.sent, { exact: true }).first().waitFor();
  assert.ok(bodies.some((b) => b.includes('/v1/say')), 'Send sends: what listens here would have heard it before');
  for (const b of bodies) assert.ok(!b.includes('canary') && !b.includes(w.worked), `said in the clear: ${b}`);
});

test('caught: a self-check that tells', () => assert.rejects(play({ js: true, lang: 'en', size: 'desk' }, async ({ open, watch }) => {
  const page = await open('site', 'en/check');
  await page.getByRole('button', { name: words.en.me }).waitFor();
  await page.waitForLoadState('networkidle');
  await listen(page);
  const loaded = watch(page).requests.length;
  await page.evaluate(() => document.addEventListener('click', () => { fetch('/healthz'); }));
  await press(page, words.en.me);
  assert.deepEqual(await page.evaluate(() => /** @type {any} */ (window).sent), []);
  assert.equal(watch(page).requests.length, loaded);
}), /fetch/));

journey('the talk without the answers', { size: ['phone'] }, async ({ open }) => {
  const page = await open('site', 'en/check'), w = words.en;
  await begin(page, 'en');
  await press(page, w.yes);
  await press(page, w.show);
  await press(page, w.without);
  await page.getByLabel(w.message).waitFor();
  assert.equal(await page.getByLabel(w.message).inputValue(), '');
});

journey('a link with something in it changes nothing', {}, async ({ open }) => {
  for (const tail of ['#worked=1&minor=1', '?worked=y&part=9', '#<img src=x onerror=alert(1)>', '?from=2019#answers', `#${'a'.repeat(5000)}`]) {
    const page = await open('site', `en/check${tail}`);
    await page.getByRole('button', { name: words.en.me }).waitFor();
    assert.equal(await now(page), 'start');
    await begin(page, 'en');
    await press(page, words.en.show);
    assert.equal(await page.locator('[data-group]').count(), 0, tail);
  }
});

journey('Exit in the middle leaves nothing', { lang: ['en', 'es'] }, async ({ open, lang }) => {
  const w = words[/** @type {Lang} */ (lang)], page = await open('site', `${lang}/check`);
  await begin(page, /** @type {Lang} */ (lang));
  await press(page, w.yes);
  for (let i = 0; i < 3; i++) await page.keyboard.press('Shift');
  await page.waitForURL(new RegExp(`^${house.neutral}`));
  for (let i = 0; i < 5; i++) {
    await page.evaluate(() => history.back()).catch(() => {}); // the page may be going already
    await page.waitForLoadState();
    const text = await page.evaluate(() => `${document.title} ${document.body?.innerText ?? ''}`).catch(() => '');
    assert.ok(!text.includes(w.worked) && !text.includes(w.title), text);
  }
});

journey('the questions do not arrive', { size: ['phone'] }, async ({ open, watch, axe, shot }) => {
  const page = await open('site', 'en/talk'), w = words.en;
  watch(page).allow(/Failed to load resource/, 'the line is cut on purpose');
  await page.route('**/*.json', (r) => r.abort());
  await page.goto(new URL('/en/check', page.url()).href);
  await press(page, w.me);
  await press(page, w.home);
  await page.getByText('The questions did not arrive.').waitFor();
  await axe(page);
  await shot(page, 'check/failed');
  await page.unroute('**/*.json');
  await press(page, 'Try again');
  await page.getByLabel(w.from).waitFor();
});

journey('without scripts there is a sheet, and a form by choice', { js: [false], lang: ['en', 'es'], size: ['narrow', 'desk'] }, async ({ open, axe, shot, watch, lang, size }) => {
  const w = words[/** @type {Lang} */ (lang)];
  const page = await open('site', `${lang}/check`);
  watch(page).allow(/status of 400/, 'years that cannot be');
  const look = async (/** @type {string} */ name) => {
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, `${name} scrolls sideways`);
    await shot(page, `check/plain-${name}-${lang}-${size}`);
  };
  await look('check');
  await page.getByRole('link', { name: w.sheet }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await look('sheet');
  await page.emulateMedia({ media: 'print' });
  await shot(page, `check/plain-sheet-print-${lang}-${size}`);
  await page.emulateMedia({ media: 'screen' });
  await page.goto(new URL(`/${lang}/check`, page.url()).href);
  await page.getByRole('link', { name: w.form }).click();
  await look('form');
  const answer = async (/** @type {string} */ id, /** @type {string} */ value) => {
    const box = page.locator(`input[name=${id}][value=${value}]`);
    if (!await box.isVisible()) await page.locator('details', { has: box }).locator('summary').click();
    await box.check();
  };
  await page.getByLabel(w.from).fill('2021');
  await page.getByLabel(w.until).fill('2019');
  await answer('worked', 'y');
  await answer('made_to_work', 'y');
  await answer('brought_in', 'y');
  await press(page, w.formSend);
  await page.getByText(w.order).waitFor();
  assert.ok(await page.locator('input[name=worked][value=y]').isChecked(), 'an answer is lost');
  await look('form-wrong');
  await page.getByLabel(w.until).fill('2022');
  await press(page, w.formSend);
  await page.getByRole('heading', { name: w.end, level: 1 }).waitFor();
  await page.locator('[data-group=work]').waitFor();
  await look('end');
  await press(page, w.with);
  assert.match(await page.getByLabel(w.message).inputValue(), new RegExp(w.worked.replace(/[?¿]/g, '.')));
  await axe(page);
});

/** Every state of the pages without scripts, looked at with axe. */
journey('the pages without scripts are whole', { js: [false], lang: ['en', 'es'] }, async ({ open, axe, lang }) => {
  for (const name of ['check', 'check/sheet', 'check/form']) await axe(await open('site', `${lang}/${name}`));
  for (const story of ['form-wrong', 'end-work', 'end-both', 'end-border', 'end-rules', 'end-young', 'end-nothing']) await axe(await open('site', `storybook/${lang}/check-${story}`));
});

/** The law and how to ask, as the page gets it. */
const read = await (async () => {
  const page = await (await fetch(new URL('en/check', house.demo.site))).text();
  return (await fetch(new URL(/data-law="([^"]+)"/.exec(page)?.[1] ?? '', house.demo.site))).json();
})();

test('the session finds what package law finds, in variants of the decided cases', { timeout: 300_000 }, async (t) => {
  let played = 0, questions = 0, fits = 0;
  for (const [i, c] of cases.entries()) {
    if (c.decided || i % 12) continue; // a sample: each takes a hundred questions, and those decided are clicked through below
    const s = new Session(read, today);
    /** @param {number} part @param {Record<string, number>} told */
    const ask = (part, told) => {
      for (let [a] = s.open(part); a; [a] = s.open(part)) {
        assert.ok(!(a.fact in s.at(a)), `${c.name}: ${a.fact} is asked twice`);
        s.answer(a, (a.part < 0 ? c.person : told)[a.fact] ?? 0);
        questions++;
      }
    };
    c.parts.forEach((p, at) => {
      s.add(p.from, p.until);
      ask(at, p.told);
    });
    s.complete = c.complete;
    ask(-1, {});
    const { findings } = s.assess();
    assert.deepEqual(findings, c.findings, c.name);
    assert.deepEqual(conclude(read.results, c.person, c.parts.map((p) => p.told), findings), c.result, c.name);
    fits += findings.filter((f) => f.status === 'established').length;
    played++;
  }
  assert.ok(played > 20 && fits > 50, `${played} played, ${fits} established`);
  t.diagnostic(`${played} journeys played; ${questions} questions`);
});

test('the results agree in every case and variant', (t) => {
  for (const c of cases) {
    assert.deepEqual(conclude(read.results, c.person, c.parts.map((p) => p.told), /** @type {any} */ (c.findings)), c.result, c.name);
  }
  const groups = new Set(cases.flatMap((c) => /** @type {any} */ (c.result).groups.map((/** @type {any} */ g) => `${g.id} ${g.fits}`)));
  assert.ok(groups.size >= 9, `only ${[...groups]}`);
  t.diagnostic(`${cases.length} journeys; ${[...groups].join(', ')}`);
});

/** Clicks one case through the page, as a person would, and gives what it found. @param {Page} page @param {Told} c */
async function clickThrough(page, c) {
  await page.clock.setFixedTime(new Date(`${today}T12:00:00`));
  await page.reload();
  await page.getByRole('button', { name: words.en.me }).waitFor();
  await press(page, words.en.me);
  await press(page, 'Something else, or I am not sure');
  await page.getByLabel(words.en.from).waitFor();
  return page.evaluate(async (c) => {
    const texts = await (await fetch(document.querySelector('main')?.dataset.texts ?? '')).json();
    const law = await (await fetch(document.querySelector('main')?.dataset.law ?? '')).json();
    /** @type {Map<string, string>} */
    const facts = new Map(texts.texts.map((/** @type {string[]} */ [text], /** @type {number} */ i) => [text, law.program.facts[i]]));
    const click = (/** @type {string} */ what) => {
      const b = document.querySelector(`#check-stage button[data-do${what}`);
      if (!(b instanceof HTMLElement) || b.closest('[hidden]')) throw new Error(`no button ${what} on ${document.querySelector('[data-now]')?.getAttribute('data-now')}`);
      b.click();
    };
    const can = (/** @type {string} */ what) => {
      const b = document.querySelector(`#check-stage button[data-do${what}`);
      return b && !b.closest('[hidden]');
    };
    const asked = new Set();
    let part = -1, clicks = 0;
    for (let steps = 0; steps < 5000; steps++) {
      const now = document.querySelector('[data-now]')?.getAttribute('data-now');
      if (now === 'when') {
        part++;
        const form = /** @type {HTMLFormElement} */ (document.querySelector('#check-stage form'));
        for (const name of ['from', 'until']) /** @type {HTMLInputElement} */ (form.elements.namedItem(name)).value = /** @type {any} */ (c.parts[part])[name];
        form.requestSubmit();
      } else if (now === 'question') {
        const fact = facts.get(document.querySelector('#check-stage h1')?.textContent ?? '') ?? '';
        const code = (law.program.person.includes(law.program.facts.indexOf(fact)) ? c.person : c.parts[part]?.told)?.[fact] ?? 0;
        const key = law.program.person.includes(law.program.facts.indexOf(fact)) ? fact : `${fact} ${part}`;
        if (asked.has(key)) throw new Error(`${fact} is asked twice`);
        asked.add(key);
        clicks++;
        click(`=answer][data-is="${code}"]`);
      } else if (now === 'rest') {
        if (can('=more][data-is=more]')) click('=more][data-is=more]');
        else if (can('=more][data-is=late]')) click('=more][data-is=late]');
        else if (can('=answers]')) click('=answers]');
        else if (part + 1 < c.parts.length) click('=add]');
        else click(c.complete ? '=all][data-is=yes]' : '=all]:not([data-is])');
      } else if (now === 'you') click('=you]');
      else break;
    }
    const { session } = await import(document.querySelector('script[src*="/check."]')?.getAttribute('src') ?? '');
    click('=show]');
    const shown = [...document.querySelectorAll('#check-stage [data-group]')].map((e) => e.getAttribute('data-group'));
    return { findings: session.assess().findings, shown, clicks };
  }, c);
}

for (const shard of [0, 1, 2, 3]) {
  journey(`decided cases clicked through the page (${shard + 1} of 4)`, {}, async ({ open }) => {
    const page = await open('site', 'en/check');
    let clicks = 0;
    const mine = decided.filter((_, i) => i % 4 === shard);
    for (const c of mine) {
      const got = await clickThrough(page, c);
      assert.deepEqual(got.findings, c.findings, c.name);
      assert.deepEqual(got.shown, /** @type {any} */ (c.result).groups.map((/** @type {any} */ g) => g.id), c.name);
      clicks += got.clicks;
    }
    assert.ok(mine.length >= 10 && clicks > 500, `${mine.length} cases, ${clicks} answers`);
  });
}

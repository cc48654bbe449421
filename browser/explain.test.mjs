// Smuggling and trafficking told apart: the page, and decided cases that the law program judges on it. What the page works
// out must be what the server says without scripts, and what `amparo assess` says of the same case.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { program, root } from './demo.mjs';
import { openHouse } from './harness.mjs';

const house = await openHouse();
const folder = mkdtempSync(path.join(tmpdir(), 'amparo-explain-'));
after(() => rmSync(folder, { recursive: true }));

/** The flow mapping that stands behind a word, by its braces. @param {string} text @param {string} word */
function mapping(text, word) {
  const from = text.indexOf('{', text.indexOf(`${word}: {`));
  let depth = 0, to = from;
  do depth += Number(text[to] === '{') - Number(text[to] === '}'); while (depth > 0 && to++ < text.length);
  return text.slice(from, to + 1);
}

/** The examples as their file has them. @returns {{name: string, episodes: string[], changes: string[]}[]} */
const examples = readFileSync(path.join(root, 'internal/hub/explain/examples.yaml'), 'utf8').split('\n- case: ').slice(1).map((text) => ({
  name: text.slice(0, text.indexOf('\n')),
  episodes: [...mapping(text, 'places').matchAll(/([\w-]+): \{en:/g)].map((m) => m[1]),
  changes: text.split('change: ').slice(1).map((rest) => mapping(`change: ${rest}`, 'change')),
}));

/** What `amparo assess` says of a case with some answers otherwise: statuses by "episode/rule". @param {string} name @param {string} [change] */
function assessed(name, change) {
  const own = readFileSync(path.join(root, 'packs/cases', `${name}.txtar`), 'utf8'), file = path.join(folder, `${name}.txtar`);
  const variant = change ? `-- variant-asked.yaml --\ntext: asked on the page\nchange: ${change}\nholding: [{rule: us.1589, episode: ${/episode: ([\w-]+)/.exec(own)?.[1]}, status: open}]\n` : '';
  writeFileSync(file, own + variant);
  const out = execFileSync(program, ['assess', file, '--json', ...change ? ['--variant', 'asked'] : []], { encoding: 'utf8', maxBuffer: 1e8 });
  return Object.fromEntries(JSON.parse(out).findings.map((/** @type {any} */ f) => [`${f.episode}/${f.rule}`, f.status]));
}

/** What a page shows, whether the server or its script wrote it. @param {string} html */
function read(html) {
  const scenes = html.split('<section class="scene"').slice(1);
  /** @param {string} text @param {RegExp} re */
  const all = (text, re) => [...text.matchAll(re)].map((m) => m.slice(1).map((s) => s ?? ''));
  return {
    shape: all(html, /<b data-shape="(\w+)">/g).flat(),
    rules: scenes.map((s) => all(s, /<article class="finding[^"]*" data-rule="([^"]+)"[^>]*><details[^>]*><summary>\s*<h3><b data-status="([^"]+)">([^<]+)</g)),
    elements: scenes.map((s) => all(s, /<li data-op="(\d+)"[^>]*?( hidden)?(?:="")?><b data-status="([^"]+)">([^<]+)</g)),
    facts: scenes.map((s) => all(s, /<b data-fact="([^"]+)"[^>]*>([^<]+)</g)),
    besides: scenes.map((s) => all(s, /<li data-rule="([^"]+)" data-kind="[^"]+"(?: class="[^"]*")?>/g).flat()),
  };
}

/** The server's answer to each what-if. @param {string} html */
const answers = (html) => html.split('<details class="if"').slice(1).map((part) => {
  const own = part.slice(0, part.indexOf('</details>'));
  return [...own.matchAll(/<li data-rule="([^"]+)" data-scene="(\d+)"><b data-status="([^"]+)">/g)].map(([, rule, scene, status]) => [`${scene}/${rule}`, status]);
});

test('there are ten examples, of all four shapes, each with what might have been otherwise', async () => {
  assert.ok(examples.length >= 8 && examples.every((e) => e.changes.length >= 2 && e.episodes.length > 0));
  const shapes = await Promise.all(examples.map(async (_, i) => read(await (await fetch(`${house.demo.site}en/explained/examples/${i + 1}`)).text()).shape[0]));
  assert.deepEqual([...new Set(shapes)].sort(), ['both', 'moving', 'neither', 'using']);
});

for (const [i, { name, episodes, changes }] of examples.entries()) {
  house.journey(`what the page, the server and amparo assess say is the same: example ${i + 1}`, { lang: i % 2 ? ['es'] : ['en'] }, async ({ open, lang }) => {
    const server = await (await fetch(`${house.demo.site}${lang}/explained/examples/${i + 1}`)).text();
    const page = await open('site', `${lang}/explained/examples/${i + 1}`);
    const shown = async () => read(await page.locator('main').evaluate((e) => e.innerHTML));
    await page.locator('#ifs fieldset').waitFor({ state: 'attached' });
    const before = read(server);
    assert.deepEqual(await shown(), before);
    assert.ok(before.rules.flat().length >= 2 && before.elements.flat().length >= 6 && before.facts.flat().length >= 6);

    /** @param {ReturnType<typeof read>} page @param {Record<string, string>} law */
    const agree = ({ rules, besides }, law) => {
      for (const [k, list] of rules.entries()) for (const [rule, status] of list) assert.equal(status, law[`${episodes[k]}/${rule}`], `${rule} in ${episodes[k]}`);
      const kinds = /^us\.(7102|158|159[0-4]|1597|1324|132[78]|1351|h2|flsa|labor)/;
      for (const [k, list] of besides.entries()) {
        const want = Object.entries(law).filter(([key, s]) => s === 'established' && key.startsWith(`${episodes[k]}/`))
          .map(([key]) => key.slice(key.indexOf('/') + 1)).filter((r) => kinds.test(r) && !rules[k].some(([rule]) => rule === r));
        assert.deepEqual([...list].sort(), want.sort(), `made out besides in ${episodes[k]}`);
      }
    };
    agree(before, assessed(name));

    await page.locator('#answer > summary').click();
    for (const [k, change] of changes.entries()) {
      await page.locator('#ifs input[type=radio]').nth(k + 1).check();
      const now = await shown();
      assert.deepEqual(now.rules.flatMap((list, s) => list.map(([rule, status]) => [`${s}/${rule}`, status])), answers(server)[k], change);
      agree(now, assessed(name, change));
    }
    await page.locator('#ifs input[type=radio]').first().check();
    assert.deepEqual((await shown()).rules, before.rules);
  });
}

house.journey('a reader guesses, sees what the law says, and changes an answer', { lang: ['en', 'es'], size: ['narrow', 'phone', 'desk'] },
  async ({ open, lang, size, axe, shot }) => {
    const page = await open('site', `${lang}/explained/examples/3`);
    await page.locator('#ifs fieldset').waitFor({ state: 'attached' });
    /** @type {string[]} */
    const asked = [];
    page.on('request', (r) => asked.push(r.url()));
    await axe(page);
    await page.locator('#guess input').nth(1).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter'); // the summary
    assert.match(await page.locator('#match').innerText(), /same|mismo/);
    await page.locator('#ifs input').first().focus();
    await page.keyboard.press('ArrowDown'); // she could have left: the law asks for no locked door
    assert.match(await page.locator('#ifs [role=status]').innerText(), /servitude: Made out → Not made out.*locked door|Servidumbre.*: Se muestra → No se muestra.*puerta cerrada/s);
    await page.keyboard.press('ArrowDown'); // none of it was meant to make her work
    assert.equal(await page.locator('main').getAttribute('data-shape'), 'neither');
    assert.match(await page.locator('#ifs [role=status]').innerText(), /→/);
    await axe(page);
    await shot(page, `example-${lang}-${size}`);
    await page.locator('#ifs input').last().check(); // an answer of one's own
    await page.locator('#ifs select').first().selectOption('1 worked');
    await page.locator('#ifs select').last().selectOption('2');
    assert.equal(await page.locator('[data-rule="us.1589"] h3 [data-status]').getAttribute('data-status'), 'ruled out');
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, 'it is wider than the screen');
    await axe(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await shot(page, `example-dark-${lang}-${size}`);
    assert.deepEqual(asked, [], 'something was sent');
  });

house.journey('without scripts the server says the same', { js: [false], lang: ['en', 'es'], size: ['phone'] }, async ({ open, lang, axe, shot }) => {
  const page = await open('site', `${lang}/explained/examples/2`);
  await page.locator('#answer > summary').click();
  await page.locator('.if summary').first().click();
  await page.locator('.if li').first().waitFor();
  await axe(page);
  await shot(page, `example-plain-${lang}`);
});

house.journey('the two acts are told apart', { js: [true, false], lang: ['en', 'es'], size: ['narrow', 'phone', 'desk'] }, async ({ open, js, lang, size, axe, shot }) => {
  const page = await open('site', `${lang}/explained`);
  await axe(page);
  if (js) {
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, 'it is wider than the screen');
    const letters = await page.locator('.strands text').evaluateAll((all) => all.map((e) => [e.textContent, e.getBoundingClientRect().height]));
    for (const [text, height] of letters) assert.ok(Number(height) >= 14, `“${text}” is ${height} px high`);
    await shot(page, `explained-${lang}-${size}`);
    for (const [name, how] of /** @type {const} */ ([['dark', { colorScheme: 'dark' }], ['forced', { forcedColors: 'active' }], ['print', { media: 'print' }]])) {
      await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', media: 'screen', ...how });
      if (name === 'dark') await axe(page); // forced colours are the reader's own, and paper has none
      await shot(page, `explained-${name}-${lang}-${size}`);
    }
  }
  await page.locator('.links a').last().click();
  await page.waitForURL(/\/wording$/);
});

house.journey('the list of examples leads to each', { js: [true, false], lang: ['en', 'es'], size: ['phone'] }, async ({ open, lang, axe, shot }) => {
  const page = await open('site', `${lang}/explained/examples`);
  await axe(page);
  await shot(page, `examples-${lang}`);
  await page.locator('ol.links a').nth(1).click();
  await page.waitForURL(/\/explained\/examples\/2$/);
});

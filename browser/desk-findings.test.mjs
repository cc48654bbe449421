// What the law makes of a case, at the desk: an open finding with what it lacks, and one finding whole.
import assert from 'node:assert/strict';
import { addEpisode, fits, logIn } from './desk.mjs';
import { openHouse } from './harness.mjs';

const { journey, demo } = await openHouse();

const words = {
  en: { lacks: 'It would be made out if:', why: /^Why: 2 minimal reasons$/, undo: 'Any one of these answers:', json: 'This finding as JSON', back: 'Back to the case', all: /^All reasons/ },
  es: { lacks: 'Quedaría establecido si:', why: /^Por qué: 2 razones mínimas$/, undo: 'Cualquiera de estas respuestas:', json: 'Este hallazgo en JSON', back: 'Volver al caso', all: /^Todas las razones/ },
};

/** Forced labour but for one answer: that the work was got by the threats. */
const farm = { label: 'The farm', no: ['locked'], yes: ['obtained', 'worked', 'meant_to_make_work', 'threatened_hurt', 'threatened_law', 'below_minimum'] };

journey('what an open finding lacks, and all reasons of a finding', { js: [true, false], lang: ['en', 'es'], size: ['phone', 'desk'] },
  async ({ open, axe, shot, js, lang, size }) => {
    const w = words[lang];
    const name = (/** @type {string} */ what) => `desk/${what}-${lang}-${js ? 'js' : 'plain'}-${size}`;
    const page = await open('desk', 'login');
    await logIn(page, demo, 'advocate');
    await page.goto(new URL('/cases', page.url()).href);
    const form = page.locator('form[action="/cases"]');
    const fold = page.locator('details', { has: form });
    if (!await fold.evaluate((d) => /** @type {HTMLDetailsElement} */ (d).open)) await fold.locator('> summary').click();
    await form.locator('[name=label]').fill('Blue gate');
    await form.locator('button').click();
    await page.waitForURL(/\/cases\/[a-z2-7]{26}$/);
    const base = page.url();
    await addEpisode(page, base, js, farm, lang === 'es' ? 'desde marzo de 2016' : 'since March 2016');

    // Open: one answer is lacking, and it is said which.
    const finding = page.locator('.finding[id^="f-us.1589-"]');
    await finding.getByText(w.lacks).waitFor();
    assert.equal(await finding.locator('.lacks li').count(), 1);
    assert.ok(await finding.evaluate((f) => f.classList.contains('open')));
    const labor = page.locator('section[aria-labelledby="s-labor"]');
    await labor.locator('.finding.labor.established').first().waitFor();
    assert.equal(await page.locator('.finding.labor.established').count(), await labor.locator('.finding.established').count(), 'a wrong of work stands among the acts');
    const indicators = page.locator('section[aria-labelledby="s-indicator"]');
    assert.equal(await page.locator('.finding.indicator').count(), await indicators.locator('.finding').count(), 'an indicator stands among findings of law');
    assert.equal(await page.locator('[id^="chips-"] .chip.labor.established').count(), 1);
    await fits(page);
    await shot(page, name('open'));

    // What was lacking is told, and the finding is made out.
    const pick = page.locator('input[name="a.made_to_work"][value="yes"]');
    const group = page.locator('details.group', { has: pick });
    if (!await group.evaluate((d) => /** @type {HTMLDetailsElement} */ (d).open)) await group.locator('> summary').click();
    await pick.check();
    if (!js) await Promise.all([page.waitForEvent('framenavigated'), group.locator('form > button').click()]);
    await page.locator('.finding.established[id^="f-us.1589-"]').waitFor();
    assert.equal(await finding.locator('.lacks').count(), 0);

    await finding.getByRole('link', { name: w.all }).click();
    await page.waitForURL(/\/findings\/us\.1589\/[a-z2-7]{26}$/);
    const whole = page.url();
    await page.getByRole('heading', { name: w.why }).waitFor();
    await page.getByText(w.undo).waitFor();
    assert.equal(await page.locator('.sets > li').count(), 3, 'two reasons beside what both rest on, and one set to be taken back together');
    assert.equal(await page.locator('.whole details:not([open])').count(), 0, 'a part of the tree is folded');
    assert.ok(!(await page.title()).includes('1589'));
    await fits(page);
    await axe(page);
    await shot(page, name('reasons'));
    if (!js) await page.goto(whole); // axe let scripts in

    // As JSON, under the same login.
    const link = page.getByRole('link', { name: w.json });
    const at = new URL(/** @type {string} */ (await link.getAttribute('href')), whole).href;
    await link.click();
    await page.waitForURL(at);
    const answer = await page.context().request.get(at);
    assert.equal(answer.headers()['content-type'], 'application/json; charset=utf-8');
    const { finding: told, reasons } = await answer.json();
    assert.deepEqual([told.rule, told.status, reasons.why.length], ['us.1589', 'established', 2]);
    const stranger = await open('desk', 'login');
    assert.match((await stranger.context().request.get(at)).url(), /\/login$/, 'a finding is shown to nobody');

    await page.goto(whole);
    await page.getByRole('link', { name: w.back }).click();
    await page.waitForURL(`${base}#f-us.1589-*`);
  });

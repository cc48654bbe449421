// The member's side: from the first word to a closed case, and what the analyst makes of it.
import assert from 'node:assert/strict';
import { addEpisode, answer, fits, logIn } from './desk.mjs';
import { openHouse } from './harness.mjs';

const { journey, demo } = await openHouse();

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {'en' | 'es'} Lang */

const words = {
  en: { title: 'Amparo desk', help: /I need help/, message: 'Your message', send: 'Send', sent: 'Sent', established: 'established', consent: /Without the person’s consent/,
    referred: 'The referral is recorded.', closed: 'The case is closed.', failed: /do not open this desk/, waiting: 'has waited', writing: 'is writing' },
  es: { title: 'Mesa de Amparo', help: /Necesito ayuda/, message: 'Su mensaje', send: 'Enviar', sent: 'Enviado', established: 'establecido', consent: /Sin el consentimiento/,
    referred: 'La derivación quedó registrada.', closed: 'El caso está cerrado.', failed: /no abren esta mesa/, waiting: 'espera desde', writing: 'está escribiendo' },
};

/** The facts of Castillo-Serrano (N.D. Ohio 2015), as packs/cases has them. */
const crossing = { label: 'From Guatemala to Ohio', when: { en: 'until 2014', es: 'hasta 2014' }, no: ['worked'],
  yes: ['recruited', 'transported', 'work_planned', 'lied', 'brought_in', 'no_permission', 'knew_foreign', 'knew_no_permission', 'encouraged', 'encouraged_on_purpose', 'for_gain'] };
const farm = { label: 'The egg farm', when: { en: 'from about 2011 until December 2014', es: 'desde hacia 2011 hasta diciembre de 2014' }, no: [],
  yes: ['harbored', 'obtained', 'worked', 'made_to_work', 'meant_to_make_work', 'could_not_stop', 'pay_kept', 'work_for_debt', 'threatened_hurt', 'believed_harm', 'isolated'] };

/** A visitor says the first word. @param {Page} page @param {Lang} lang @param {string} text */
async function begin(page, lang, text) {
  const w = words[lang];
  await page.getByRole('link', { name: w.help }).click();
  await page.getByLabel(w.message).fill(text);
  await page.getByRole('button', { name: w.send, exact: true }).click();
  await page.getByRole('log').getByText(w.sent, { exact: true }).first().waitFor();
}

/** Answers the newest conversation in the queue. @param {Page} page @param {string} text that it begins with */
async function claim(page, text) {
  await page.locator('form[action$="/claim"] button').last().click();
  await page.getByRole('log').getByText(text).waitFor();
}

/** Waits until the reply holds something, or nothing. @param {Page} page @param {boolean} some */
const written = (page, some) => page.waitForFunction((some) => {
  const box = /** @type {HTMLTextAreaElement | null} */ (document.getElementById('text'));
  return box !== null && (box.value !== '') === some;
}, some);

journey('from the first word to a closed case', { js: [true, false], lang: ['en', 'es'], size: ['desk'] }, async ({ open, axe, shot, js, lang }) => {
  const w = words[lang];
  const name = (/** @type {string} */ what) => `desk/${what}-${lang}-${js ? 'js' : 'plain'}`;
  const first = lang === 'es' ? `Me trajeron a una granja ${js}` : `They brought me to a farm ${js}`;
  const visitor = await open('site', `${lang}/`, { size: 'phone' });
  await begin(visitor, lang, first);

  const page = await open('desk', 'login');
  await axe(page);
  if (!js) await page.reload(); // axe let scripts in
  await logIn(page, demo, 'advocate');
  assert.equal(await page.title(), w.title);
  await shot(page, name('queue'));
  await claim(page, first);
  const reply = lang === 'es' ? 'Gracias por escribir.' : 'Thank you for writing.';
  await page.locator('#text').fill(reply);
  await page.locator('.send').click();
  await page.getByRole('log').getByText(reply).waitFor();
  await written(page, false);
  await visitor.getByText(reply).first().waitFor();
  await shot(page, name('talk'));
  await page.locator('#d-open-case > summary').click();
  await page.locator('#case-label').fill('Granja');
  await page.locator('#d-open-case button').click();
  await page.waitForURL(/\/cases\/[a-z2-7]{26}$/);
  const base = page.url();

  await addEpisode(page, base, js, crossing, crossing.when[lang]);
  await addEpisode(page, base, js, farm, farm.when[lang]);
  await shot(page, name('episode'));
  await page.goto(`${base}/person`);
  await answer(page, js, ['minor', 'noncitizen'], 'yes');
  await page.goto(base);
  await axe(page);
  if (!js) await page.goto(base);
  await fits(page);
  await shot(page, name('case'));
  const found = await page.locator('.finding.established').evaluateAll((all) => all.map((f) => f.id.split('-').slice(0, -1).join('-') + ' in ' + (f.querySelector('.facts span:nth-child(2)')?.textContent ?? '')));
  for (const finding of [`f-us.1324-iv in ${crossing.label}`, `f-us.1589 in ${farm.label}`, `f-us.7102-11-b in ${farm.label}`]) assert.ok(found.includes(finding), `${finding} is not among ${found}`);
  assert.ok(!found.some((f) => f.startsWith('f-us.1589') && f.endsWith(crossing.label)), 'forced labour is found in the crossing');
  await page.getByText(w.established).first().waitFor();

  await page.goto(`${base}/services`);
  await page.locator('#need').selectOption('shelter');
  await page.locator('form:has(#need) button').click();
  await page.locator('.fit button').first().click();
  await page.locator('#purpose').fill('a bed');
  await page.locator('#how').selectOption('chat');
  await page.locator('#refer form > button').click();
  await page.getByText(w.consent).waitFor();
  assert.equal(await page.locator('#purpose').inputValue(), 'a bed');
  await axe(page);
  if (!js) {
    await page.goto(`${base}/services`);
    await page.locator('#purpose').fill('a bed');
    await page.locator('#how').selectOption('chat');
  }
  await page.locator('[name=given]').check();
  await page.locator('[name=shared][value=need]').check();
  await page.locator('#refer form > button').click();
  await page.getByText(w.referred).waitFor();
  await shot(page, name('services'));

  await page.goto(`${base}/close`);
  await axe(page);
  if (!js) await page.goto(`${base}/close`);
  assert.equal(await page.locator('[name=amparoAct]').inputValue(), 'both');
  assert.equal(await page.locator('[name=TypeOfExploitation]').inputValue(), 'ForcedLabour');
  assert.equal(await page.locator('[name=Status]').inputValue(), 'ClosedReferred');
  await shot(page, name('closing'));
  await page.locator('.wide .check input').check();
  await page.locator('.wide form > button').click();
  await page.getByText(w.closed).waitFor();
  await page.locator('form[action="/logout"] button').click();
  await page.waitForURL(/\/login$/);
  await page.goto(base);
  assert.match(page.url(), /\/login$/, 'a case is shown to nobody');
});

journey('the desk is live', { lang: ['en', 'es'] }, async ({ open, lang }) => {
  const w = words[lang];
  const page = await open('desk', 'login');
  await logIn(page, demo, 'supervisor');
  const before = await page.locator('form[action$="/claim"]').count();
  const visitor = await open('site', `${lang}/`, { size: 'phone' });
  await begin(visitor, lang, `uno ${lang}`);
  await page.waitForFunction((n) => document.querySelectorAll('form[action$="/claim"]').length > n, before); // without a reload
  await claim(page, `uno ${lang}`);
  await visitor.getByLabel(w.message).pressSequentially('dos');
  await page.getByRole('status').getByText(w.writing).waitFor();
  await visitor.getByRole('button', { name: w.send, exact: true }).click();
  await page.getByRole('log').getByText('dos').waitFor();
  await page.locator('#d-phrases > summary').click();
  await page.locator('.phrases button').first().click();
  await written(page, true);
  assert.equal(await page.locator('.line.team').count(), 0, 'a phrase was sent unseen');
  await page.locator('#text').press('Control+Enter');
  await page.locator('.line.team').waitFor();
  assert.equal(await page.locator('.line.team').count(), 1);
  await page.locator('#d-more > summary').click();
  await page.locator('form[action$="/close"] button').click();
  await page.locator('#text').waitFor({ state: 'detached' });
});

journey('a wrong passphrase says nothing', { js: [true, false], lang: ['en', 'es'] }, async ({ open, axe, watch, lang }) => {
  const page = await open('desk', '');
  watch(page).allow(/403/, 'a refused login is a 403');
  await page.locator('#handle').fill('ana');
  await page.locator('#passphrase').fill('not the one');
  await page.locator('#passphrase').press('Enter');
  await page.getByRole('alert').getByText(words[lang].failed).waitFor();
  assert.equal((await page.context().cookies()).length, 0);
  await axe(page);
});

journey('the analyst makes a table', { js: [true, false], lang: ['en', 'es'] }, async ({ open, axe, shot, js, lang }) => {
  const page = await open('desk', 'login');
  await logIn(page, demo, 'analyst');
  await page.locator('#by-0').selectOption('TypeOfExploitation');
  await page.locator('#by-1').selectOption('amparoAct');
  await page.locator('.choose button').click();
  await page.locator('.release table, .wrong').first().waitFor();
  await axe(page);
  await shot(page, `desk/numbers-${lang}-${js ? 'js' : 'plain'}`);
  const made = await page.locator('.release table').count();
  const csv = await page.context().request.get(new URL('/numbers/table.csv?by=TypeOfExploitation&by=amparoAct&threshold=10', page.url()).href);
  assert.equal(csv.status(), made ? 200 : 400);
  if (made) assert.match(await csv.text(), /^TypeOfExploitation,amparoAct,contacts$/m);
});

// In three parts: a case with all its findings takes its time to be looked through.
for (const [part, screens] of /** @type {[string, RegExp][]} */ ([['cases', /^case$/], ['findings and talks', /^(finding|talk)$/], ['all others', /^(?!(case|finding|talk)$)/]])) {
  journey(`every screen in every state: ${part}`, { lang: ['en', 'es'], size: ['narrow', 'desk'] }, async ({ open, axe, shot, lang, size }) => {
    const page = await open('desk', 'storybook');
    const all = await page.locator('main a').evaluateAll((all) => all.map((a) => new URL(/** @type {HTMLAnchorElement} */ (a).href).pathname));
    const stories = all.filter((p) => p.startsWith(`/storybook/${lang}/`) && screens.test(p.split('/')[3]));
    assert.ok(stories.length >= 12, `${stories.length} stories`);
    for (const story of stories) {
      await page.goto(new URL(story, page.url()).href);
      await fits(page);
      await axe(page);
      if (lang === 'en') await shot(page, `desk/stories/${story.split('/').slice(3).join('-')}-${size}`);
    }
  });
}

// The visitor's chat when something goes wrong or somebody looks over a shoulder; and every screen in every state.
import assert from 'node:assert/strict';
import { openHouse } from './harness.mjs';

const house = await openHouse();
const { journey } = house;

/** @param {import('playwright-core').Page} page @param {string} text */
async function say(page, text) {
  await page.getByRole('textbox', { name: 'Your message' }).fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}

/** The message with these words, once it has a state. @param {import('playwright-core').Page} page @param {string} text @param {string | RegExp} state */
async function marked(page, text, state) {
  await page.locator('.mine', { hasText: text }).locator('small', { hasText: state }).waitFor();
}

journey('Shift three times leaves; capital letters do not', {}, async ({ open }) => {
  const page = await open('site', 'en/talk');
  const box = page.getByRole('textbox', { name: 'Your message' });
  await box.focus();
  for (const key of 'ABCDEF') await page.keyboard.press(`Shift+${key}`);
  assert.equal(await box.inputValue(), 'ABCDEF');
  for (let i = 0; i < 3; i++) await page.keyboard.press('Shift');
  await page.waitForURL(`${house.neutral}**`);
  await page.goBack({ timeout: 4000 }).catch(() => null); // nothing lies before
  assert.doesNotMatch(await page.title(), /support/);
});

journey('the whole talk by keyboard', {}, async ({ open }) => {
  const page = await open('site', 'en/');
  const press = async (/** @type {string} */ until) => {
    for (let i = 0; i < 30; i++) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(() => {
        const e = document.activeElement;
        const { top, bottom } = e?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
        const bar = document.querySelector('.bar');
        const below = bar?.contains(e) ? 0 : bar?.getBoundingClientRect().bottom ?? 0;
        return { name: e?.textContent?.trim() || e?.id || '', seen: bottom > below && top < innerHeight, ringed: e ? getComputedStyle(e).outlineStyle !== 'none' : false };
      });
      assert.ok(at.seen && at.ringed, `focus on "${at.name}" is hidden or has no ring`);
      if (at.name.startsWith(until)) return;
    }
    assert.fail(`no way to "${until}" by Tab`);
  };
  await press('I need help');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/talk');
  await press('text');
  await page.keyboard.type('hello');
  await press('Send');
  await page.keyboard.press('Enter');
  await marked(page, 'hello', 'Sent');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'text', 'focus is back where one writes');
  await press('End or erase');
  await page.keyboard.press('Enter');
  await press('Erase this talk');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'This talk is erased' }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'over');
});

journey('reloading restores nothing', {}, async ({ open }) => {
  const page = await open('site', 'en/talk');
  await say(page, 'a secret word');
  await marked(page, 'a secret word', 'Sent');
  await page.reload();
  assert.equal(await page.getByText('a secret word').count(), 0);
  assert.equal(await page.getByRole('textbox', { name: 'Your message' }).inputValue(), '');
  assert.deepEqual(await page.evaluate(async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length, document.cookie]), [0, 0, 0, 0, '']);
});

journey('a lost network: not sent, then sent once', {}, async ({ open, watch }) => {
  const page = await open('site', 'en/talk');
  watch(page).allow(/ERR_INTERNET_DISCONNECTED/, 'the network is off');
  await say(page, 'one');
  await marked(page, 'one', 'Sent');
  await page.context().setOffline(true);
  await say(page, 'two');
  await say(page, 'three');
  await marked(page, 'three', 'Not sent yet');
  await marked(page, 'two', 'Not sent. Your words are still here.');
  await page.context().setOffline(false);
  await page.locator('.mine', { hasText: 'two' }).getByRole('button', { name: 'Try again' }).click();
  await marked(page, 'two', 'Sent');
  await marked(page, 'three', /^Sent$/);
  assert.equal(await page.locator('.mine').count(), 3);
});

journey('no room to keep it: said so, with numbers, and the words stay', {}, async ({ open, axe, watch }) => {
  const page = await open('site', 'en/talk');
  watch(page).allow(/507/, 'the disk is full');
  await page.route('**/v1/say', (r) => r.fulfill({ status: 507, json: { error: 'full' } }));
  await say(page, 'one');
  await marked(page, 'one', 'Not sent. We have no room to keep it just now.');
  await page.getByRole('heading', { name: 'Numbers that answer' }).waitFor();
  await axe(page);
  await page.unroute('**/v1/say');
  await page.getByRole('button', { name: 'Try again' }).click();
  await marked(page, 'one', 'Sent');
});

journey('too much, or nothing: refused with a word, and the words stay', {}, async ({ open }) => {
  const page = await open('site', 'en/talk');
  await say(page, ' \n ');
  await page.getByText('Please write something first.').waitFor();
  await page.locator('#text').evaluate((e) => e.removeAttribute('maxlength'));
  const long = 'ñ'.repeat(4095);
  await say(page, long);
  await page.getByText('Not sent. This is more than fits in one message.').waitFor();
  assert.equal(await page.locator('#text').inputValue(), long);
  assert.equal(await page.locator('.mine').count(), 0);
});

for (const answer of ['that way', 'not']) {
  journey(`a browser that cannot seal is asked, and sends ${answer}`, {}, async ({ open, watch, axe }) => {
    const page = await open('site', 'en/privacy');
    await page.addInitScript(() => Object.defineProperty(crypto, 'subtle', { value: undefined }));
    await page.goto(new URL('/en/talk', page.url()).href);
    assert.equal(await page.locator('#sealed').isVisible(), false, 'nothing is promised');
    await say(page, 'hello there');
    await page.getByRole('heading', { name: 'Your words cannot be sealed in this browser' }).waitFor();
    await axe(page);
    assert.ok(!watch(page).requests.some((r) => r.url.includes('/v1/')), 'nothing was sent');
    if (answer === 'not') {
      await page.getByRole('button', { name: 'Do not send it' }).click();
      assert.equal(await page.getByRole('textbox', { name: 'Your message' }).inputValue(), 'hello there');
    } else {
      await page.getByRole('button', { name: 'Send it that way' }).click();
      await page.getByRole('log').getByText('hello there').waitFor();
      await page.getByRole('heading', { name: 'Your talk' }).waitFor();
    }
  });
}

journey('every screen in every state', { lang: ['en', 'es'], size: ['narrow', 'desk'] }, async ({ open, axe, lang, size }) => {
  const page = await open('site', 'storybook');
  await page.emulateMedia({ colorScheme: size === 'narrow' ? 'dark' : 'light' });
  const stories = await page.locator(`main a[href^="/storybook/${lang}/"]`).evaluateAll((links) => links.map((a) => a.getAttribute('href') ?? ''));
  assert.ok(stories.length > 40, `${stories.length} stories`);
  for (const path of stories) {
    if (path.includes('/frame')) continue; // seen within the threads
    await page.goto(new URL(path, page.url()).href);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} scrolls sideways at ${size}`);
    const exit = await page.evaluate(() => {
      scrollTo(0, document.documentElement.scrollHeight);
      const { top, bottom } = document.querySelector('.exit')?.getBoundingClientRect() ?? { top: -1, bottom: -1 };
      return top >= 0 && bottom <= innerHeight;
    });
    assert.ok(exit, `${path}: Exit is out of sight at the end of the page`);
    await axe(page).catch((e) => { throw new Error(`${path}: ${e.message}`); });
  }
});

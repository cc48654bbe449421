// The finder and the self-check within a partner's page: sandboxed, of no origin, and out of it by Exit.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { launch } from './chromium.mjs';
import { startDemo } from './demo.mjs';
import { openStage, steady } from './harness.mjs';
import { answerOne } from './selfcheck.mjs';
import { serve } from './serve.mjs';

/** @type {Record<string, string>} */
const pages = {};
const partner = await serve(pages);
const stranger = await serve(pages);
const neutral = await serve({ '/': '<!doctype html><html lang="en"><title>Weather</title><h1>Weather</h1></html>' });
process.env.AMPARO_DEMO_PARTNER = partner.address.replace(/\/$/, '');
const demo = await startDemo({ exitURL: neutral.address });
after(async () => { await demo.stop(); await Promise.all([partner, stranger, neutral].map((s) => s.stop())); });

/** As docs/embedding.md gives it. @param {string} what */
const frame = (what) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Clinic</title></head><body><main><h1>Clinic</h1>
<iframe title="Help" src="${demo.site}embed/${what}" width="100%" height="900" style="border: 0"
  sandbox="allow-scripts allow-forms allow-top-navigation-by-user-activation" referrerpolicy="no-referrer" loading="lazy"></iframe></main></body></html>`;
pages['/find'] = frame('en/find');
pages['/buscar'] = frame('es/find');
pages['/check'] = frame('en/check');

const { journey } = await openStage({ partner: partner.address, stranger: stranger.address, site: demo.site }, neutral.address, demo);

/** Finds in the frame, and follows a link out of it. @param {import('playwright-core').Page} page @param {(name: string) => Promise<unknown>} look */
async function find(page, look) {
  const within = page.frameLocator('iframe');
  await within.locator('input[name=need]').nth(1).check();
  await within.locator('form button').click();
  await within.locator('.services, .next').first().waitFor();
  assert.equal(page.url(), `${partner.address}find`);
  await look('find');
  await within.locator('.next a').first().click();
  await page.waitForURL(`${demo.site}en/find`);
  assert.deepEqual(await page.context().cookies(), []);
}

journey('the finder answers within a partner’s page', { size: ['phone', 'desk'] }, async ({ open, axe, shot, size }) => {
  const page = await open('partner', 'find');
  await page.frameLocator('iframe').locator('h1').waitFor();
  await axe(page);
  await find(page, (name) => shot(page, `embed/${name}-${size}`));
});

journey('the self-check runs within a partner’s page, and cannot become a talk there', { size: ['phone'] }, async ({ open, shot, watch }) => {
  const page = await open('partner', 'check');
  const stage = page.frameLocator('iframe').locator('#check-stage');
  const sent = await answerOne(stage, 'home', () => watch(page).requests.length, () => shot(page, 'embed/check'));
  assert.equal(sent, 0, 'something was fetched or sent');
  assert.equal(await stage.locator('[data-do=talk]').count(), 0);
});

journey('Exit leads the whole window away', {}, async ({ open }) => {
  const page = await open('partner', 'buscar');
  await page.frameLocator('iframe').locator('a.exit').click();
  await page.waitForURL(`${neutral.address}**`);
  for (let i = 0; i < 3; i++) {
    await page.goBack({ timeout: 3000 }).catch(() => null);
    assert.doesNotMatch(await steady(page, () => page.evaluate(() => document.body?.innerText ?? '')), /Clinic|Salir/);
  }
});

// DevTools switches scripts off for one process, and a frame of no origin has its own: here the browser itself does.
test('without scripts the finder answers, and Exit leads away', async () => {
  const browser = await launch();
  try {
    const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await page.goto(`${partner.address}find`);
    await find(page, async () => {});
    await page.goto(`${partner.address}buscar`);
    await page.frameLocator('iframe').locator('a.exit').click();
    await page.waitForURL(`${neutral.address}**`);
  } finally {
    await browser.close();
  }
});

journey('nobody else may show it', {}, async ({ open, watch }) => {
  const page = await open('stranger', 'find');
  watch(page).allow(/frame-ancestors/, 'the frame is refused');
  await page.waitForLoadState('load');
  const inner = page.frames()[1];
  assert.ok(inner);
  assert.equal(await inner.locator('a.exit').count().catch(() => 0), 0);
});

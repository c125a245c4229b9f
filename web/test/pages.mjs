// The pages of dist/ against a real server with the sample: sign in by a one-time link, look at every page in both languages
// and themes, change a record and undo it. Fails on any violation of the policy, axe finding, error, or cut at five widths.
// Usage: npm run build && node test/pages.mjs [path …]; screenshots go to web/shots.
import { mkdir } from 'node:fs/promises';
import { cuts, findings, launch, visit } from './browser.mjs';
import { serve } from './server.mjs';
import { forwardTo, startSite } from './site.mjs';

const paths = [
  '/',
  '/sheets/ipa-52',
  '/sheets/ipa-52?on=2027-01-07',
  '/sheets/ipa-52/16',
  '/tasks',
  '/forecast',
  '/registers',
  '/registers/asset',
  '/registers/asset/A-001',
  '/registers/access_review/new',
  '/ledger',
];
const wanted = process.argv.slice(2).length > 0 ? process.argv.slice(2) : paths;
const widths = [320, 390, 834, 1024, 1440];
const folder = new URL('../shots/', import.meta.url).pathname;
const nameOf = (path) => path.replace(/\W+/g, '-').replace(/^-|-$/g, '') || 'home';

async function signIn(browser, url, secret) {
  const visitor = await visit(browser, {});
  await visitor.page.goto(`${url}/o/sample/link#${secret}`);
  await visitor.page.getByRole('button', { name: 'サインイン' }).click();
  await visitor.page.getByRole('navigation', { name: '主なページ' }).waitFor();
  await visitor.page.waitForSelector('main h1');
  const found = await findings(visitor);
  const { cookies } = await visitor.context.storageState();
  await visitor.context.close();
  return { cookies, found };
}

async function look(browser, base, cookies, path, view) {
  const visitor = await visit(browser, view);
  await visitor.context.addCookies(cookies);
  await visitor.page.goto(base + path);
  const shown = await visitor.page.waitForSelector('main h1', { timeout: 15_000 }).catch(() => null);
  await visitor.page.waitForLoadState('load');
  await visitor.page.waitForTimeout(400);
  const name = `${nameOf(path)}-${view.phone ? 'phone' : 'desktop'}-${view.language}-${view.theme}`;
  await visitor.page.screenshot({ path: `${folder}${name}.png` });
  const found = await findings(visitor);
  if (!shown) found.push('shows no heading');
  if (!view.phone) for (const width of widths) found.push(...(await cuts(visitor.page, width)));
  await visitor.context.close();
  return found.map((one) => `${name}: ${one}`);
}

// What a user relies on: what is saved is there, says so, can be undone, and the list still stands where it stood.
async function changeRecord(browser, base, cookies) {
  const visitor = await visit(browser, {});
  const { page } = visitor;
  await visitor.context.addCookies(cookies);
  await page.goto(`${base}/registers/asset`);
  await page.getByRole('row').nth(2).click();
  const panel = page.getByRole('dialog');
  await panel.getByLabel('備考').first().fill('画面から直しました');
  await page.keyboard.press('Control+s');
  await page.getByText('記録しました').first().waitFor();
  await panel.getByRole('tab', { name: '履歴' }).click();
  await panel.getByText('画面から直しました').waitFor();
  await panel.getByRole('button', { name: '元に戻す' }).first().click();
  await page.getByText('元の値に戻しました').first().waitFor();
  const found = await findings(visitor);
  await visitor.context.close();
  return found.map((one) => `change a record: ${one}`);
}

const site = await startSite();
const server = await serve(new URL('../dist', import.meta.url).pathname, forwardTo(site.port));
const base = `${server.url}/o/sample`;
const browser = await launch();
await mkdir(folder, { recursive: true });
const found = [];
try {
  const signedIn = await signIn(browser, server.url, site.secret);
  found.push(...signedIn.found);
  for (const path of wanted)
    for (const view of [
      { language: 'ja', theme: 'light' },
      { language: 'en', theme: 'dark' },
      { language: 'ja', theme: 'dark', phone: true, width: 390, height: 844 },
      { language: 'en', theme: 'light', phone: true, width: 390, height: 844 },
    ])
      found.push(...(await look(browser, base, signedIn.cookies, path, view)));
  found.push(...(await changeRecord(browser, base, signedIn.cookies)));
} finally {
  await browser.close();
  await server.close();
  site.stop();
}
for (const one of new Set(found)) console.error(one);
console.log(found.length === 0 ? `pages: nothing found on ${wanted.length} pages` : `pages: ${found.length} findings`);
process.exit(found.length === 0 ? 0 : 1);

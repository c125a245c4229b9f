// What people rely on, in Debian's Chromium against the real server with its own packed pages and policy: first sign-in, a
// signature on a phone, a request by one and its approval by another, a receipt verified in the browser; then each of these
// pages in both languages and themes without violation, axe finding, error or cut. Usage: node test/journeys.mjs
import { mkdir } from 'node:fs/promises';
import { cuts, findings, launch, visit } from './browser.mjs';
import { startSite } from './site.mjs';

const widths = [320, 390, 834, 1024, 1440];
const folder = new URL('../shots/', import.meta.url).pathname;
const password = 'やまをゆっくりあるく三毛猫と傘 47';
const phone = { phone: true, width: 390, height: 844 };
const found = [];

const note = (name, list) => found.push(...list.map((one) => `${name}: ${one}`));
const shot = (page, name) => page.screenshot({ path: `${folder}${name}.png` });

function expect(holds, what) {
  if (!holds) throw new Error(what);
}

async function api(page, method, path, data) {
  const base = new URL(page.url());
  const answer = await page.request.fetch(`${base.origin}/o/sample/api/v1${path}`, {
    method,
    data,
    headers: { Origin: base.origin, 'Accept-Language': 'ja' },
  });
  expect(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`);
  return answer.json();
}

async function firstSignIn(browser, url, secret) {
  const visitor = await visit(browser, {});
  await visitor.page.goto(`${url}/o/sample/link#${secret}`);
  await visitor.page.getByRole('button', { name: 'サインイン' }).click();
  await visitor.page.getByRole('navigation', { name: '主なページ' }).waitFor();
  await visitor.page.waitForSelector('main h1');
  note('first sign-in', await findings(visitor));
  return visitor;
}

// A new edition, and somebody who has to read it.
async function someoneToSign(admin) {
  const { records } = await api(admin.page, 'GET', '/registers/document/records?filter=acknowledged_by_all:eq:true');
  expect(records.length > 0, 'the sample has a document for everybody');
  await api(admin.page, 'PATCH', `/registers/document/records/${records[0].id}`, { fields: { edition: '第9版' } });
  const { users } = await api(admin.page, 'GET', '/users');
  const isNew = (owner) => users.every((user) => user.person !== owner.id);
  const reads = (one) => one.check.endsWith('-acknowledged') && String(one.owner?.id) === one.subject && isNew(one.owner);
  let task;
  for (let tries = 0; tries < 40 && !task; tries++) {
    if (tries > 0) await admin.page.waitForTimeout(250);
    task = (await api(admin.page, 'GET', '/tasks')).tasks.find(reads);
  }
  expect(task, 'the sample has somebody with a document to read');
  return task.owner;
}

async function invited(browser, admin, person) {
  const made = await api(admin.page, 'POST', '/users', {
    name: person.title,
    mail: 'staff@example.co.jp',
    roles: ['member'],
    person: { id: person.id },
  });
  const visitor = await visit(browser, phone);
  const { page } = visitor;
  await page.goto(new URL(made.link.path, admin.page.url()).href);
  await page.getByLabel('新しいパスワード').fill(password);
  await page.getByRole('button', { name: '決めて始める' }).click();
  await page.getByRole('heading', { level: 1, name: /項目/ }).waitFor(); // signed in: the link's own heading is gone
  return visitor;
}

async function signOnAPhone(staff, base) {
  const { page } = staff;
  await page.getByRole('navigation', { name: '自分のページ' }).waitFor(); // tabs within the reach of a thumb
  await page.goto(`${base}/me`);
  const sign = page.getByRole('button', { name: '読んで署名する' }).first();
  await sign.waitFor();
  await page.waitForTimeout(300);
  await shot(page, 'my-page-phone-ja-light');
  note('my page', [...(await findings(staff)), ...(await cuts(page, 390))]);
  await sign.click();
  await page.getByRole('button', { name: '署名する', exact: true }).click();
  await page.getByText('終わりました', { exact: true }).first().waitFor();
  await shot(page, 'my-page-done-phone-ja-light');
  note('signed', await findings(staff));
  await page.goto(`${base}/me/history`);
  await page.getByText('第9版に署名').waitFor();
}

async function ask(staff, base) {
  const { page } = staff;
  await page.goto(`${base}/requests/new?kind=remote_work`);
  await page.getByLabel(/場所/).first().fill('自宅（横浜市）');
  await page.getByRole('button', { name: '申請を出す' }).click();
  await page.waitForURL(/\/requests\/\d+$/);
  await page.getByRole('button', { name: '取り下げる' }).waitFor();
  expect((await page.getByRole('button', { name: '承認する' }).count()) === 0, 'nobody approves their own request');
  await shot(page, 'request-own-phone-ja-light');
  note('own request', await findings(staff));
  return new URL(page.url()).pathname.split('/').at(-1);
}

async function approve(admin, base, id) {
  const { page } = admin;
  await page.goto(`${base}/requests/${id}`);
  await page.getByRole('button', { name: '承認する' }).waitFor();
  await page.waitForTimeout(300);
  await shot(page, 'request-desktop-ja-light');
  note('request', await findings(admin));
  await page.getByRole('button', { name: '承認する' }).click();
  await page.getByRole('button', { name: '承認する' }).waitFor({ state: 'detached' });
  const { state } = await api(page, 'GET', `/requests/${id}`);
  expect(state === 'done', `an approved request is done, not ${state}`);
}

async function verify(admin, base) {
  const { page } = admin;
  const { records } = await api(page, 'GET', '/registers/device/records?limit=1');
  await page.goto(`${base}/verify?register=device&record=${records[0].id}`);
  await page.getByRole('button', { name: '記録証明を作って検証する' }).click();
  await page.getByText('組織の鍵で署名された記録簿に入っています').waitFor(); // no witness has signed: no more is claimed
  await shot(page, 'verify-desktop-ja-light');
  note('verify', await findings(admin));
}

// A review falls out of date, its record is mended in the form that the item's own button opens, and the item is ○ without a reload.
async function mend(admin, base) {
  const { page } = admin;
  const item = async () => (await api(page, 'GET', '/sheets/ipa-52')).items.find((one) => one.verdict.mark !== 'full');
  const { day } = await api(page, 'GET', '/sheets/ipa-52');
  const { records } = await api(page, 'GET', '/registers/zone/records?filter=map_reviewed_on:ge:2000-01-01&limit=1');
  const { fields } = await api(page, 'GET', '/registers/zone');
  const label = fields.find((field) => field.name === 'map_reviewed_on').label;
  await api(page, 'PATCH', `/registers/zone/records/${records[0].id}`, { fields: { map_reviewed_on: '2020-01-01' } });
  let broken;
  for (let tries = 0; tries < 40 && !(broken = await item()); tries++) await page.waitForTimeout(250);
  expect(broken, 'an old review costs an item its ○');
  await page.goto(`${base}/sheets/ipa-52/${broken.number}`);
  await page
    .getByRole('row')
    .filter({ hasText: /期限切れ|未実施/ })
    .first()
    .waitFor();
  await shot(page, 'item-broken-desktop-ja-light');
  note('broken item', await findings(admin));
  await page.keyboard.press('e');
  await page.waitForURL(/\/registers\/zone\//);
  await page.getByLabel(label).first().fill(day);
  await page.keyboard.press('Control+s');
  await page.getByText('記録しました').first().waitFor();
  await page.goBack();
  await page.getByText(`項目 ${broken.number} が○になりました`).waitFor();
  note('mended item', await findings(admin));
}

// What changed since yesterday, and the records that did it; a day of the past can be read only.
async function compare(admin, base) {
  const { page } = admin;
  const { day } = await api(page, 'GET', '/sheets/ipa-52');
  const before = new Date(Date.parse(day) - 3 * 86_400_000).toISOString().slice(0, 10);
  await page.goto(`${base}/sheets/ipa-52?with=${before}`);
  await page.getByRole('heading', { name: '判定が変わった項目' }).waitFor();
  await page.locator('caption').first().waitFor();
  expect((await page.locator('main td a[href*="/registers/"]').count()) > 0, 'a change names the record that did it');
  await shot(page, 'diff-desktop-ja-light');
  note('two days', [...(await findings(admin)), ...(await cuts(page, 390)), ...(await cuts(page, 1440))]);
  await page.goto(`${base}/sheets/ipa-52/16?on=${before.slice(0, 4)}-06-01`);
  await page.getByText('過去の状態です。変更はできません').waitFor();
  expect((await page.locator('main td:last-child a[href*="/new?"]').count()) === 0, 'nothing can be changed in the past');
  await shot(page, 'item-past-desktop-ja-light');
  note('item of the past', await findings(admin));
}

const pages = {
  admin: ['/requests', '/requests/new', '/users', '/account', '/access-record', '/verify'],
  staff: ['/me', '/me/devices', '/me/requests', '/me/history'],
};
const views = [
  { language: 'ja', theme: 'dark' },
  { language: 'en', theme: 'light' },
  { language: 'en', theme: 'dark', ...phone },
];

async function look(browser, base, cookies, path, view) {
  const visitor = await visit(browser, view);
  const name = `${path.slice(1).replaceAll('/', '-')}-${view.phone ? 'phone' : 'desktop'}-${view.language}-${view.theme}`;
  await visitor.context.addCookies(cookies);
  await visitor.page.goto(base + path);
  const shown = await visitor.page.waitForSelector('main h1', { timeout: 15_000 }).catch(() => null);
  await visitor.page.waitForTimeout(300);
  await shot(visitor.page, name);
  note(name, [...(shown ? [] : ['shows no heading']), ...(await findings(visitor))]);
  if (!view.phone && view.language === 'en') for (const width of widths) note(name, await cuts(visitor.page, width));
  await visitor.context.close();
}

const site = await startSite();
const url = `http://127.0.0.1:${site.port}`;
const base = `${url}/o/sample`;
const browser = await launch();
await mkdir(folder, { recursive: true });
const step = async (name, act) => {
  const began = Date.now();
  const made = await act().catch((error) => {
    found.push(`${name}: ${error.message.slice(0, 400)}`);
    return null;
  });
  console.log(`${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
  return made;
};
try {
  const admin = await firstSignIn(browser, url, site.secret);
  await step('verify a receipt', () => verify(admin, base));
  await step('compare two days', () => compare(admin, base));
  await step('mend an offender', () => mend(admin, base));
  const staff = await step('invite', async () => invited(browser, admin, await someoneToSign(admin)));
  if (staff) {
    await step('sign on a phone', () => signOnAPhone(staff, base));
    const id = await step('ask', () => ask(staff, base));
    if (id) await step('approve', () => approve(admin, base, id));
  }
  for (const [who, visitor] of Object.entries({ admin, staff })) {
    if (!visitor || process.argv.includes('--quick')) continue;
    const { cookies } = await visitor.context.storageState();
    for (const path of pages[who]) for (const view of views) await step(`look at ${path}`, () => look(browser, base, cookies, path, view));
  }
} finally {
  await browser.close();
  site.stop();
}
for (const one of new Set(found)) console.error(one);
console.log(found.length === 0 ? 'journeys: nothing found' : `journeys: ${found.length} findings`);
process.exit(found.length === 0 ? 0 : 1);

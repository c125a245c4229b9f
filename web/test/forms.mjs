// Forms in Debian's Chromium against a real server: errors at their fields, a record made inside of a reference, a file by drag and
// drop, two people who change one record, and the receipt that the history gives.
// Usage: npm run build && node test/forms.mjs; screenshots go to web/shots.
import { mkdir } from 'node:fs/promises';
import { cuts, findings, launch, visit } from './browser.mjs';
import { serve } from './server.mjs';
import { forwardTo, startSite } from './site.mjs';

const folder = new URL('../shots/', import.meta.url).pathname;
const expected = /status of (404|409|422)|ERR_FAILED/; // refused, gone and not heard, on purpose
const found = [];
const note = (name, list) => found.push(...list.filter((one) => !expected.test(one)).map((one) => `${name}: ${one}`));

function expect(holds, what) {
  if (!holds) throw new Error(what);
}

async function look(visitor, name) {
  const { page } = visitor;
  await page.waitForTimeout(250);
  await page.screenshot({ path: `${folder}${name}-desktop-ja-light.png` });
  note(name, await findings(visitor));
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  note(`${name}, dark`, await findings(visitor));
  for (const width of [320, 390, 834]) note(name, await cuts(page, width));
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: `${folder}${name}-phone-ja-dark.png` });
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 1440, height: 900 });
}

const read = (page, path) => page.evaluate(async (at) => (await fetch(`/o/sample/api/v1${at}`)).json(), path);

// Errors stand at fields, the first has the focus; what a reference lacks is made on the way.
async function addRecord(visitor, base) {
  const { page } = visitor;
  await page.goto(`${base}/registers/asset/new`);
  await page.getByLabel('管理番号').fill('F-001');
  await page.getByRole('button', { name: '保存する' }).click();
  await page.getByText('入力してください').first().waitFor();
  const focused = await page.evaluate(() => document.activeElement?.getAttribute('aria-invalid'));
  expect(focused === 'true', 'the first wrong field has the focus');
  await look(visitor, 'form-errors');
  await page.getByLabel('情報資産名称').fill('契約書の控え');
  await page.getByLabel('管理責任者').fill('小林');
  await page.getByRole('option', { name: /小林/ }).first().click();
  await page.getByRole('combobox', { name: '媒体・保存先' }).click();
  await page.getByRole('option', { name: '社内サーバー' }).click();
  await page.getByLabel('登録日').fill('2026-04-01');
  await page.getByLabel('管理部署').fill('契約管理室');
  await page.getByRole('option', { name: '「契約管理室」を新しく作る' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('部署コード').fill('D-900');
  await look(visitor, 'form-create');
  await dialog.getByRole('button', { name: '追加' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect((await page.getByLabel('管理部署').inputValue()) === '契約管理室', 'the new record is chosen');
  await page.keyboard.press('Control+s');
  await page.getByRole('heading', { level: 1, name: '契約書の控え' }).waitFor();
  const record = await read(page, '/registers/asset/records/F-001');
  expect(record.fields.department.key === 'D-900', 'the record refers to the new one');
}

async function dropFile(visitor, base) {
  const { page } = visitor;
  const { records } = await read(page, '/registers/zone/records?limit=1');
  await page.goto(`${base}/registers/zone/${records[0].id}`);
  const drop = page.getByText('ここに置くか、選んでください');
  await drop.scrollIntoViewIfNeeded();
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['区域図'], '区域図.pdf', { type: 'application/pdf' }));
    return transfer;
  });
  await drop.dispatchEvent('dragover', { dataTransfer: data });
  await drop.dispatchEvent('drop', { dataTransfer: data });
  await page.getByText('区域図.pdf').first().waitFor();
  await look(visitor, 'form-file');
  await page.getByRole('button', { name: '保存する' }).click();
  const link = page.getByRole('link', { name: /添付を開く/ });
  await link.waitFor();
  const text = await page.evaluate(async (href) => (await fetch(href)).text(), await link.getAttribute('href'));
  expect(text === '区域図', 'what was dropped is what is kept');
}

// Two people change the same field: both values are shown, and the person chooses.
async function conflict(visitor, base) {
  const { page } = visitor;
  await page.goto(`${base}/registers/asset/A-002`);
  const name = page.getByLabel('備考').first();
  await name.fill('わたしの備考');
  const { id } = await read(page, '/registers/asset/records/A-002');
  // Somebody else, unheard: the stream of events would bring the new version.
  await page.route('**/events', (route) => route.abort());
  const status = await page.evaluate(async (record) => {
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() };
    const body = JSON.stringify({ fields: { note: '相手の備考' } });
    return (await fetch(`/o/sample/api/v1/registers/asset/records/${record}`, { method: 'PATCH', headers, body })).status;
  }, id);
  expect(status === 200, `the other change is taken: ${status}`);
  await page.keyboard.press('Control+s');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('相手の備考').waitFor();
  await look(visitor, 'form-conflict');
  await dialog.getByRole('radio', { name: '相手の値にする' }).click();
  await dialog.getByRole('button', { name: '保存する' }).click();
  await dialog.waitFor({ state: 'detached' });
  const after = await read(page, `/registers/asset/records/${id}`);
  expect(after.fields.note === '相手の備考', 'theirs was chosen');
  await page.unroute('**/events');
}

async function receipt(visitor, base) {
  const { page } = visitor;
  await page.goto(`${base}/registers/asset/A-003`);
  await page.getByRole('tab', { name: '履歴' }).click();
  const button = page.getByRole('button', { name: '記録証明' }).first();
  await button.waitFor();
  await look(visitor, 'form-history');
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  const text = (await (await download.createReadStream()).toArray()).join('');
  expect(text.includes('c2sp.org/tlog-proof'), `a receipt that other tools take: ${text.slice(0, 60)}`);
}

async function retireOne(page, base, key) {
  await page.goto(`${base}/registers/asset/${key}`);
  await page.getByRole('button', { name: '終わらせる', exact: true }).click();
  await page.getByRole('dialog').getByLabel('理由').fill('統合のため');
  await page.getByRole('button', { name: '1 件を終わらせる' }).click();
}

// What others refer to stays and says who does; anything else leaves the register and comes back.
async function retire(visitor, base) {
  const { page } = visitor;
  await retireOne(page, base, 'A-004');
  await page.getByText('参照されています').waitFor();
  await look(visitor, 'form-retire');
  await retireOne(page, base, 'A-060');
  await page.getByText('1 件を終わらせました').waitFor();
  await page.getByRole('grid').waitFor();
  expect((await read(page, '/registers/asset/records/A-060')).status === 404, 'it left the register');
  await page.getByRole('button', { name: '元に戻す' }).click();
  await page.waitForFunction(async () => (await fetch('/o/sample/api/v1/registers/asset/records/A-060')).ok);
}

const site = await startSite();
const server = await serve(new URL('../dist', import.meta.url).pathname, forwardTo(site.port));
const base = `${server.url}/o/sample`;
const browser = await launch();
await mkdir(folder, { recursive: true });
const wanted = process.argv.slice(2);
try {
  const visitor = await visit(browser, {});
  await visitor.page.goto(`${server.url}/o/sample/link#${site.secret}`);
  await visitor.page.getByRole('button', { name: 'サインイン' }).click();
  await visitor.page.getByRole('navigation', { name: '主なページ' }).waitFor();
  await visitor.page.waitForSelector('main h1');
  for (const [name, act] of Object.entries({ addRecord, dropFile, conflict, receipt, retire })) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const began = Date.now();
    await act(visitor, base).catch(async (error) => {
      found.push(`${name}: ${error.message.slice(0, 600)}`);
      await visitor.page.screenshot({ path: `${folder}failed-${name}.png` });
    });
    console.log(`${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
  }
} finally {
  await browser.close();
  await server.close();
  site.stop();
}
for (const one of new Set(found)) console.error(one);
console.log(found.length === 0 ? 'forms: nothing found' : `forms: ${found.length} findings`);
process.exit(found.length === 0 ? 0 : 1);

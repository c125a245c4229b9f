// Lists and files, in Debian's Chromium against a real server: a CP932 file with an error and then without, taken back as one;
// records chosen by keys, one field of them changed and restored; filters, a saved view, and the file of what is shown.
// Usage: npm run build && node test/lists.mjs; screenshots go to web/shots.
import { mkdir } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { cuts, findings, launch, visit } from './browser.mjs';
import { serve } from './server.mjs';
import { forwardTo, startSite } from './site.mjs';

const folder = new URL('../shots/', import.meta.url).pathname;
const widths = [320, 390, 834, 1024, 1440];
const found = [];
// What was refused is told as a report, and the browser tells it once more.
const expected = /status of 422/;
const note = (name, list) => found.push(...list.filter((one) => !expected.test(one)).map((one) => `${name}: ${one}`));

function expect(holds, what) {
  if (!holds) throw new Error(what);
}

// As Excel in Japan writes CSV.
const cp932 = (text) => execFileSync('iconv', ['-f', 'UTF-8', '-t', 'CP932'], { input: text });
const csv = (name, text) => ({ name, mimeType: 'text/csv', buffer: cp932(text) });

async function signIn(browser, url, secret) {
  const visitor = await visit(browser, {});
  await visitor.page.goto(`${url}/o/sample/link#${secret}`);
  await visitor.page.getByRole('button', { name: 'サインイン' }).click();
  await visitor.page.getByRole('navigation', { name: '主なページ' }).waitFor();
  await visitor.page.waitForSelector('main h1');
  return visitor;
}

async function count(page) {
  return page.evaluate(async () => {
    const { total } = await (await fetch('/o/sample/api/v1/registers/asset/records?limit=1')).json();
    return total;
  });
}

// Look at what is on the screen in both themes and at every width.
async function look(visitor, name) {
  const { page } = visitor;
  await page.waitForTimeout(250);
  await page.screenshot({ path: `${folder}${name}-desktop-ja-light.png` });
  note(name, await findings(visitor));
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.screenshot({ path: `${folder}${name}-desktop-ja-dark.png` });
  note(`${name}, dark`, await findings(visitor));
  for (const width of widths) note(name, await cuts(page, width));
  await page.setViewportSize({ width: 390, height: 844 });
  await page.waitForTimeout(150);
  await page.screenshot({ path: `${folder}${name}-phone-ja-dark.png` });
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 1440, height: 900 });
}

async function importFile(visitor, base) {
  const { page } = visitor;
  const before = await count(page);
  await page.goto(`${base}/registers/asset`);
  await page.getByRole('link', { name: '取り込む' }).click();
  await page.getByRole('heading', { level: 1, name: /に取り込む/ }).waitFor();
  await look(visitor, 'import-file');
  const head = '管理番号,資産の名前,管理責任者,媒体・保存先,登録日\r\n';
  const good = 'W-001,取引先名簿,E009,社内サーバー,2026-04-01\r\nW-002,設計図①,E018,書類,2026/5/7\r\n';
  await page.setInputFiles('input[type=file]', csv('資産.csv', `${head}${good}W-003,契約書,E018,書類,来週\r\n`));
  await page.getByRole('button', { name: '確かめる' }).waitFor();
  // A heading of another system: somebody says what it is.
  await page.getByRole('combobox', { name: /資産の名前/ }).click();
  await page.getByRole('option', { name: '情報資産名称' }).click();
  await look(visitor, 'import-columns');
  await page.getByRole('button', { name: '確かめる' }).click();
  await page.getByText(/直すところが \d+ か所あります/).waitFor();
  await look(visitor, 'import-errors');
  expect(await page.getByRole('cell', { name: '来週' }).count(), 'the wrong value is shown');
  expect((await count(page)) === before, 'nothing is written while a row is wrong');
  await page.setInputFiles('input[type=file]', csv('資産.csv', head + good));
  await page.getByRole('button', { name: '確かめる' }).click();
  await page.getByRole('button', { name: '2 行を取り込む' }).click();
  await page.getByText('追加 2 件').waitFor();
  await look(visitor, 'import-done');
  expect((await count(page)) === before + 2, 'two records more');
  const [receipt] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '記録証明を保存' }).click()]);
  expect(receipt.suggestedFilename().endsWith('.tlog-proof'), 'the import has a receipt');
  await page.getByRole('button', { name: '取り込みを元に戻す' }).click();
  await page.getByText('取り込みを元に戻しました（2 件）').waitFor();
  expect((await count(page)) === before, 'the import is undone as one');
}

const chosen = (page) => page.getByRole('row', { selected: true }).count();

async function changeMany(visitor, base) {
  const { page } = visitor;
  await page.goto(`${base}/registers/asset`);
  const grid = page.getByRole('grid');
  // Rows stand there before what is in them has come; keys choose only what one can read.
  await page.waitForFunction(() => [...document.querySelectorAll('[role=row]')].slice(1, 4).every((row) => row.textContent.trim() !== ''));
  await grid.focus();
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+j');
  await page.getByRole('row', { selected: true }).nth(2).waitFor();
  expect((await chosen(page)) === 3, `three rows are chosen by keys, not ${await chosen(page)}`);
  await look(visitor, 'list-chosen');
  await page.getByRole('button', { name: '項目を変える' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: '変える項目' }).click();
  await page.getByRole('option', { name: '備考', exact: true }).click();
  await dialog.getByLabel('備考').fill('まとめて直しました');
  await dialog.getByText('変わるもの').waitFor();
  await look(visitor, 'list-change');
  await dialog.getByRole('button', { name: '3 件を変える' }).click();
  await page.getByText('3 件を変えました').waitFor();
  const marked = () =>
    page.evaluate(async () => {
      const asked = '/o/sample/api/v1/registers/asset/records?limit=1&q=' + encodeURIComponent('まとめて直しました');
      return (await (await fetch(asked)).json()).total;
    });
  expect((await marked()) === 3, 'three records have the new value');
  await page.getByRole('button', { name: '元に戻す' }).click();
  await page.getByText('3 件を元に戻しました').waitFor();
  expect((await marked()) === 0, 'and their old ones again');
}

async function filterAndSave(visitor, base) {
  const { page } = visitor;
  await page.goto(`${base}/registers/asset`);
  await page.getByRole('row').nth(3).waitFor();
  const all = await count(page);
  await page.getByRole('button', { name: '絞り込み' }).click();
  await page.getByRole('combobox', { name: '項目' }).click();
  await page.getByRole('option', { name: '管理部署' }).click();
  await page.getByRole('combobox', { name: '条件' }).click();
  await page.getByRole('option', { name: '空', exact: true }).click();
  await look(visitor, 'list-filter');
  await page.getByRole('button', { name: '絞り込む' }).click();
  await page.getByText('管理部署が空', { exact: true }).waitFor();
  const wanted = await page.evaluate(async () => {
    const answer = await fetch('/o/sample/api/v1/registers/asset/records?limit=1&filter=department:empty');
    return (await answer.json()).total;
  });
  await page.getByText(`${wanted} 件`, { exact: true }).waitFor();
  expect((await page.getByText('一覧は開いたときのままです').count()) === 0, 'nobody changed anything');
  expect(page.url().includes('filter='), 'the filter is in the address');
  await page.getByRole('button', { name: '表示', exact: true }).click();
  await page.getByRole('menuitem', { name: '今の表示を保存する' }).click();
  await page.getByLabel('名前').fill('部署あり');
  await page.getByRole('dialog').getByRole('button', { name: '保存する' }).click();
  await page.getByRole('button', { name: '管理部署が空を外す' }).click();
  await page.getByText('管理部署が空', { exact: true }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '表示', exact: true }).click();
  await page.getByRole('menuitem', { name: '部署あり', exact: true }).click();
  await page.getByText('管理部署が空', { exact: true }).waitFor();
  await page.waitForTimeout(200);
  await look(visitor, 'list-filtered');
  await page.getByRole('button', { name: '書き出す' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'CSV' }).first().click()]);
  const text = (await (await download.createReadStream()).toArray()).join('');
  const lines = text.trim().split('\r\n');
  expect(lines[0].includes('管理番号') && lines.length - 1 <= all, `the file holds what is shown: ${lines[0]}`);
}

const site = await startSite();
const server = await serve(new URL('../dist', import.meta.url).pathname, forwardTo(site.port));
const base = `${server.url}/o/sample`;
const browser = await launch();
await mkdir(folder, { recursive: true });
const wanted = process.argv.slice(2);
try {
  const visitor = await signIn(browser, server.url, site.secret);
  for (const [name, act] of Object.entries({ importFile, changeMany, filterAndSave })) {
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
console.log(found.length === 0 ? 'lists: nothing found' : `lists: ${found.length} findings`);
process.exit(found.length === 0 ? 0 : 1);

// Every component in every state under the real policy, both languages and themes: no violation, no axe finding, nothing
// cut at five widths. Screenshots go to web/shots for people to look at. Usage: node test/gallery.mjs [--quick]
import { mkdir } from 'node:fs/promises';
import { cuts, findings, launch, visit } from './browser.mjs';
import { serve } from './server.mjs';

const widths = [320, 390, 834, 1024, 1440];
const quick = process.argv.includes('--quick');
// What floats lies outside of the landmarks, by nature.
const floating = '[data-base-ui-portal], [role=dialog], [role=menu], [role=listbox]';
const folder = new URL('../shots/', import.meta.url).pathname;

async function look(browser, url, view) {
  const visitor = await visit(browser, view);
  const name = `gallery-${view.phone ? 'phone' : 'desktop'}-${view.language}-${view.theme}`;
  await visitor.page.goto(`${url}/dev/ui`);
  await visitor.page.waitForSelector('h1');
  await visitor.page.screenshot({ path: `${folder}${name}.png`, fullPage: true });
  const found = await findings(visitor, { without: ['landmark-unique'] }); // one page holds every picture several times
  if (!view.phone) for (const width of widths) found.push(...(await cuts(visitor.page, width)));
  await visitor.context.close();
  return found.map((one) => `${name}: ${one}`);
}

// Opens what floats, so that its styles and names are seen too.
async function open(browser, url, view) {
  const visitor = await visit(browser, view);
  const { page } = visitor;
  const found = [];
  await page.goto(`${url}/dev/ui`);
  for (const name of ['dialog', 'drawer', 'menu', 'popover', 'toast']) {
    await page.getByRole('button', { name, exact: true }).click();
    await page.waitForTimeout(250);
    await page.screenshot({ path: `${folder}gallery-${name}-${view.theme}.png` });
    found.push(...(await findings(visitor, { without: ['region'], within: floating })).map((one) => `${name}: ${one}`));
    await page.keyboard.press('Escape');
  }
  for (const combo of ['combobox']) {
    const box = page.getByRole(combo).first();
    await box.scrollIntoViewIfNeeded();
    await box.click();
    await page.waitForTimeout(250);
    await page.screenshot({ path: `${folder}gallery-${combo}-${view.theme}.png` });
    found.push(...(await findings(visitor, { without: ['region'], within: floating })).map((one) => `${combo}: ${one}`));
  }
  await visitor.context.close();
  return found;
}

const server = await serve(new URL('../dist-gallery', import.meta.url).pathname);
const browser = await launch();
await mkdir(folder, { recursive: true });
const found = [];
for (const language of quick ? ['ja'] : ['ja', 'en'])
  for (const theme of quick ? ['light'] : ['light', 'dark'])
    for (const phone of [false, true])
      found.push(...(await look(browser, server.url, { language, theme, phone, width: phone ? 390 : 1440, height: phone ? 844 : 900 })));
for (const theme of quick ? ['light'] : ['light', 'dark']) found.push(...(await open(browser, server.url, { theme })));
await browser.close();
await server.close();
for (const one of new Set(found)) console.error(one);
console.log(found.length === 0 ? 'gallery: nothing found' : `gallery: ${found.length} findings`);
process.exit(found.length === 0 ? 0 : 1);

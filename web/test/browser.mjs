// A page of Debian's Chromium that remembers everything that must not happen.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export async function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--lang=ja-JP'] });
}

const watch = `document.addEventListener('securitypolicyviolation', (event) => {
  (window.__violations ??= []).push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sourceFile + ':' + event.lineNumber);
})`;

// One visitor: a language, a theme, a size.
export async function visit(browser, { language = 'ja', theme = 'light', width = 1440, height = 900, phone = false }) {
  const context = await browser.newContext({
    viewport: { width, height },
    locale: language === 'ja' ? 'ja-JP' : 'en-GB',
    timezoneId: 'Asia/Tokyo',
    colorScheme: theme,
    reducedMotion: 'reduce',
    hasTouch: phone,
    isMobile: phone,
  });
  await context.addInitScript(watch);
  const page = await context.newPage();
  page.setDefaultTimeout(90_000); // judging a year for the first time, on a busy machine
  const errors = [];
  page.on('pageerror', (error) => errors.push(`page error: ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && errors.push(`console: ${message.text()}`));
  return { page, context, errors };
}

// What must be empty after a visit: violations of the policy, errors, axe's findings.
export async function findings({ page, errors }, { without = [], within = null } = {}) {
  const violations = await page.evaluate('window.__violations ?? []');
  return [...violations.map((one) => `policy: ${one}`), ...errors, ...(await axeFindings(page, without, within))];
}

async function axeFindings(page, without, within) {
  await page.evaluate(axe); // by CDP: a script tag is refused, as it should be
  const result = await page.evaluate(
    ([tags, part]) => window.axe.run((part && document.querySelector(part)) ?? document, { runOnly: tags, resultTypes: ['violations'] }),
    [rules, within],
  );
  return result.violations
    .filter((rule) => !without.includes(rule.id))
    .flatMap((rule) =>
      rule.nodes.slice(0, 4).map((node) => `axe ${rule.id}: ${node.html.slice(0, 160)} — ${node.failureSummary?.split('\n')[1] ?? ''}`),
    );
}

// The page may not scroll sideways, and nothing that carries a verdict may be cut by its card.
export async function cuts(page, width) {
  await page.setViewportSize({ width, height: 900 });
  return page.evaluate((at) => {
    const found = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) {
      const wide = [...document.querySelectorAll('main *')].find(
        (node) => node.getBoundingClientRect().right > root.clientWidth + 1 && !node.closest('[role=grid]'),
      );
      found.push(`${at}: page is ${root.scrollWidth} wide: ${wide?.outerHTML.slice(0, 140)}`);
    }
    for (const tile of document.querySelectorAll('[data-mark-tile]')) {
      const card = tile.closest('section, article');
      if (card && tile.getBoundingClientRect().right > card.getBoundingClientRect().right + 1 && !tile.closest('[role=grid]'))
        found.push(`${at}: cut: ${tile.outerHTML.slice(0, 120)}`);
    }
    return found.slice(0, 4);
  }, width);
}

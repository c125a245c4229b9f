// How smoothly a list of 100,000 records scrolls: frames a second and the longest frames, in Chromium at 1440×900, against a real
// server. Nothing else may run meanwhile: a compiler beside it costs 5 to 15 frames a second.
// Usage: npm run build && node test/scroll.mjs [rows]
import { loadavg } from 'node:os';
import { launch, visit } from './browser.mjs';
import { serve } from './server.mjs';
import { forwardTo, startSite } from './site.mjs';

const rows = Number(process.argv[2] ?? 100_000);
const seconds = 8;
const limits = { fps: 50, p99: 34, waiting: 5 };

async function signIn(browser, url, secret) {
  const visitor = await visit(browser, {});
  await visitor.page.goto(`${url}/o/sample/link#${secret}`);
  await visitor.page.getByRole('button', { name: 'サインイン' }).click();
  await visitor.page.waitForSelector('main h1');
  return visitor.page;
}

// 100,000 assets by the import that people use.
async function fill(page) {
  return page.evaluate(async (count) => {
    const media = ['書類', '社内サーバー', '社外サーバー', '可搬電子媒体'];
    const lines = Array.from({ length: count }, (_, at) => {
      const code = `L-${String(at + 1).padStart(6, '0')}`;
      const day = `2025-${String(1 + (at % 12)).padStart(2, '0')}-${String(1 + (at % 28)).padStart(2, '0')}`;
      return `${code},顧客名簿 ${2010 + (at % 16)}年度 第${at + 1}号,${['E003', 'E009', 'E018'][at % 3]},${media[at % 2]},${day}`;
    });
    const body = `管理番号,情報資産名称,管理責任者,媒体・保存先,登録日\r\n${lines.join('\r\n')}\r\n`;
    const headers = { 'Content-Type': 'application/octet-stream', 'Accept-Language': 'ja', 'Idempotency-Key': crypto.randomUUID() };
    const answer = await fetch('/o/sample/api/v1/registers/asset/import', { method: 'POST', headers, body });
    return `${answer.status} ${(await answer.text()).slice(0, 300)}`;
  }, rows);
}

// Moves on by so many pixels at each frame, and notes when frames came and how many rows in sight still waited.
function measure(page, step) {
  return page.evaluate(
    ([pixels, length]) =>
      new Promise((done) => {
        const grid = document.querySelector('[role=grid]');
        grid.scrollTop = 0;
        const times = [];
        let waiting = 0;
        const frame = (now) => {
          times.push(now);
          const rowsInSight = [...grid.querySelectorAll('[role=rowgroup] > [role=row]')];
          if (times.length % 4 === 0 && rowsInSight.some((row) => row.querySelector('[class*=waiting]'))) waiting++;
          if (now - times[0] > length * 1000) return done({ times, waiting, at: grid.scrollTop });
          grid.scrollTop += pixels;
          return requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }),
    [step, seconds],
  );
}

function table(name, { times, waiting, at }) {
  const lengths = times.slice(1).map((time, index) => time - times[index]);
  lengths.sort((a, b) => a - b);
  const of = (share) => lengths[Math.min(lengths.length - 1, Math.floor(lengths.length * share))];
  const fps = (1000 * lengths.length) / lengths.reduce((sum, one) => sum + one, 0);
  const share = (400 * waiting) / lengths.length; // every fourth frame was looked at
  const cells = [name, fps.toFixed(1), of(0.5).toFixed(1), of(0.99).toFixed(1), lengths.at(-1).toFixed(1)];
  console.log([...cells, `${share.toFixed(0)} %`, Math.round(at)].map((cell) => String(cell).padStart(16)).join(''));
  return { fps, p99: of(0.99), share };
}

const site = await startSite();
const server = await serve(new URL('../dist', import.meta.url).pathname, forwardTo(site.port));
const browser = await launch();
let slow = false;
try {
  const page = await signIn(browser, server.url, site.secret);
  const began = Date.now();
  const answer = await fill(page);
  console.log(`import of ${rows} rows: ${((Date.now() - began) / 1000).toFixed(1)} s, ${answer}`);
  await page.goto(`${server.url}/o/sample/registers/asset`);
  await page.getByRole('row').nth(20).waitFor();
  await page.waitForTimeout(3000);
  console.log(
    ['px a frame', 'frames/s', 'median ms', 'p99 ms', 'longest ms', 'frames waiting', 'scrolled px']
      .map((head) => head.padStart(16))
      .join(''),
  );
  for (const step of [120, 120, 120, 900]) {
    const { fps, p99, share } = table(step, await measure(page, step));
    if (step === 120 && (fps < limits.fps || p99 > limits.p99 || share > limits.waiting)) slow = true;
    await page.waitForTimeout(1000);
  }
  console.log(
    `load of the machine meanwhile: ${loadavg()[0].toFixed(1)}; at 120 px wanted: ≥ ${limits.fps} frames/s, p99 < ${limits.p99} ms`,
  );
} finally {
  await browser.close();
  await server.close();
  site.stop();
}
process.exit(slow ? 1 : 0);

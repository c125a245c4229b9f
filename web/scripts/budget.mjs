// The first load (HTML, its scripts and styles, one language and what they preload) and every chunk, in gzip bytes, against ui.md 1.3.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const dist = new URL('../dist/', import.meta.url).pathname;
const limits = { first: 200_000, css: 15_000, everyCss: 26_000, chunk: 25_000 };

const size = (path) => gzipSync(readFileSync(join(dist, path)), { level: 9 }).length;
const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

// What a chunk imports at once, and with it.
function closure(path, seen = new Set()) {
  if (seen.has(path)) return seen;
  seen.add(path);
  const text = readFileSync(join(dist, path), 'utf8');
  for (const match of text.matchAll(/(?:from|^import|;import|\}import)\s*"\.\/([^"]+\.js)"/g)) closure(`assets/${match[1]}`, seen);
  return seen;
}

const html = readFileSync(join(dist, 'index.html'), 'utf8');
const linked = [...html.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map((match) => match[1]);
const assets = readdirSync(join(dist, 'assets')).map((name) => `assets/${name}`);
const language = assets.filter((path) => /\/(ja|en)-/.test(path));
const first = new Set(linked.flatMap((path) => (path.startsWith('assets/') && path.endsWith('.js') ? [...closure(path)] : [path])));
const heaviestLanguage = language.sort((a, b) => size(b) - size(a))[0];
if (heaviestLanguage) first.add(heaviestLanguage);

const css = (paths) => paths.filter((path) => path.endsWith('.css')).reduce((sum, path) => sum + size(path), 0);
const firstBytes = size('index.html') + [...first].reduce((sum, path) => sum + size(path), 0);
const rows = [
  ['first load', firstBytes, limits.first],
  ['first CSS', css([...first]), limits.css],
  ['all CSS, with every page', css(assets), limits.everyCss],
];
for (const path of assets.filter((one) => one.endsWith('.js') && !first.has(one))) rows.push([path, size(path), limits.chunk]);

let over = 0;
for (const [name, bytes, limit] of rows) {
  if (bytes > limit) over++;
  console.log(`${bytes > limit ? 'OVER ' : '     '}${kB(bytes).padStart(9)} of ${kB(limit).padStart(8)}  ${name}`);
}
process.exit(over === 0 ? 0 : 1);

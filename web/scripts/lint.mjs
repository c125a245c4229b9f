// Habits that a compiler does not hold: where libraries may be imported, how long files get, what the page's policy forbids.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
const maxLines = 500;

// Library → folders that may import it. Everything else sees only our own wrappers.
const homes = {
  '@base-ui/react': ['src/ui'],
  '@tanstack/react-virtual': ['src/ui'],
  '@tanstack/react-query': ['src/api'],
  wouter: ['src/ui', 'src/shell'],
};

const forbidden = [
  [/\bas any\b|: any\b|<any>|any\[\]/, 'any: say the type'],
  [/dangerouslySetInnerHTML|\.innerHTML|insertAdjacentHTML|document\.write/, 'HTML as text: the page policy refuses it'],
  [/@ts-ignore|@ts-nocheck/, 'a silenced compiler: mend the type'],
  [/toLocaleDateString|toLocaleString/, "the browser's own format: use the formats of words/"],
];

function filesOf(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesOf(path) : [path];
  });
}

function importsOf(text) {
  return [...text.matchAll(/(?:from|import\()\s*'([^'.][^']*)'/g)].map((match) => match[1]);
}

function problemsOf(path) {
  const text = readFileSync(path, 'utf8');
  const name = relative(root, path);
  const found = [];
  const lines = text.split('\n').length;
  if (lines > maxLines) found.push(`${lines} lines (at most ${maxLines})`);
  for (const [library, folders] of Object.entries(homes))
    if (
      importsOf(text).some((one) => one === library || one.startsWith(`${library}/`)) &&
      !folders.some((folder) => name.startsWith(`${folder}/`))
    )
      found.push(`imports ${library}, which belongs to ${folders.join(', ')}`);
  for (const [pattern, why] of forbidden) if (pattern.test(text)) found.push(why);
  return found.map((one) => `web/${name}: ${one}`);
}

const found = filesOf(join(root, 'src'))
  .filter((path) => /\.(tsx?|css)$/.test(path) && !path.endsWith('.d.ts')) // schema.d.ts is made
  .flatMap(problemsOf);
for (const one of found) console.error(one);
process.exit(found.length === 0 ? 0 : 1);

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

type Theme = 'light' | 'dark';

function colours(theme: Theme): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name, light, dark] of css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);/g))
    found.set(name!, theme === 'light' ? light! : dark!);
  for (const [, name, both] of css.matchAll(/--([\w-]+): (#\w{6});/g)) found.set(name!, both!);
  return found;
}

// WCAG 2.2, relative luminance and contrast ratio.
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(theme: Theme, front: string, back: string): number {
  const all = colours(theme);
  const [one, two] = [all.get(front), all.get(back)];
  if (!one || !two) throw new Error(`no such token: ${one ? back : front}`);
  const [high, low] = [luminance(one), luminance(two)].sort((a, b) => b - a) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const grounds = ['paper', 'card', 'sunk'];
const text: [string, string][] = [
  ...['ink', 'ink2', 'ink3', 'ai', 'o', 'p', 'x', 'u'].flatMap((front) => grounds.map((back): [string, string] => [front, back])),
  ...['ink', 'ink2'].flatMap((front) => ['ai-s', 'o-s', 'p-s', 'x-s', 'u-s'].map((back): [string, string] => [front, back])),
  ['ai', 'ai-s'],
  ['o', 'o-s'],
  ['p', 'p-s'],
  ['x', 'x-s'],
  ['u', 'u-s'],
  ['on-x', 'x-fill'],
  ['on-ai', 'ai'],
  ['n', 'card'],
  ['n', 'paper'],
];
const shapes: [string, string][] = [
  ['line2', 'card'],
  ['line2', 'paper'],
  ['x-fill', 'card'],
  ['p', 'p-s'],
  ['o', 'card'],
  ['n', 'sunk'],
  ['ai', 'paper'],
];

describe.each<Theme>(['light', 'dark'])('%s', (theme) => {
  it.each(text)('%s on %s can be read', (front, back) => {
    expect(contrast(theme, front, back)).toBeGreaterThanOrEqual(4.5);
  });
  it.each(shapes)('%s on %s can be seen', (front, back) => {
    expect(contrast(theme, front, back)).toBeGreaterThanOrEqual(3);
  });
});

it('counts the tokens, so that one written otherwise is not left out', () => {
  expect(colours('light').size).toBe([...css.matchAll(/--[\w-]+: (light-dark\(#|#)/g)].length);
});

import { expect, it } from 'vitest';
import { day } from '../time/day.ts';
import { formatsOf } from './formats.ts';

const ja = formatsOf('ja');
const en = formatsOf('en');
const monday = day('2026-11-23');

it('writes days as people do', () => {
  expect(ja.day(monday)).toBe('2026年11月23日(月)');
  expect(en.day(monday)).toBe('Mon, 23 Nov 2026');
  expect(ja.dayShort(day('2026-12-04'))).toBe('12/4(金)');
  expect(en.dayShort(day('2026-12-04'))).toBe('Fri 4 Dec');
});

it('is relative up to thirty days only', () => {
  expect(ja.relative(monday, monday)).toBe('今日');
  expect(ja.relative(day('2026-11-26'), monday)).toBe('3 日後');
  expect(en.relative(day('2026-11-22'), monday)).toBe('yesterday');
  expect(en.relative(day('2026-12-23'), monday)).toBe('in 30 days');
  expect(en.relative(day('2026-12-24'), monday)).toBeNull();
});

it('groups digits and shortens sizes', () => {
  expect(ja.number(48213)).toBe('48,213');
  expect(en.bytes(0)).toBe('0 B');
  expect(en.bytes(1536)).toBe('1.5 kB');
  expect(en.bytes(5 * 1024 ** 3)).toBe('5 GB');
});

import { expect, it } from 'vitest';
import { addDays, addMonths, clampDay, day, daysBetween, mondayOf, parseDay, weekdayOf } from './day.ts';

it('refuses what is no day', () => {
  expect(parseDay('2026-02-30')).toBeNull();
  expect(parseDay('2026-2-3')).toBeNull();
  expect(parseDay('')).toBeNull();
  expect(parseDay('2028-02-29')).toBe('2028-02-29');
  expect(() => day('yesterday')).toThrow(RangeError);
});

it('counts over months, years and the days on which clocks change', () => {
  expect(addDays(day('2026-12-31'), 1)).toBe('2027-01-01');
  expect(addDays(day('2026-03-29'), 1)).toBe('2026-03-30');
  expect(daysBetween(day('2026-11-23'), day('2027-11-23'))).toBe(365);
  expect(daysBetween(day('2026-11-23'), day('2026-11-20'))).toBe(-3);
});

it('keeps to the end of a shorter month', () => {
  expect(addMonths(day('2026-12-31'), 2)).toBe('2027-02-28');
  expect(addMonths(day('2026-03-15'), -12)).toBe('2025-03-15');
});

it('begins weeks on Monday', () => {
  expect(weekdayOf(day('2026-11-23'))).toBe(0);
  expect(mondayOf(day('2026-11-29'))).toBe('2026-11-23');
});

it('holds a day within its bounds', () => {
  const [first, last] = [day('2026-01-01'), day('2026-12-31')];
  expect(clampDay(day('2025-06-01'), first, last)).toBe(first);
  expect(clampDay(day('2027-06-01'), first, last)).toBe(last);
});

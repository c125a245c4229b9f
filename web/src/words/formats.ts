import { type Day, daysBetween, partsOf, weekdayOf } from '../time/day.ts';

export type Language = 'ja' | 'en';

// How days, instants and numbers are written. Built from parts rather than by Intl's patterns, which differ between browsers.
export interface Formats {
  language: Language;
  day(value: Day): string; // 2026年11月23日(月) · Mon, 23 Nov 2026
  dayShort(value: Day): string; // 11/23(月) · Mon 23 Nov
  dayOfYear(value: Day): string; // 2026年11月23日 · 23 Nov 2026
  month(value: Day): string; // 11月 · Nov
  monthYear(value: Day): string; // 2026年11月 · November 2026
  weekday(index: number): string; // 0 Monday
  relative(value: Day, today: Day): string | null; // up to 30 days away, else null
  instant(value: string): string; // in the browser's zone, with its minutes
  number(value: number): string;
  bytes(value: number): string;
}

const weekdays = { ja: ['月', '火', '水', '木', '金', '土', '日'], en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] };
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const longMonths = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const relativeLimit = 30;

function relativeWord(language: Language, distance: number): string {
  const far = Math.abs(distance);
  if (language === 'ja') {
    if (distance === 0) return '今日';
    if (distance === 1) return '明日';
    if (distance === -1) return '昨日';
    return distance > 0 ? `${far} 日後` : `${far} 日前`;
  }
  if (distance === 0) return 'today';
  if (distance === 1) return 'tomorrow';
  if (distance === -1) return 'yesterday';
  return distance > 0 ? `in ${far} days` : `${far} days ago`;
}

function sized(value: number, number: (value: number) => string): string {
  if (value < 1024) return `${number(value)} B`;
  const steps = ['kB', 'MB', 'GB'];
  let size = value / 1024;
  let step = 0;
  for (; size >= 1024 && step < steps.length - 1; step++) size /= 1024;
  return `${number(Math.round(size * 10) / 10)} ${steps[step] ?? ''}`;
}

export function formatsOf(language: Language): Formats {
  const ja = language === 'ja';
  const numbers = new Intl.NumberFormat(ja ? 'ja-JP' : 'en-GB');
  const instants = new Intl.DateTimeFormat(ja ? 'ja-JP' : 'en-GB', { dateStyle: 'medium', timeStyle: 'short' });
  const number = (value: number) => numbers.format(value);
  const weekday = (index: number) => weekdays[language][index] ?? '';
  const nameOfDay = (value: Day) => weekday(weekdayOf(value));
  const dayOfYear = (value: Day) => {
    const { year, month, dayOfMonth } = partsOf(value);
    return ja ? `${year}年${month}月${dayOfMonth}日` : `${dayOfMonth} ${months[month - 1]} ${year}`;
  };
  return {
    language,
    number,
    weekday,
    dayOfYear,
    day: (value) => (ja ? `${dayOfYear(value)}(${nameOfDay(value)})` : `${nameOfDay(value)}, ${dayOfYear(value)}`),
    dayShort: (value) => {
      const { month, dayOfMonth } = partsOf(value);
      return ja ? `${month}/${dayOfMonth}(${nameOfDay(value)})` : `${nameOfDay(value)} ${dayOfMonth} ${months[month - 1]}`;
    },
    month: (value) => (ja ? `${partsOf(value).month}月` : (months[partsOf(value).month - 1] ?? '')),
    monthYear: (value) => {
      const { year, month } = partsOf(value);
      return ja ? `${year}年${month}月` : `${longMonths[month - 1]} ${year}`;
    },
    relative: (value, today) => {
      const distance = daysBetween(today, value);
      return Math.abs(distance) <= relativeLimit ? relativeWord(language, distance) : null;
    },
    instant: (value) => instants.format(new Date(value)),
    bytes: (value) => sized(value, number),
  };
}

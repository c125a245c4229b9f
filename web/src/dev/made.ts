// Made-up data for the gallery. It obeys the rules: an item with 3 of 8 rows is △, not ×.
import type { MarkKind } from '../model.ts';
import { addDays, day } from '../time/day.ts';
import type { ForecastChange } from '../ui/ForecastGrid.tsx';
import type { FleetDevice } from '../ui/FleetPicture.tsx';
import type { PictureArea, PictureItem } from '../ui/SheetPicture.tsx';
import type { Series } from '../ui/DateBar.tsx';
import type { Week } from '../ui/HistoryStrip.tsx';

export const today = day('2026-11-23');

const areas: [string, string, number][] = [
  ['組織的対策', 'Organisational', 4],
  ['人的対策', 'People', 3],
  ['情報資産管理', 'Information assets', 7],
  ['アクセス制御及び認証', 'Access and authentication', 5],
  ['物理的対策', 'Physical', 4],
  ['IT機器利用', 'IT equipment', 10],
  ['IT基盤運用管理', 'IT infrastructure', 10],
  ['システム開発及び保守', 'Development', 3],
  ['委託管理', 'Outsourcing', 3],
  ['インシデント対応・事業継続', 'Incidents and continuity', 3],
];
const partial: Record<number, [number, number]> = {
  2: [33, 36],
  7: [40, 43],
  12: [60, 65],
  16: [3, 8],
  21: [55, 58],
  24: [160, 165],
  28: [62, 66],
  34: [54, 57],
  47: [24, 25],
};
const missing = new Set([39, 52]);
const soon = new Set([13, 18, 22, 23, 25, 26, 27, 29, 30, 35, 36, 40, 43, 46]);
const questions = {
  ja: '従業員の退職や異動に応じてサーバーのアクセス権限を随時更新し、定期的なレビューを通じてその適切性を検証していますか？',
  en: 'Are server access rights updated as employees leave or are transferred, and their appropriateness verified by periodic review?',
};

function verdictOf(number: number): MarkKind {
  if (partial[number]) return 'partial';
  if (missing.has(number)) return 'none';
  return number === 38 ? 'unknown' : number === 51 ? 'not_applicable' : 'full';
}

function itemOf(number: number, language: 'ja' | 'en', compared: boolean): PictureItem {
  const verdict = verdictOf(number);
  const [good, total] = partial[number] ?? (verdict === 'full' ? [31, 31] : verdict === 'not_applicable' ? [0, 0] : [0, 2]);
  const before: MarkKind | undefined = compared
    ? number % 11 === 5
      ? 'partial'
      : number === 39
        ? 'unknown'
        : number === 28
          ? 'none'
          : verdict
    : undefined;
  return {
    number: String(number),
    question: questions[language],
    verdict,
    good,
    total,
    before,
    gap: verdict !== 'full' && verdict !== 'not_applicable',
    soon: soon.has(number),
    next: soon.has(number) ? addDays(today, number % 29) : null,
  };
}

export function madeAreas(language: 'ja' | 'en', compared = false): PictureArea[] {
  let number = 0;
  return areas.map(([ja, en, count], at) => ({
    number: String(at + 1),
    name: language === 'ja' ? ja : en,
    items: Array.from({ length: count }, () => itemOf(++number, language, compared)),
  }));
}

export function emptyAreas(language: 'ja' | 'en'): PictureArea[] {
  return madeAreas(language).map((area) => ({
    ...area,
    items: area.items.map((item) => ({ ...item, verdict: 'unknown', good: 0, total: 0, gap: false, soon: false, next: null })),
  }));
}

const levels = [24, 25, 23, 26, 27, 30, 31, 33, 34, 35, 36, 38, 39, 39, 37, 33, 31, 29, 26, 22, 18, 15, 11, 9, 6];
export const series: Series = {
  first: addDays(today, -365),
  last: addDays(today, 183),
  today,
  total: 51,
  steps: levels.map((full, at) => ({ day: addDays(today, -365 + at * 23 + (at > 15 ? 20 : 0)), full })),
};

export const weeks: Week[] = Array.from({ length: 52 }, (_, at) => ({
  day: addDays(today, (at - 51) * 7),
  verdict: at < 4 ? 'unknown' : at < 9 ? 'none' : at < 18 || at > 49 ? 'partial' : at === 30 ? 'not_applicable' : 'full',
}));

export function madeChanges(): ForecastChange[] {
  const offsets = [1, 1, 2, 3, 3, 3, 3, 3, 5, 8, 9, 14, 14, 20, 28, 31, 36, 44, 52, 60, 61, 70];
  return offsets.map((offset, at) => ({
    day: addDays(today, offset),
    number: String(8 + at * 2),
    question: questions.ja,
    from: 'full',
    to: at % 7 === 3 ? 'unknown' : at % 9 === 5 ? 'none' : 'partial',
    href: `/sheet/${8 + at * 2}`,
  }));
}

export const holidays = [day('2026-11-23'), day('2027-01-01'), day('2027-01-11'), day('2027-02-11')];

const platforms = ['macOS', 'Windows', 'iOS', 'Linux'];
export const devices: FleetDevice[] = Array.from({ length: 57 }, (_, at) => {
  const verdict: MarkKind = at % 19 === 7 ? 'partial' : at % 28 === 3 ? 'unknown' : at === 40 ? 'none' : 'full';
  return {
    id: String(at),
    name: `MD-${String(200 + at).padStart(4, '0')}`,
    owner: ['田中 恵', '佐藤 結衣', '小林 誠'][at % 3] ?? null,
    platform: platforms[at % 7 < 3 ? 0 : at % 7 < 5 ? 1 : at % 7 < 6 ? 2 : 3] ?? '',
    verdict,
    failing: verdict === 'full' ? [] : ['ディスクの暗号化'],
    lastSeen: verdict === 'unknown' ? null : '11/23 9:15',
  };
});

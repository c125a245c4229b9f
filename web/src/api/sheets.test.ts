import { expect, it } from 'vitest';
import { day } from '../time/day.ts';
import type { ApiSheetItem } from './answers.ts';
import { areasOf, seriesOf, splitArea, tallyOf, weeksOf } from './sheets.ts';

const verdict = { mark: 'full' as const, satisfied: 4, total: 4, exempt: 0, remark: 'earned' as const };
const claim = { mark: 'full' as const, remark: '', planned: null, plannedOn: null, approvedOn: null };
const item = (over: Partial<ApiSheetItem>): ApiSheetItem => ({
  number: 1,
  code: 'ipa-1',
  area: 1,
  areaLabel: '①組織的対策',
  question: '経営者の主導で',
  verdict,
  claim,
  claimStands: true,
  nextFlip: null,
  nextRemarkFlip: null,
  nextChange: null,
  ...over,
});
const sheet = (items: ApiSheetItem[]) => ({
  items,
  areas: [
    { number: 1, label: '①組織的対策' },
    { number: 2, label: '② People' },
    { number: 3, label: '③' },
  ],
});

it('groups items by area in the order of the sheet and leaves empty areas out', () => {
  const areas = areasOf(sheet([item({}), item({ number: 2 }), item({ number: 5, area: 2 })]));
  expect(areas.map((area) => [area.number, area.name, area.items.map((one) => one.number)])).toEqual([
    ['1', '組織的対策', ['1', '2']],
    ['2', 'People', ['5']],
  ]);
});

it('takes the circled number out of an area and lets names without one be', () => {
  expect(splitArea('④ Access control', 4)).toEqual({ number: '4', name: 'Access control' });
  expect(splitArea('A.5 Organizational', 1)).toEqual({ number: '1', name: 'A.5 Organizational' });
});

it('counts － as not judged and a claim that does not stand as a gap', () => {
  const areas = areasOf(
    sheet([
      item({}),
      item({ verdict: { ...verdict, mark: 'not_applicable' } }),
      item({ verdict: { ...verdict, mark: 'partial' }, claimStands: false }),
      item({ verdict: { ...verdict, mark: 'none' } }),
    ]),
  );
  expect(tallyOf(areas.flatMap((area) => area.items))).toEqual({ good: 1, judged: 3, gaps: 1 });
});

it('measures the line of ○ against all that are judged', () => {
  const counts = { partial: 2, none: 1, unknown: 0, not_applicable: 1 };
  const series = seriesOf({
    today: day('2026-11-23'),
    from: day('2025-11-23'),
    to: day('2027-05-23'),
    days: [{ day: day('2025-11-23'), full: 48, ...counts }],
  });
  expect(series.total).toBe(51);
  expect(series.steps).toEqual([{ day: '2025-11-23', full: 48 }]);
});

it('shows each week by the mark on its last day, and before the first known one as unknown', () => {
  const history = {
    from: day('2026-11-01'),
    to: day('2026-11-22'),
    changes: [
      { ...verdict, day: day('2026-11-08') },
      { ...verdict, mark: 'none' as const, day: day('2026-11-16') },
    ],
  };
  expect(weeksOf(history)).toEqual([
    { day: '2026-11-01', verdict: 'unknown' },
    { day: '2026-11-08', verdict: 'full' },
    { day: '2026-11-15', verdict: 'full' },
    { day: '2026-11-22', verdict: 'none' },
  ]);
});

import { expect, it } from 'vitest';
import { day } from '../time/day.ts';
import { type ApiItem, areasOf, splitArea, tallyOf } from './sheets.ts';

const counts = { satisfied: 3, due: 1, expired: 2, missing: 1, unknown: 1, exempt: 0, total: 8 };
const item = (over: Partial<ApiItem>): ApiItem => ({
  number: 1,
  code: 'ipa-1',
  area: { ja: '①組織的対策', en: '① Organisation' },
  question: '経営者の主導で',
  verdict: 'full',
  remark: 'earned',
  counts,
  next_flip: null,
  claim: { mark: 'full', remark: '', stands: true, planned: null, planned_on: null },
  ...over,
});
const report = (items: ApiItem[]) => ({
  sheet: 'ipa-52',
  label: 'シート',
  organisation: 'みどり',
  day: day('2026-11-23'),
  entries: 1,
  root: '',
  definitions: '',
  items,
});

it('groups items by area in the order of the sheet', () => {
  const areas = areasOf(report([item({}), item({ number: 2 }), item({ number: 5, area: '②人的対策' })]), 'ja');
  expect(areas.map((area) => [area.number, area.name, area.items.map((one) => one.number)])).toEqual([
    ['1', '組織的対策', ['1', '2']],
    ['2', '人的対策', ['5']],
  ]);
});

it('takes the number out of an area and lets names without one be', () => {
  expect(splitArea('④ Access control', 3)).toEqual({ number: '4', name: 'Access control' });
  expect(splitArea('A.5 Organizational', 0)).toEqual({ number: '1', name: 'A.5 Organizational' });
});

it('counts － as not judged and a claim that does not stand as a gap', () => {
  const areas = areasOf(
    report([
      item({}),
      item({ verdict: 'not_applicable' }),
      item({ verdict: 'partial', claim: { mark: 'full', remark: '', stands: false, planned: null, planned_on: null } }),
      item({ verdict: 'none', claim: null }),
    ]),
    'ja',
  );
  expect(tallyOf(areas.flatMap((area) => area.items))).toEqual({ good: 1, judged: 3, gaps: 1 });
});

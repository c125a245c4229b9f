// Answers about sheets, made into what pages show.
import type { Flip, MarkKind, SheetArea, SheetItem } from '../model.ts';
import { addDays, type Day, daysBetween } from '../time/day.ts';
import type { Series } from '../ui/DateBar.tsx';
import type { Week } from '../ui/HistoryStrip.tsx';
import type { ApiArea, ApiItemHistory, ApiSeries, ApiSheetItem } from './answers.ts';

function flipOf(flip: ApiSheetItem['nextFlip']): Flip | null {
  return flip && { day: flip.day, verdict: flip.mark, good: flip.satisfied, total: flip.total };
}

export function itemOf(item: ApiSheetItem): SheetItem {
  const { mark, satisfied, total } = item.verdict;
  return {
    number: String(item.number),
    code: item.code,
    question: item.question,
    verdict: mark,
    good: satisfied,
    total,
    next: flipOf(item.nextFlip),
    claim: item.claim,
    gap: !item.claimStands,
  };
}

// "④アクセス制御及び認証" and "④ Access control": the number is drawn in its own column.
export function splitArea(label: string, number: number): { number: string; name: string } {
  const circled = label.codePointAt(0) ?? 0;
  const plain = circled >= 0x2460 && circled <= 0x2473 ? [...label].slice(1).join('').trim() : label;
  return { number: String(number), name: plain };
}

// In the order of the sheet; areas of which nothing may be seen are left out.
export function areasOf(sheet: { areas: Pick<ApiArea, 'number' | 'label'>[]; items: ApiSheetItem[] }): SheetArea[] {
  return sheet.areas
    .map((area) => ({ ...splitArea(area.label, area.number), items: sheet.items.filter((item) => item.area === area.number).map(itemOf) }))
    .filter((area) => area.items.length > 0);
}

export interface Tally {
  good: number; // items that are ○
  judged: number; // without －
  gaps: number;
}

// The one place that counts: headline, navigation, ring and list all take it from here.
export function tallyOf(items: SheetItem[]): Tally {
  return {
    good: items.filter((item) => item.verdict === 'full').length,
    judged: items.filter((item) => item.verdict !== 'not_applicable').length,
    gaps: items.filter((item) => item.gap).length,
  };
}

const judgedOn = (day: ApiSeries['days'][number]) => day.full + day.partial + day.none + day.unknown;

export function seriesOf(answer: Pick<ApiSeries, 'from' | 'to' | 'today' | 'days'>): Series {
  return {
    first: answer.from,
    last: answer.to,
    today: answer.today,
    total: Math.max(1, ...answer.days.map(judgedOn)),
    steps: answer.days.map(({ day, full }) => ({ day, full })),
  };
}

// A change of the mark; `before` is null where the ledger begins.
export interface Step {
  day: Day;
  verdict: MarkKind;
  good: number;
  total: number;
  before: { verdict: MarkKind; good: number; total: number } | null;
}

export function stepsOf(changes: ApiItemHistory['changes']): Step[] {
  const steps: Step[] = [];
  let last: Omit<Step, 'before' | 'day'> | null = null;
  for (const { day, mark, satisfied, total } of changes) {
    const now = { verdict: mark, good: satisfied, total };
    if (last?.verdict !== mark) steps.push({ day, ...now, before: last });
    last = now;
  }
  return steps;
}

const weekDays = 7;

function markOn(changes: ApiItemHistory['changes'], day: Day): MarkKind {
  let mark: MarkKind = 'unknown';
  for (const change of changes) {
    if (change.day > day) break;
    mark = change.mark;
  }
  return mark;
}

// One bar a week, ending today: the mark on the week's last day.
export function weeksOf(history: Pick<ApiItemHistory, 'from' | 'to' | 'changes'>): Week[] {
  const count = Math.floor(daysBetween(history.from, history.to) / weekDays) + 1;
  return Array.from({ length: count }, (_, at) => {
    const day = addDays(history.to, (at - count + 1) * weekDays);
    return { day, verdict: markOn(history.changes, day) };
  });
}

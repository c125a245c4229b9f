// What pages show: the answers of the API in the asked language. Becomes derived from web/openapi.json where that says the same.
import type { Day } from './time/day.ts';

export type MarkKind = 'full' | 'partial' | 'none' | 'unknown' | 'not_applicable';
export type RowState = 'satisfied' | 'due' | 'expired' | 'missing' | 'unknown' | 'exempt';

export interface Counts {
  satisfied: number;
  due: number;
  expired: number;
  missing: number;
  unknown: number;
  exempt: number;
  total: number;
}

// Rows that count: due rows do until their grace ends.
export function goodOf(counts: Counts): number {
  return counts.satisfied + counts.due;
}

export const markOfState: Record<RowState, MarkKind> = {
  satisfied: 'full',
  due: 'full',
  expired: 'partial',
  missing: 'none',
  unknown: 'unknown',
  exempt: 'not_applicable',
};

// Worst first, as lists are sorted and as ink weighs.
export const stateOrder: readonly RowState[] = ['missing', 'expired', 'unknown', 'due', 'exempt', 'satisfied'];

export interface Flip {
  day: Day;
  verdict: MarkKind;
  counts: Counts;
}

export interface Claim {
  mark: MarkKind | null;
  remark: string;
  stands: boolean; // false: claimed and not earned
  planned: string | null;
  plannedOn: Day | null;
}

export interface SheetItem {
  number: string;
  code: string;
  question: string;
  verdict: MarkKind;
  counts: Counts;
  next: Flip | null;
  claim: Claim | null;
}

export interface SheetArea {
  number: string;
  name: string;
  items: SheetItem[];
}

export type Mode = 'past' | 'now' | 'forecast';

export function modeOf(on: Day, today: Day): Mode {
  return on < today ? 'past' : on > today ? 'forecast' : 'now';
}

export function isGap(item: { claim: Claim | null }): boolean {
  return item.claim !== null && !item.claim.stands;
}

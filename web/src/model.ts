// What pages show.
import type { Day } from './time/day.ts';

export type MarkKind = 'full' | 'partial' | 'none' | 'unknown' | 'not_applicable';
export type RowState = 'satisfied' | 'due' | 'expired' | 'missing' | 'unknown' | 'exempt';

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
  good: number;
  total: number;
}

export interface Claim {
  mark: MarkKind | null; // null: nothing is published
  remark: string;
  planned: MarkKind | null;
  plannedOn: Day | null;
}

export interface SheetItem {
  number: string;
  code: string;
  question: string;
  verdict: MarkKind;
  good: number; // rows that count; due rows do until their grace ends
  total: number;
  next: Flip | null; // the next change of the mark, if nobody acts
  claim: Claim;
  gap: boolean; // a ○ or a remark is claimed that is not earned
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

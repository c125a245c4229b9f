// What changed between two days, and which entries did it.
import type { UseQueryResult } from '@tanstack/react-query';
import type { Day } from '../time/day.ts';
import type { Schemas } from './addresses.ts';
import { useGet } from './queries.ts';

export type Between = Schemas['SheetDiff'];
export type ItemDiff = Between['items'][number];
export type CheckDiff = Between['checks'][number];
export type RowDiff = CheckDiff['rows'][number];
export type Cause = NonNullable<RowDiff['cause']>; // without one only time passed

// `item`: only this one, with its rows even when its mark stayed.
export function useBetween(sheet: string, from: Day | null, to: Day | null, item: string | null = null): UseQueryResult<Between> {
  return useGet({
    of: ['sheets', sheet, 'diff'],
    from: '/sheets/{sheet}/diff',
    in: { sheet },
    query: { from, to, item, limit: item ? 4 : 5, ...(item && { detail: 'changed' }) },
    enabled: from !== null && to !== null,
  });
}

// Questions to the API. Keys begin with the organisation and the language; the third part says of what.
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { SheetArea, SheetItem } from '../model.ts';
import type { Day } from '../time/day.ts';
import type { Series } from '../ui/DateBar.tsx';
import type { TimelineEntry } from '../ui/Timeline.tsx';
import { type Api, type Query, useApi } from './client.tsx';
import { type ApiCheck, type ApiReport, areasOf, itemOf, type ApiItem, splitArea, tallyOf, type Tally, textIn } from './sheets.ts';

function useGet<A, T>(of: readonly unknown[], path: string, query: Query, make: (answer: A) => T, enabled = true): UseQueryResult<T> {
  const api = useApi();
  return useQuery({
    queryKey: [api.organisation, api.language, ...of, query],
    queryFn: ({ signal }) => api.get<A>(path, query, signal),
    select: make,
    placeholderData: keepPreviousData,
    enabled,
  });
}

// Which state is asked for: a day, and how much of the ledger is known.
export interface Moment {
  on: Day | null;
  known: number | null;
}

const queryOf = ({ on, known }: Moment): Query => ({ on, at: known });
const now: Moment = { on: null, known: null };

export interface SheetView {
  sheet: string;
  label: string;
  organisation: string;
  day: Day;
  entries: number;
  root: string;
  areas: SheetArea[];
  items: SheetItem[];
  tally: Tally;
}

function viewOf(report: ApiReport, { language }: Api): SheetView {
  const areas = areasOf(report, language);
  const items = areas.flatMap((area) => area.items);
  return {
    sheet: report.sheet,
    label: textIn(report.label, language),
    organisation: report.organisation,
    day: report.day,
    entries: report.entries,
    root: report.root,
    areas,
    items,
    tally: tallyOf(items),
  };
}

export function useSheet(sheet: string, moment: Moment = now): UseQueryResult<SheetView> {
  const api = useApi();
  const make = useMemo(() => (report: ApiReport) => viewOf(report, api), [api]);
  return useGet(['sheets', sheet], `/sheets/${sheet}`, queryOf(moment), make);
}

// For the palette: what is already here, without asking again.
export function useSheetIndex(sheet: string): SheetItem[] {
  return useSheet(sheet).data?.items ?? [];
}

interface ApiSeries {
  from: Day;
  to: Day;
  today: Day;
  total: number;
  steps: { day: Day; full: number }[];
}

const seriesOf = (answer: ApiSeries): Series => ({
  first: answer.from,
  last: answer.to,
  today: answer.today,
  total: answer.total,
  steps: answer.steps,
});

export function useSeries(sheet: string): UseQueryResult<Series> {
  return useGet(['sheets', sheet, 'series'], `/sheets/${sheet}/series`, {}, seriesOf);
}

export interface ItemView {
  item: SheetItem;
  area: string;
  checks: ApiCheck[];
}

export function useItem(sheet: string, item: string, moment: Moment): UseQueryResult<ItemView> {
  const { language } = useApi();
  const make = useMemo(
    () =>
      (answer: ApiItem): ItemView => ({
        item: itemOf(answer, language),
        area: splitArea(textIn(answer.area, language), 0).name,
        checks: answer.checks ?? [],
      }),
    [language],
  );
  return useGet(['sheets', sheet, 'items', item], `/sheets/${sheet}/items/${item}`, queryOf(moment), make);
}

export interface TaskView {
  due: Day;
  items: string[];
  title: string;
  record: string;
  href: string | null;
  minutes: number | null;
}

interface ApiTask {
  due: Day;
  items: (number | string)[];
  todo: string;
  label: string;
  register?: string | null;
  record?: number | null;
  minutes?: number | null;
}

const taskOf = (task: ApiTask): TaskView => ({
  due: task.due,
  items: task.items.map(String),
  title: task.todo,
  record: task.label,
  minutes: task.minutes ?? null,
  href: task.register && task.record ? `/registers/${task.register}/${task.record}` : null,
});

export function useMyTasks(): UseQueryResult<TaskView[]> {
  return useGet(['tasks', 'mine'], '/tasks', { for: 'me' }, (answer: { tasks: ApiTask[] }) => answer.tasks.map(taskOf));
}

export interface MeView {
  name: string;
  organisation: string;
  roles: string[];
}

export function useMe(): UseQueryResult<MeView> {
  return useGet(['me'], '/me', {}, (answer: { name: string; organisation: string | { name: string }; roles: string[] }) => ({
    name: answer.name,
    organisation: typeof answer.organisation === 'string' ? answer.organisation : answer.organisation.name,
    roles: answer.roles,
  }));
}

export interface HealthView {
  devices: { seen: number; total: number } | null;
  backup: string | null;
  drill: Day | null;
  witnesses: { signed: number; total: number } | null;
}

export function useHealth(): UseQueryResult<HealthView> {
  return useGet(['health'], '/health', {}, (answer: Partial<HealthView>) => ({
    devices: answer.devices ?? null,
    backup: answer.backup ?? null,
    drill: answer.drill ?? null,
    witnesses: answer.witnesses ?? null,
  }));
}

interface ApiEntry {
  index: number;
  at: string;
  kind: string;
  by?: { id: number; title: string };
  says?: string;
}

const shownChanges = 8;

export function useLatestChanges(): UseQueryResult<TimelineEntry[]> {
  return useGet(['ledger', 'entries'], '/ledger/entries', { limit: shownChanges }, (answer: { entries: ApiEntry[] }) =>
    answer.entries.map((entry) => ({ index: entry.index, at: entry.at, who: entry.by?.title ?? null, what: entry.says ?? entry.kind })),
  );
}

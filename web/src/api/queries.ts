// Questions to the API. Keys begin with the organisation and the language; the third part says of what.
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { SheetArea, SheetItem } from '../model.ts';
import { addDays, type Day } from '../time/day.ts';
import type { Series } from '../ui/DateBar.tsx';
import type { Week } from '../ui/HistoryStrip.tsx';
import type {
  ApiCheck,
  ApiEntry,
  ApiForecast,
  ApiItemDetail,
  ApiItemHistory,
  ApiLedger,
  ApiMe,
  ApiSeries,
  ApiSheet,
  ApiTask,
} from './answers.ts';
import { type Query, useApi } from './client.tsx';
import { areasOf, itemOf, seriesOf, splitArea, tallyOf, type Tally, weeksOf } from './sheets.ts';

interface Asked<A, T> {
  of: readonly unknown[];
  path: string;
  query?: Query;
  make: (answer: A) => T; // a function of the module: a new one each time would be run each time
  enabled?: boolean;
}

export function useGet<A, T>({ of, path, query = {}, make, enabled = true }: Asked<A, T>): UseQueryResult<T> {
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

const now: Moment = { on: null, known: null };
const queryOf = ({ on, known }: Moment): Query => ({ on, at: known });

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

function sheetView(answer: ApiSheet): SheetView {
  const areas = areasOf(answer);
  const items = areas.flatMap((area) => area.items);
  const { sheet, label, organisation, day, root } = answer;
  return { sheet, label, organisation, day, entries: answer.at, root, areas, items, tally: tallyOf(items) };
}

export function useSheet(sheet: string, moment: Moment = now): UseQueryResult<SheetView> {
  return useGet({ of: ['sheets', sheet], path: `/sheets/${sheet}`, query: queryOf(moment), make: sheetView });
}

// For the palette: what is already here, without asking again.
export function useSheetIndex(sheet: string): SheetItem[] {
  return useSheet(sheet).data?.items ?? [];
}

export function useSeries(sheet: string): UseQueryResult<Series> {
  return useGet<ApiSeries, Series>({ of: ['sheets', sheet, 'series'], path: `/sheets/${sheet}/series`, make: seriesOf });
}

export interface ItemView {
  item: SheetItem;
  area: string;
  day: Day;
  checks: ApiCheck[];
  seesAllRows: boolean;
}

const itemView = (answer: ApiItemDetail): ItemView => ({
  item: itemOf(answer.item),
  area: splitArea(answer.item.areaLabel, answer.item.area).name,
  day: answer.day,
  checks: answer.checks,
  seesAllRows: answer.seesAllRows,
});

export function useItem(sheet: string, item: string, moment: Moment): UseQueryResult<ItemView> {
  return useGet({ of: ['sheets', sheet, 'items', item], path: `/sheets/${sheet}/items/${item}`, query: queryOf(moment), make: itemView });
}

export interface HistoryView {
  weeks: Week[];
  fullDays: number;
  days: number;
}

const historyView = (answer: ApiItemHistory): HistoryView => ({ weeks: weeksOf(answer), fullDays: answer.full, days: answer.of });

export function useItemHistory(sheet: string, item: string): UseQueryResult<HistoryView> {
  return useGet({ of: ['sheets', sheet, 'items', item, 'history'], path: `/sheets/${sheet}/items/${item}/history`, make: historyView });
}

export interface TaskView {
  due: Day;
  items: string[];
  title: string;
  record: string;
  owner: string | null;
  href: string | null;
  minutes: number;
}

const isId = (text: string) => /^\d+$/.test(text);

const taskView = (task: ApiTask): TaskView => ({
  due: task.dueOn,
  items: task.items.map(String),
  title: task.todo,
  record: task.label,
  owner: task.owner?.title ?? null,
  minutes: task.minutes,
  href: task.subjectRegister !== '' && isId(task.subject) ? `/registers/${task.subjectRegister}/${task.subject}` : null,
});
const tasksView = (answer: { today: Day; tasks: ApiTask[] }) => ({ today: answer.today, tasks: answer.tasks.map(taskView) });

export type TasksView = ReturnType<typeof tasksView>;

export function useTasks(whose: 'me' | 'all'): UseQueryResult<TasksView> {
  return useGet({ of: ['tasks', whose], path: '/tasks', query: { person: whose === 'me' ? 'me' : null }, make: tasksView });
}

const same = <T>(answer: T): T => answer;

export function useForecast(sheet: string): UseQueryResult<ApiForecast> {
  return useGet<ApiForecast, ApiForecast>({ of: ['sheets', sheet, 'forecast'], path: `/sheets/${sheet}/forecast`, make: same });
}

export function useMe(): UseQueryResult<ApiMe> {
  return useGet<ApiMe, ApiMe>({ of: ['me'], path: '/me', make: same });
}

export function useLedger(): UseQueryResult<ApiLedger> {
  return useGet<ApiLedger, ApiLedger>({ of: ['ledger'], path: '/ledger', make: same });
}

export function useEntries(limit: number): UseQueryResult<ApiEntry[]> {
  return useGet({ of: ['ledger', 'entries'], path: '/ledger/entries', query: { limit }, make: entriesOf });
}

const entriesOf = (answer: { entries: ApiEntry[] }) => answer.entries;

// How many records a filter finds, and the first of them.
interface ApiFound {
  total: number;
  records: { fields: Record<string, unknown> }[];
}

function useFound(register: string, filter: string[], sort: string | null, enabled = true): ApiFound | undefined {
  return useGet<ApiFound, ApiFound>({
    of: ['records', register, 'found'],
    path: `/registers/${register}/records`,
    query: { filter, sort, limit: 1 },
    make: same,
    enabled,
  }).data;
}

export interface HealthView {
  seen: number;
  devices: number;
  backupOn: Day | null;
  drillOn: Day | null;
}

const dayIn = (found: ApiFound | undefined, field: string) => {
  const value = found?.records[0]?.fields[field];
  return typeof value === 'string' ? (value as Day) : null;
};

// Who has no right to a register sees nothing of it here either.
export function useHealth(today: Day): HealthView {
  const inUse = 'state:eq:in_use';
  const devices = useFound('device', [inUse], null);
  const seen = useFound('device', [inUse, `last_contact_on:ge:${addDays(today, -1)}`], null);
  const backup = useFound('backup_run', ['result:eq:success'], '-ran_on');
  const drill = useFound('restore_test', ['succeeded:eq:true'], '-tested_on');
  return { seen: seen?.total ?? 0, devices: devices?.total ?? 0, backupOn: dayIn(backup, 'ran_on'), drillOn: dayIn(drill, 'tested_on') };
}

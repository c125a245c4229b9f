// Questions to the API. Keys begin with the organisation and the language; the third part says of what.
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { SheetArea, SheetItem } from '../model.ts';
import { addDays, type Day } from '../time/day.ts';
import type { Series } from '../ui/DateBar.tsx';
import type { Week } from '../ui/HistoryStrip.tsx';
import type { ApiCheck, ApiEntry, ApiForecast, ApiItemDetail, ApiItemHistory, ApiMe, ApiSheet, ApiTask } from './answers.ts';
import type { Address, Answer, Places, QueryOf, Schemas } from './addresses.ts';
import { useApi } from './client.tsx';
import { areasOf, itemOf, seriesOf, splitArea, type Step, stepsOf, tallyOf, type Tally, weeksOf } from './sheets.ts';

interface Question<A extends Address<'GET'>, T> {
  of: readonly unknown[];
  from: A;
  in: Places<A>;
  query?: QueryOf<A>;
  make?: (answer: Answer<'GET', A>) => T; // a function of the module: a new one each time would be run each time
  enabled?: boolean;
}

export function useGet<A extends Address<'GET'>, T = Answer<'GET', A>>(question: Question<A, T>): UseQueryResult<T> {
  const { of, from, in: places, query = {}, make, enabled = true } = question;
  const api = useApi();
  return useQuery({
    queryKey: [api.organisation, api.language, ...of, query],
    queryFn: ({ signal }) => api.get(from, { in: places, query }, signal),
    ...(make && { select: make }),
    placeholderData: keepPreviousData,
    enabled,
  }) as UseQueryResult<T>;
}

// Which state is asked for: a day, and how much of the ledger is known.
export interface Moment {
  on: Day | null;
  known: number | null;
}

const now: Moment = { on: null, known: null };
const queryOf = ({ on, known }: Moment) => ({ on, at: known });

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
  return useGet({ of: ['sheets', sheet], from: '/sheets/{sheet}', in: { sheet }, query: queryOf(moment), make: sheetView });
}

// For the palette: what is already here, without asking again.
export function useSheetIndex(sheet: string): SheetItem[] {
  return useSheet(sheet).data?.items ?? [];
}

export function useSeries(sheet: string): UseQueryResult<Series> {
  return useGet({ of: ['sheets', sheet, 'series'], from: '/sheets/{sheet}/series', in: { sheet }, make: seriesOf });
}

export interface ItemView {
  item: SheetItem;
  area: string;
  day: Day;
  entries: number;
  checks: ApiCheck[];
  seesAllRows: boolean;
}

const itemView = (answer: ApiItemDetail): ItemView => ({
  item: itemOf(answer.item),
  area: splitArea(answer.item.areaLabel, answer.item.area).name,
  day: answer.day,
  entries: answer.at,
  checks: answer.checks,
  seesAllRows: answer.seesAllRows,
});

export function useItem(sheet: string, item: string, moment: Moment): UseQueryResult<ItemView> {
  return useGet({
    of: ['sheets', sheet, 'items', item],
    from: '/sheets/{sheet}/items/{item}',
    in: { sheet, item },
    query: queryOf(moment),
    make: itemView,
  });
}

export interface HistoryView {
  weeks: Week[];
  steps: Step[];
  fullDays: number;
  days: number;
}

const historyView = (answer: ApiItemHistory): HistoryView => ({
  weeks: weeksOf(answer),
  steps: stepsOf(answer.changes),
  fullDays: answer.full,
  days: answer.of,
});

export function useItemHistory(sheet: string, item: string): UseQueryResult<HistoryView> {
  return useGet({
    of: ['sheets', sheet, 'items', item, 'history'],
    from: '/sheets/{sheet}/items/{item}/history',
    in: { sheet, item },
    make: historyView,
  });
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
  return useGet({ of: ['tasks', whose], from: '/tasks', in: {}, query: { person: whose === 'me' ? 'me' : null }, make: tasksView });
}

export function useForecast(sheet: string): UseQueryResult<ApiForecast> {
  return useGet({ of: ['sheets', sheet, 'forecast'], from: '/sheets/{sheet}/forecast', in: { sheet } });
}

export function useMe(): UseQueryResult<ApiMe> {
  return useGet({ of: ['me'], from: '/me', in: {} });
}

export function useLedger(): UseQueryResult<Schemas['Ledger']> {
  return useGet({ of: ['ledger'], from: '/ledger', in: {} });
}

export function useEntries(limit: number): UseQueryResult<ApiEntry[]> {
  return useGet({ of: ['ledger', 'entries'], from: '/ledger/entries', in: {}, query: { limit }, make: entriesOf });
}

const entriesOf = (answer: { entries: ApiEntry[] }) => answer.entries;

// How many records a filter finds, and the first of them.
type ApiFound = Schemas['RecordPage'];

function useFound(register: string, filter: string[], sort: string | null, enabled = true): ApiFound | undefined {
  return useGet({
    of: ['records', register, 'found'],
    from: '/registers/{register}/records',
    in: { register },
    query: { filter, sort, limit: 1 },
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

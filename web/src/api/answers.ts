// Answers of the API as it writes them; names as in its OpenAPI document. Texts arrive in the asked language.
import type { MarkKind, RowState } from '../model.ts';
import type { Day } from '../time/day.ts';

export interface PersonName {
  id: number;
  title: string;
}

export interface RecordName extends PersonName {
  register: string;
  key: string;
}

export interface Verdict {
  mark: MarkKind;
  satisfied: number; // with what is due
  total: number;
  exempt: number;
}

export interface ItemHead {
  number: number;
  code: string;
  area: number;
  question: string;
}

export interface ApiSheetItem extends ItemHead {
  areaLabel: string;
  verdict: Verdict;
  claim: { mark: MarkKind | null; remark: string; planned: MarkKind | null; plannedOn: Day | null };
  claimStands: boolean;
  nextFlip: (Verdict & { day: Day }) | null;
}

export interface ApiSheet {
  sheet: string;
  label: string;
  organisation: string;
  day: Day;
  at: number;
  root: string;
  areas: { number: number; label: string; optional: boolean }[];
  items: ApiSheetItem[];
}

export type MarkCounts = Record<MarkKind, number>;

export interface ApiSeries {
  today: Day;
  from: Day;
  to: Day;
  days: (MarkCounts & { day: Day })[];
}

export interface CreateRecord {
  register: string;
  label: string;
  fields: Record<string, RecordName>;
}

export interface ApiRow {
  subject: string;
  label: string;
  owner: PersonName | null;
  state: RowState | 'absent';
  sentence: string;
  until: Day | null;
  exception?: { id: number; code: string; until: Day; compensatingMeasure: string; approvedBy: PersonName | null } | null;
  evidence?: RecordName[];
  todo?: string;
  mend?: { record: RecordName | null; create: CreateRecord[] };
}

export type CheckState = 'satisfied' | 'broken' | 'not_applicable' | 'no_occasion' | 'unknown' | 'error';

export interface ApiCheck {
  check: string;
  title: string;
  why: string;
  minutes: number;
  state: CheckState;
  counts: { satisfied: number; total: number; due: number; expired: number; missing: number; unknown: number; exempt: number };
  alsoAnswers: { sheet: string; number: number; code: string }[];
  level: 'asked' | 'claimed' | 'extra';
  anyOf: boolean;
  rows: ApiRow[];
  error?: string;
  doubt?: { sentence: string; todo: string };
}

export interface ApiItemDetail {
  day: Day;
  at: number;
  item: ApiSheetItem;
  checks: ApiCheck[];
  seesAllRows: boolean;
}

export interface ApiItemHistory {
  from: Day;
  to: Day;
  full: number; // days on which it was ○
  of: number; // days that had to be
  changes: (Verdict & { day: Day })[];
}

export interface ApiTask {
  dueOn: Day;
  owner: PersonName | null;
  title: string;
  subjectRegister: string;
  subject: string;
  label: string;
  todo: string;
  items: number[];
  minutes: number;
}

export interface ApiForecast {
  today: Day;
  until: Day;
  falls: {
    on: Day;
    actBy: Day;
    title: string;
    count: number;
    items: number[];
    losing: number[];
    owner: PersonName | null;
    rows: { label: string; todo: string }[];
  }[];
  items: (ItemHead & { on: Day; before: Verdict; after: Verdict })[];
}

export interface ApiMe {
  name: string;
  mail: string;
  roles: { code: string; label: string }[];
  may: string[];
}

export interface ApiEntry {
  index: number;
  at: string;
  kind: string;
  by?: PersonName;
  registerLabel?: string;
  register?: string;
  version?: number;
  record?: { id: number; key: string; title: string };
}

export interface ApiLedger {
  size: number;
  root: string;
  origin?: string;
  key?: string;
  checkpoint?: { size: number; root: string; signedAt: string; note: string };
  cosignatures?: { witness: string; size: number; at: string }[];
}

// What concerns one person: duties, requests, users, the own account, the access record.
import { useQueryClient } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { RowState } from '../model.ts';
import type { Day } from '../time/day.ts';
import type { ApiMe, ApiTask, PersonName } from './answers.ts';
import { useApi } from './client.tsx';
import { useGet } from './queries.ts';
import type { ApiRecord, ApiValue } from './registers.ts';

const same = <T>(answer: T): T => answer;

// After an act of this person: asks again for what these keys begin with.
export function useForget(): (...of: string[]) => Promise<void> {
  const client = useQueryClient();
  const { organisation } = useApi();
  return (...of) =>
    client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === organisation && of.includes(String(queryKey[2])) });
}

// ---- Duties

export interface ApiDuty extends ApiTask {
  check: string;
  state: RowState;
  sentence: string;
}

export interface ApiDuties {
  today: Day;
  minutes: number;
  tasks: ApiDuty[];
}

export function useDuties(): UseQueryResult<ApiDuties> {
  return useGet<ApiDuties, ApiDuties>({ of: ['tasks', 'me', 'duties'], path: '/tasks', query: { person: 'me' }, make: same });
}

export interface ApiSelf extends ApiMe {
  user: number;
  person?: number;
  by: 'session' | 'token';
  secondFactor: { enrolled: boolean; used: boolean; recoveryCodesLeft: number };
}

export function useSelf(): UseQueryResult<ApiSelf> {
  return useGet<ApiSelf, ApiSelf>({ of: ['me'], path: '/me', make: same });
}

interface ApiRecords {
  total: number;
  records: ApiRecord[];
}

const recordsOf = (answer: ApiRecords) => answer.records;

export function useRecords(register: string, filter: string[], enabled = true, sort: string | null = null): UseQueryResult<ApiRecord[]> {
  return useGet({
    of: ['records', register, 'some'],
    path: `/registers/${register}/records`,
    query: { filter, sort, limit: 200 },
    make: recordsOf,
    enabled,
  });
}

export const textIn = (record: ApiRecord, field: string): string => {
  const value = record.fields[field];
  return typeof value === 'string' ? value : '';
};

export const idIn = (record: ApiRecord, field: string): number | null => {
  const value = record.fields[field];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value.id : null;
};

// ---- Requests

export type RequestState = 'asked' | 'approved' | 'returned' | 'rejected' | 'withdrawn' | 'done' | 'lapsed';

export interface RequestHead {
  id: number;
  version: number;
  code: string;
  kind: string;
  kindLabel: string;
  sentence: string;
  state: RequestState;
  stateLabel: string;
  askedBy: PersonName;
  onBehalfOf: PersonName;
  askedOn: Day;
  dueOn?: Day;
  overdue: boolean;
  decidedBy?: PersonName;
  decidedOn?: Day;
}

export interface RequestField {
  field: string;
  label: string;
  asked: boolean;
  differs: boolean;
  before?: ApiValue;
  beforeText?: string;
  after: ApiValue;
  afterText: string;
}

export interface RequestDifference {
  field: string;
  label: string;
  thenText?: string;
  nowText?: string;
}

export type RequestAct = 'approve' | 'reject' | 'return' | 'withdraw' | 'change' | 'comment';

export interface RequestTarget {
  register: string;
  label?: string;
  id?: number;
  version?: number;
  title?: string;
}

export interface RequestDetail extends RequestHead {
  hash: string;
  target: RequestTarget;
  fields?: RequestField[];
  changed?: { proposed: RequestDifference[]; record?: RequestDifference[] };
  reason?: string;
  result?: RequestTarget;
  carriedOutOn?: string;
  checks: { check: string; title: string; why: string }[];
  comments: { position: number; by: PersonName; at: string; text: string; erased?: boolean }[];
  deciders?: PersonName[];
  may: Record<RequestAct, { allowed: boolean; why?: string }>;
}

export type Which = 'mine' | 'to_approve' | 'all';

const requestsOf = (answer: { total: number; requests: RequestHead[] }) => answer.requests;

export function useRequests(which: Which, enabled = true): UseQueryResult<RequestHead[]> {
  return useGet({ of: ['requests', which], path: '/requests', query: { which, limit: 200 }, make: requestsOf, enabled });
}

export function useRequest(id: string): UseQueryResult<RequestDetail> {
  return useGet<RequestDetail, RequestDetail>({ of: ['requests', 'one', id], path: `/requests/${id}`, make: same });
}

export interface RequestKind {
  name: string;
  label: string;
  help: string;
  register: string;
  fields: { name: string; required: boolean; choices?: { code: string; label: string }[] }[];
  oneOf: string[];
  forOthers: boolean;
  decidedBy: string[];
  dueDays: number;
  checks: { check: string; title: string; why: string }[];
}

const kindsOf = (answer: { kinds: RequestKind[] }) => answer.kinds;

export function useRequestKinds(): UseQueryResult<RequestKind[]> {
  return useGet({ of: ['request-kinds'], path: '/request-kinds', make: kindsOf });
}

// ---- Users

export interface Role {
  code: string;
  label: string;
}

export interface UserLine {
  id: number;
  name: string;
  mail: string;
  roles: Role[];
  state: 'active' | 'invited' | 'disabled' | 'ended' | 'not_yet';
  manageable: boolean;
  secondFactor: boolean;
  lastUsed: string | null;
  person?: number;
}

export interface MadeLink {
  kind: 'invitation' | 'reset';
  path: string;
  ends: string;
}

const usersOf = (answer: { users: UserLine[] }) => answer.users;

export function useUsers(): UseQueryResult<UserLine[]> {
  return useGet({ of: ['users'], path: '/users', make: usersOf });
}

// ---- The own account

export interface SessionLine {
  id: number;
  device: string;
  address: string;
  lastUsed: string;
  ends: string;
  secondFactor: boolean;
  here: boolean;
}

export interface TokenLine {
  id: number;
  name: string;
  scope: 'read' | 'write' | 'admin';
  made: string;
  ends: string;
  lastUsed: string | null;
}

const sessionsOf = (answer: { sessions: SessionLine[] }) => answer.sessions;
const tokensOf = (answer: { tokens: TokenLine[] }) => answer.tokens;

export function useSessions(): UseQueryResult<SessionLine[]> {
  return useGet({ of: ['sessions'], path: '/me/sessions', make: sessionsOf });
}

export function useTokens(): UseQueryResult<TokenLine[]> {
  return useGet({ of: ['tokens'], path: '/me/tokens', make: tokensOf });
}

// ---- Who read personal data

export interface AccessLine {
  number: number;
  at: string;
  who: string;
  register: string;
  records: number[];
  fields: string[];
  entry: number | null;
}

const linesOf = (answer: { lines: AccessLine[] }) => answer.lines;

export function useAccesses(limit: number): UseQueryResult<AccessLine[]> {
  return useGet({ of: ['access-record'], path: '/access-record', query: { limit }, make: linesOf });
}

export interface AccessCheck {
  batches: number;
  lines: number;
  unsealed: number;
  faults: string[];
}

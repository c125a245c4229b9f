// What concerns one person: duties, requests, users, the own account, the access record.
import { useQueryClient } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Schemas } from './addresses.ts';
import { useApi } from './client.tsx';
import { useGet } from './queries.ts';
import type { ApiRecord } from './registers.ts';

// After an act of this person: asks again for what these keys begin with.
export function useForget(): (...of: string[]) => Promise<void> {
  const client = useQueryClient();
  const { organisation } = useApi();
  return (...of) =>
    client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === organisation && of.includes(String(queryKey[2])) });
}

// ---- Duties

export type ApiDuty = Schemas['Task'];

export function useDuties(): UseQueryResult<Schemas['TaskList']> {
  return useGet({ of: ['tasks', 'me', 'duties'], from: '/tasks', in: {}, query: { person: 'me' } });
}

const recordsOf = (answer: Schemas['RecordPage']) => answer.records;

export function useRecords(register: string, filter: string[], enabled = true, sort: string | null = null): UseQueryResult<ApiRecord[]> {
  return useGet({
    of: ['records', register, 'some'],
    from: '/registers/{register}/records',
    in: { register },
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

export type RequestState = Schemas['RequestState'];
export type RequestHead = Schemas['RequestHead'];
export type RequestField = Schemas['RequestField'];
export type RequestDifference = Schemas['RequestDifference'];
export type RequestAct = keyof RequestDetail['may'];
export type RequestTarget = Schemas['RequestTarget'];
export type RequestDetail = Schemas['Request'];
export type Which = 'mine' | 'to_approve' | 'all';

const requestsOf = (answer: Schemas['RequestPage']) => answer.requests;

export function useRequests(which: Which, enabled = true): UseQueryResult<RequestHead[]> {
  return useGet({ of: ['requests', which], from: '/requests', in: {}, query: { which, limit: 200 }, make: requestsOf, enabled });
}

export function useRequest(id: string): UseQueryResult<RequestDetail> {
  return useGet({ of: ['requests', 'one', id], from: '/requests/{id}', in: { id } });
}

export type RequestKind = Schemas['RequestKinds']['kinds'][number];

const kindsOf = (answer: Schemas['RequestKinds']) => answer.kinds;

export function useRequestKinds(): UseQueryResult<RequestKind[]> {
  return useGet({ of: ['request-kinds'], from: '/request-kinds', in: {}, make: kindsOf });
}

// ---- Users

export type Role = Schemas['Role'];
export type UserLine = Schemas['User'];
export type MadeLink = Schemas['MadeLink'];

const usersOf = (answer: Schemas['UserList']) => answer.users;

export function useUsers(): UseQueryResult<UserLine[]> {
  return useGet({ of: ['users'], from: '/users', in: {}, make: usersOf });
}

// ---- The own account

export type SessionLine = Schemas['Session'];
export type TokenLine = Schemas['Token'];

const sessionsOf = (answer: Schemas['SessionList']) => answer.sessions;
const tokensOf = (answer: Schemas['TokenList']) => answer.tokens;

export function useSessions(): UseQueryResult<SessionLine[]> {
  return useGet({ of: ['sessions'], from: '/me/sessions', in: {}, make: sessionsOf });
}

export function useTokens(): UseQueryResult<TokenLine[]> {
  return useGet({ of: ['tokens'], from: '/me/tokens', in: {}, make: tokensOf });
}

// ---- Who read personal data

export type AccessLine = Schemas['Access'];

const linesOf = (answer: Schemas['AccessList']) => answer.lines;

export function useAccesses(limit: number): UseQueryResult<AccessLine[]> {
  return useGet({ of: ['access-record'], from: '/access-record', in: {}, query: { limit }, make: linesOf });
}

export type AccessCheck = Schemas['AccessVerification'];

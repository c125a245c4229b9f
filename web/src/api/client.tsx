// The API of one organisation, and what was asked of it.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { Language } from '../words/formats.ts';
import { type Address, type Answer, filled, type Places, type QueryOf, type Taken } from './addresses.ts';
import { Problem } from './problem.ts';
import { browserTransport, send } from './transport.ts';

export interface Api {
  organisation: string;
  language: Language;
  url: (path: string, query?: Query) => string; // for links that download
  get: <A extends Address<'GET'>>(address: A, asked: Asked<A>, signal?: AbortSignal) => Promise<Answer<'GET', A>>;
  file: <A extends Address<'GET'>>(address: A, asked: Asked<A>) => Promise<Blob>; // where making it takes long
  change: <V extends Change, A extends Address<V>>(verb: V, address: A, sent: Sent<V, A>) => Promise<Answer<V, A>>;
}

export type Change = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Asked<A extends Address<'GET'>> {
  in: Places<A>;
  query?: QueryOf<A>;
}

export interface Sent<V extends Change, A extends Address<V>> {
  in: Places<A>;
  query?: QueryOf<A, V>;
  body?: Taken<V, A>;
  file?: Blob; // instead of a body
  headers?: Record<string, string>;
}

export type Query = Record<string, string | number | boolean | string[] | null | undefined>;

export interface Session {
  signedOut: boolean;
  signedIn: () => void; // asks again for everything that was refused
}

const SessionContext = createContext<Session>({ signedOut: false, signedIn: () => undefined });

export function useSession(): Session {
  return useContext(SessionContext);
}

const ApiContext = createContext<Api | null>(null);

export function urlOf(organisation: string, path: string, query: Query = {}): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) for (const one of value) given.append(name, one);
    else if (value !== null && value !== undefined) given.set(name, String(value));
  }
  const text = given.toString();
  return `/o/${organisation}/api/v1${path}${text === '' ? '' : `?${text}`}`;
}

// A proxy, or a server that lacks the endpoint, may answer with a page: that is no answer to us.
async function bodyOf<T>(response: Response): Promise<T> {
  if (response.status === 204) return null as T;
  if (!response.headers.get('Content-Type')?.includes('json'))
    throw new Problem({ status: 500, code: 'no_json', detail: '', reference: response.headers.get('X-Request-Id') });
  return (await response.json()) as T;
}

function typeOf(body: unknown, file: Blob | undefined): Record<string, string> {
  if (file) return { 'Content-Type': 'application/octet-stream' };
  return body === undefined ? {} : { 'Content-Type': 'application/json' };
}

// `onSignedOut`: the session has ended, or there never was one.
function apiOf(organisation: string, language: Language, onSignedOut: () => void): Api {
  const transport = browserTransport(() => language);
  const ask = (request: Request) =>
    send(request, transport).catch((error: unknown) => {
      if (error instanceof Problem && error.code === 'sign_in') onSignedOut();
      throw error;
    });
  const absolute = (path: string, query?: Query) => new URL(urlOf(organisation, path, query), location.origin);
  return {
    organisation,
    language,
    url: (path, query) => urlOf(organisation, path, query),
    get: async (address, asked, signal) =>
      bodyOf(await ask(new Request(absolute(filled(address, asked.in), asked.query), signal ? { signal } : {}))),
    file: async (address, asked) => (await ask(new Request(absolute(filled(address, asked.in), asked.query)))).blob(),
    change: async (method, address, { in: places, query, body, file, headers }) => {
      const request = new Request(absolute(filled(address, places), query), {
        method,
        headers: { ...typeOf(body, file), ...headers },
        ...((file ?? body) !== undefined && { body: file ?? JSON.stringify(body) }),
      });
      return bodyOf(await ask(request));
    },
  };
}

// Answers stay fresh until an event says that something changed (events.ts); the transport repeats, so queries do not.
function queryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        gcTime: 600_000,
        retry: false,
        refetchOnWindowFocus: true,
        throwOnError: (error) => !(error instanceof Problem),
      },
      mutations: { retry: false },
    },
  });
}

export function ApiProvider({ organisation, language, children }: { organisation: string; language: Language; children: ReactNode }) {
  const client = useRef<QueryClient | null>(null);
  client.current ??= queryClient();
  const [signedOut, setSignedOut] = useState(false);
  const api = useMemo(() => apiOf(organisation, language, () => setSignedOut(true)), [organisation, language]);
  const session = useMemo<Session>(
    () => ({
      signedOut,
      signedIn: () => {
        setSignedOut(false);
        void client.current?.resetQueries();
      },
    }),
    [signedOut],
  );
  useEffect(() => () => client.current?.clear(), [organisation]);
  return (
    <QueryClientProvider client={client.current}>
      <ApiContext value={api}>
        <SessionContext value={session}>{children}</SessionContext>
      </ApiContext>
    </QueryClientProvider>
  );
}

export function useApi(): Api {
  const api = useContext(ApiContext);
  if (!api) throw new Error('useApi outside of ApiProvider');
  return api;
}

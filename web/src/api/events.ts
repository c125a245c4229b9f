// Server-sent events: what changed elsewhere makes answers stale here, by the beginning of their keys.
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type Api, useApi } from './client.tsx';
import { noteNewest } from './refresh.ts';

export interface Change {
  index: number;
  registers: string[];
}

export function readChange(data: string): Change | null {
  try {
    const { index, registers } = JSON.parse(data) as Partial<Change>;
    return typeof index === 'number' && Array.isArray(registers) ? { index, registers: registers.map(String) } : null;
  } catch {
    return null;
  }
}

// Everything judged may change with any record; lists only with their own register.
function invalidate(client: QueryClient, { organisation }: Api, registers: ReadonlySet<string>) {
  void client.invalidateQueries({
    predicate: ({ queryKey }) =>
      queryKey[0] === organisation && queryKey[2] !== 'pinned' && (queryKey[2] !== 'records' || registers.has(String(queryKey[3]))),
  });
}

const gather = 300; // milliseconds: an import tells of thousands of changes

export function useChanges(): void {
  const api = useApi();
  const client = useQueryClient();
  useEffect(() => {
    const source = new EventSource(api.url('/events'));
    const registers = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      timer = undefined;
      invalidate(client, api, registers);
      registers.clear();
    };
    source.addEventListener('change', (event: MessageEvent<string>) => {
      const change = readChange(event.data);
      if (!change) return;
      noteNewest(change.registers, change.index);
      for (const register of change.registers) registers.add(register);
      timer ??= setTimeout(flush, gather);
    });
    return () => {
      source.close();
      clearTimeout(timer);
    };
  }, [api, client]);
}

export interface Progress {
  done: number;
  total: number;
}

export function readProgress(data: string, job: string): Progress | null {
  try {
    const told = JSON.parse(data) as Partial<Progress & { job: string }>;
    if (told.job !== job || typeof told.done !== 'number' || typeof told.total !== 'number') return null;
    return { done: told.done, total: told.total };
  } catch {
    return null;
  }
}

// How far long work is, under the name that it was given; null before the first word.
export function useProgress(job: string | null): Progress | null {
  const api = useApi();
  const [progress, setProgress] = useState<Progress | null>(null);
  useEffect(() => {
    setProgress(null);
    if (job === null) return undefined;
    const source = new EventSource(api.url('/events'));
    source.addEventListener('progress', (event: MessageEvent<string>) => {
      const told = readProgress(event.data, job);
      if (told) setProgress(told);
    });
    return () => source.close();
  }, [api, job]);
  return progress;
}

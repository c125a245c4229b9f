import { useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useApi } from './client.tsx';

// Asks again for everything that failed.
export function useRetry(): () => void {
  const client = useQueryClient();
  return () => void client.refetchQueries({ predicate: (query) => query.state.status === 'error' });
}

// What is known of changes to each register: how often this person made one since the page was loaded, and the ledger
// index of the newest that was told of.
const ownChanges = new Map<string, number>();
const newest = new Map<string, number>();
const listeners = new Set<() => void>();

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell() {
  for (const listener of listeners) listener();
}

export function noteNewest(registers: Iterable<string>, index: number): void {
  for (const register of registers) newest.set(register, Math.max(index, newest.get(register) ?? 0));
  tell();
}

export function useOwnChanges(register: string): number {
  return useSyncExternalStore(listen, () => ownChanges.get(register) ?? 0);
}

export function useNewestChange(register: string): number {
  return useSyncExternalStore(listen, () => newest.get(register) ?? 0);
}

// After the person's own change: everything judged, and what was read of that register.
export function useRefresh(): (register: string) => void {
  const client = useQueryClient();
  const { organisation } = useApi();
  return (register) => {
    ownChanges.set(register, (ownChanges.get(register) ?? 0) + 1);
    tell();
    void client.invalidateQueries({
      predicate: ({ queryKey }) =>
        queryKey[0] === organisation && queryKey[2] !== 'pinned' && (queryKey[2] !== 'records' || queryKey[3] === register),
    });
  };
}

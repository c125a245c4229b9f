import { useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useApi } from './client.tsx';

// Asks again for everything that failed.
export function useRetry(): () => void {
  const client = useQueryClient();
  return () => void client.refetchQueries({ predicate: (query) => query.state.status === 'error' });
}

// How often this person changed a register since the page was loaded.
const ownChanges = new Map<string, number>();
const listeners = new Set<() => void>();

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useOwnChanges(register: string): number {
  return useSyncExternalStore(listen, () => ownChanges.get(register) ?? 0);
}

// After the person's own change: everything judged, and what was read of that register.
export function useRefresh(): (register: string) => void {
  const client = useQueryClient();
  const { organisation } = useApi();
  return (register) => {
    ownChanges.set(register, (ownChanges.get(register) ?? 0) + 1);
    for (const listener of listeners) listener();
    void client.invalidateQueries({
      predicate: ({ queryKey }) =>
        queryKey[0] === organisation && queryKey[2] !== 'pinned' && (queryKey[2] !== 'records' || queryKey[3] === register),
    });
  };
}

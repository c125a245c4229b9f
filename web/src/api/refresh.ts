import { useQueryClient } from '@tanstack/react-query';
import { useApi } from './client.tsx';

// Asks again for everything that failed.
export function useRetry(): () => void {
  const client = useQueryClient();
  return () => void client.refetchQueries({ predicate: (query) => query.state.status === 'error' });
}

// After the person's own change: everything judged, and what was read of that register.
export function useRefresh(): (register: string) => void {
  const client = useQueryClient();
  const { organisation } = useApi();
  return (register) =>
    void client.invalidateQueries({
      predicate: ({ queryKey }) =>
        queryKey[0] === organisation && queryKey[2] !== 'pinned' && (queryKey[2] !== 'records' || queryKey[3] === register),
    });
}

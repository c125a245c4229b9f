import { useQueryClient } from '@tanstack/react-query';

// Asks again for everything that failed.
export function useRetry(): () => void {
  const client = useQueryClient();
  return () => void client.refetchQueries({ predicate: (query) => query.state.status === 'error' });
}

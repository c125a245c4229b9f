import { useState } from 'react';
import { Problem } from '../../api/problem.ts';

// One act at a time, and what the server said against it. Signing in again is asked elsewhere.
export function useAttempt() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const attempt = async (act: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    try {
      await act();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.kind !== 'sign_in') setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, attempt };
}

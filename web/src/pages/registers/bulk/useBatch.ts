// Many records at once: all or nothing, and one way back.
import { useState } from 'react';
import type { Schemas } from '../../../api/addresses.ts';
import { useApi } from '../../../api/client.tsx';
import { Problem } from '../../../api/problem.ts';
import { useRefresh } from '../../../api/refresh.ts';
import type { Register } from '../../../api/registers.ts';

export type BatchReport = Schemas['BatchReport'];
export type Entries = Schemas['Entries'];

function refusal(error: unknown): BatchReport | null {
  if (!(error instanceof Problem) || typeof error.answer !== 'object' || error.answer === null) return null;
  return 'problemCount' in error.answer ? (error.answer as BatchReport) : null;
}

interface Batch {
  busy: boolean;
  problem: Problem | null;
  refused: BatchReport | null; // nothing was changed, because of these records
  run: (act: () => Promise<BatchReport>) => Promise<BatchReport | null>;
}

function useBatch(register: Register): Batch {
  const refresh = useRefresh();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [refused, setRefused] = useState<BatchReport | null>(null);
  const run = async (act: () => Promise<BatchReport>) => {
    setBusy(true);
    setProblem(null);
    setRefused(null);
    try {
      const report = await act();
      refresh(register.name);
      return report;
    } catch (error) {
      const report = refusal(error);
      if (report) setRefused(report);
      else if (error instanceof Problem) setProblem(error);
      else throw error;
      return null;
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, refused, run };
}

export function useUndo(register: Register) {
  const api = useApi();
  const { run, ...state } = useBatch(register);
  const undo = (entries: Entries) =>
    run(() => api.change('POST', '/registers/{register}/undo', { in: { register: register.name }, body: entries }));
  return { ...state, undo };
}

export function useChanges(register: Register) {
  const api = useApi();
  const { run, ...state } = useBatch(register);
  const place = { in: { register: register.name } };
  const change = (ids: number[], fields: Schemas['ManyChanges']['fields']) =>
    run(() => api.change('POST', '/registers/{register}/changes', { ...place, body: { ids, fields } }));
  const retire = (ids: number[], reason: string) =>
    run(() => api.change('POST', '/registers/{register}/retirements', { ...place, body: { ids, reason } }));
  return { ...state, change, retire };
}

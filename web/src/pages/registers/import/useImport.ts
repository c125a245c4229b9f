import { useRef, useState } from 'react';
import type { Schemas } from '../../../api/addresses.ts';
import { useApi } from '../../../api/client.tsx';
import { type Progress, useProgress } from '../../../api/events.ts';
import { Problem } from '../../../api/problem.ts';
import { useRefresh } from '../../../api/refresh.ts';
import type { Register } from '../../../api/registers.ts';
import { columnsParameter, firstMapping, formatOf, type Mapping } from './columns.ts';

export type Report = Schemas['ImportReport'];
export type Step = 'file' | 'columns' | 'check' | 'done';
export type Doing = 'reading' | 'checking' | 'importing';

// A report that came as a refusal: nothing was written, and it says why.
function refusal(error: unknown): Report | null {
  if (!(error instanceof Problem) || typeof error.answer !== 'object' || error.answer === null) return null;
  return 'problemCount' in error.answer ? (error.answer as Report) : null;
}

export interface Import {
  step: Step;
  file: File | null;
  found: Schemas['ImportColumns'] | null;
  mapping: Mapping;
  checked: Report | null;
  done: Report | null;
  doing: Doing | null;
  progress: Progress | null;
  problem: Problem | null;
  choose: (file: File) => void;
  map: (column: number, field: string | null) => void;
  check: () => void;
  start: () => void;
  again: () => void;
}

function useDoing() {
  const [doing, setDoing] = useState<Doing | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = (what: Doing, act: () => Promise<void>) => {
    setDoing(what);
    setProblem(null);
    void act()
      .catch((error: unknown) => {
        if (!(error instanceof Problem)) throw error;
        setProblem(error);
      })
      .finally(() => setDoing(null));
  };
  return { doing, problem, run };
}

export function useImport(register: Register): Import {
  const api = useApi();
  const refresh = useRefresh();
  const { doing, problem, run } = useDoing();
  const [file, setFile] = useState<File | null>(null);
  const [found, setFound] = useState<Schemas['ImportColumns'] | null>(null);
  const [mapping, setMapping] = useState<Mapping>([]);
  const [checked, setChecked] = useState<Report | null>(null);
  const [done, setDone] = useState<Report | null>(null);
  const [job, setJob] = useState<string | null>(null);
  const chosen = useRef(new Map<string, string | null>());
  const progress = useProgress(doing === null ? null : job);
  const place = { in: { register: register.name } };

  const send = async (sent: File, mode: 'check' | 'import'): Promise<Report> => {
    const name = crypto.randomUUID();
    setJob(name);
    const columns = columnsParameter(mapping);
    const query = { format: formatOf(sent.name), columns, dryRun: mode === 'check', job: name };
    return api.change('POST', '/registers/{register}/import', { ...place, query, file: sent }).catch((error: unknown) => {
      const report = refusal(error);
      if (report) return report;
      throw error;
    });
  };

  const choose = (next: File) => {
    setFile(next);
    setFound(null);
    setChecked(null);
    run('reading', async () => {
      const query = { format: formatOf(next.name) };
      const answer = await api.change('POST', '/registers/{register}/import/columns', { ...place, query, file: next });
      setFound(answer);
      setMapping(firstMapping(answer.columns, chosen.current));
    });
  };
  const map = (column: number, field: string | null) => {
    const heading = found?.columns[column]?.heading;
    if (heading) chosen.current.set(heading, field);
    setMapping((before) => before.map((one, at) => (at === column ? field : one)));
    setChecked(null);
  };
  const check = () => run('checking', async () => setChecked(file && (await send(file, 'check'))));
  const start = () =>
    run('importing', async () => {
      if (!file) return;
      const report = await send(file, 'import');
      if (report.problemCount > 0) return setChecked(report); // somebody changed something between checking and importing
      setDone(report);
      refresh(register.name);
    });
  const again = () => {
    setFile(null);
    setFound(null);
    setChecked(null);
    setDone(null);
  };
  const step = done ? 'done' : checked ? 'check' : found ? 'columns' : 'file';
  return { step, file, found, mapping, checked, done, doing, progress, problem, choose, map, check, start, again };
}

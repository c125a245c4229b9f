import { lazy, Suspense, useState } from 'react';
import type { ApiRecord, Register } from '../../../api/registers.ts';
import { Button, IconButton } from '../../../ui/Button.tsx';
import { ProblemBar } from '../../../ui/ProblemBar.tsx';
import { useWords } from '../../../words/language.tsx';
import { useListWords } from '../../../words/lists.ts';
import css from './Bulk.module.css';
import type { Done } from './BulkDialogs.tsx';
import { Refusals } from './Refusals.tsx';
import { useUndo } from './useBatch.ts';

const ChangeDialog = lazy(() => import('./BulkDialogs.tsx').then((file) => ({ default: file.ChangeDialog })));
const RetireDialog = lazy(() => import('./BulkDialogs.tsx').then((file) => ({ default: file.RetireDialog })));

interface Props {
  register: Register;
  records: ApiRecord[];
  onClear: () => void;
}

// At the foot of a list while records are chosen; afterwards what was done, and the one way back.
export function SelectionBar({ register, records, onClear }: Props) {
  const { f } = useWords();
  const words = useListWords().pick;
  const [open, setOpen] = useState<'change' | 'retire' | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const finish = (what: Done) => {
    setOpen(null);
    setDone(what);
    onClear();
  };
  const Shown = open === 'change' ? ChangeDialog : RetireDialog;
  return (
    <>
      {records.length > 0 ? (
        <div className={css.bar} role="region" aria-label={words.chosen(f.number(records.length))} data-noprint>
          <b role="status">{words.chosen(f.number(records.length))}</b>
          <Button size="dense" kind="quiet" onClick={onClear}>
            {words.none}
          </Button>
          <Button size="dense" icon="filePenLine" onClick={() => setOpen('change')}>
            {words.change}
          </Button>
          <Button size="dense" onClick={() => setOpen('retire')}>
            {words.retire}
          </Button>
        </div>
      ) : (
        done && <DoneBar key={done.what} register={register} done={done} onClose={() => setDone(null)} />
      )}
      {open && (
        <Suspense fallback={null}>
          <Shown register={register} records={records} onClose={() => setOpen(null)} onDone={finish} />
        </Suspense>
      )}
    </>
  );
}

function DoneBar({ register, done, onClose }: { register: Register; done: Done; onClose: () => void }) {
  const { t, f } = useWords();
  const lists = useListWords();
  const { busy, problem, refused, undo } = useUndo(register);
  const [undone, setUndone] = useState<string | null>(null);
  const takeBack = async () => {
    const report = done.entries && (await undo(done.entries));
    if (report) setUndone(lists.bulk.undone(f.number(report.changed)));
  };
  return (
    <div>
      {problem && <ProblemBar what={problem.detail || t.errors.offline} reference={problem.reference} />}
      {refused && <Refusals title={lists.imports.refusedUndo} report={refused} register={register} />}
      <div className={css.done} data-noprint>
        <b role="status">{undone ?? done.what}</b>
        {done.entries && !undone && (
          <Button size="dense" icon="undo" disabled={busy} onClick={() => void takeBack()}>
            {lists.bulk.undo}
          </Button>
        )}
        <IconButton icon="x" label={t.common.close} onClick={onClose} />
      </div>
    </div>
  );
}

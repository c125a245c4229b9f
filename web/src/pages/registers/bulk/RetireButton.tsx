import { lazy, Suspense, useState } from 'react';
import type { ApiRecord, Register } from '../../../api/registers.ts';
import { Button } from '../../../ui/Button.tsx';
import { useToast } from '../../../ui/Toast.tsx';
import { useListWords } from '../../../words/lists.ts';
import type { Done } from './BulkDialogs.tsx';
import { useUndo } from './useBatch.ts';

const RetireDialog = lazy(() => import('./BulkDialogs.tsx').then((file) => ({ default: file.RetireDialog })));

// Takes one record out of its register; `onGone` leaves its page.
export function RetireButton({ register, record, onGone }: { register: Register; record: ApiRecord; onGone: () => void }) {
  const words = useListWords();
  const say = useToast();
  const [open, setOpen] = useState(false);
  const { undo } = useUndo(register);
  const finish = ({ what, entries }: Done) => {
    setOpen(false);
    onGone();
    say({ title: what, ...(entries && { action: { label: words.bulk.undo, onPress: () => void undo(entries) } }) });
  };
  return (
    <>
      <Button kind="quiet" size="dense" onClick={() => setOpen(true)}>
        {words.pick.retire}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <RetireDialog register={register} records={[record]} onClose={() => setOpen(false)} onDone={finish} />
        </Suspense>
      )}
    </>
  );
}

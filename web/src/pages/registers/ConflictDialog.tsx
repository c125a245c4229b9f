import { useState } from 'react';
import type { RecordVersion } from '../../api/registers.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Conflict, type ConflictField } from '../../ui/Diff.tsx';
import { useWords } from '../../words/language.tsx';
import css from './Registers.module.css';

interface Props {
  theirs: RecordVersion;
  fields: ConflictField[];
  onChoose: (fields: ConflictField[]) => void;
  onCancel: () => void;
}

export function ConflictDialog({ theirs, fields, onChoose, onCancel }: Props) {
  const { t, f } = useWords();
  const { by, at } = theirs.entry;
  const [chosen, setChosen] = useState(fields);
  return (
    <Dialog
      open
      wide
      onOpenChange={onCancel}
      title={t.register.conflict}
      foot={
        <>
          <Button onClick={onCancel}>{t.common.cancel}</Button>
          <Button kind="primary" onClick={() => onChoose(chosen)}>
            {t.save.save}
          </Button>
        </>
      }
    >
      <p className={css.conflict}>
        {by && t.diff.conflict(by.title, f.instant(at))} {t.register.conflictText}
      </p>
      <Conflict
        fields={chosen}
        onChoose={(name, choice) => setChosen((before) => before.map((one) => (one.name === name ? { ...one, choice } : one)))}
      />
    </Dialog>
  );
}

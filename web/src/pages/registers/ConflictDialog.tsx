import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Conflict, type ConflictField } from '../../ui/Diff.tsx';
import { useWords } from '../../words/language.tsx';

interface Props {
  fields: ConflictField[];
  onChoose: (fields: ConflictField[]) => void;
  onCancel: () => void;
}

export function ConflictDialog({ fields, onChoose, onCancel }: Props) {
  const { t } = useWords();
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
      <p>{t.register.conflictText}</p>
      <Conflict
        fields={chosen}
        onChoose={(name, choice) => setChosen((before) => before.map((one) => (one.name === name ? { ...one, choice } : one)))}
      />
    </Dialog>
  );
}

import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Field, Input } from '../../ui/Field.tsx';
import { useWords } from '../../words/language.tsx';
import css from './KnownAt.module.css';

// The second clock, for auditors: how much of the ledger is known. Behind "details", because nobody else needs two.
export function KnownAt({ known, entries, onChange }: { known: number | null; entries: number; onChange: (known: number | null) => void }) {
  const { t, f } = useWords();
  const [text, setText] = useState<string | null>(null);
  const written = text ?? (known === null ? '' : String(known));
  const index = /^\d{1,15}$/.test(written.normalize('NFKC').trim()) ? Number(written.normalize('NFKC').trim()) : null;
  return (
    <details className={css.known} open={known !== null || undefined} data-known={known !== null || undefined}>
      <summary>{known === null ? t.dateBar.details : t.story.known(f.number(known))}</summary>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          setText(null);
          onChange(index);
        }}
      >
        <Field label={t.dateBar.knownAt} help={t.dateBar.knownAtHelp}>
          <Input value={written} onChange={setText} inputMode="numeric" placeholder={String(entries)} />
        </Field>
        <div className={css.buttons}>
          <Button type="submit" disabled={index === null}>
            {t.story.show}
          </Button>
          {known !== null && (
            <Button kind="quiet" onClick={() => onChange(null)}>
              {t.story.knownEnd}
            </Button>
          )}
        </div>
      </form>
    </details>
  );
}

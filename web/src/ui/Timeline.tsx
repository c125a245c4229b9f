import type { ReactNode } from 'react';
import { useWords } from '../words/language.tsx';
import { Button } from './Button.tsx';
import css from './Timeline.module.css';

export interface TimelineEntry {
  index: number; // of the ledger entry
  at: string; // instant
  who: string | null; // null: the program itself
  what: ReactNode;
  details?: ReactNode; // field by field
  onReceipt?: () => void;
  onUndo?: () => void; // enters the old values anew
}

// Who changed what when, newest first, each with its receipt.
export function Timeline({ entries }: { entries: TimelineEntry[] }) {
  const { t, f } = useWords();
  return (
    <ol className={css.timeline}>
      {entries.map((entry) => (
        <li key={entry.index} className={css.entry}>
          <p className={css.head}>
            <b>{entry.who ? t.timeline.by(entry.who) : t.timeline.noOne}</b>
            <span>{entry.what}</span>
            <time dateTime={entry.at}>{f.instant(entry.at)}</time>
            <span className={css.index}>#{f.number(entry.index)}</span>
          </p>
          {entry.details}
          {(entry.onReceipt || entry.onUndo) && (
            <div className={css.tools} data-noprint>
              {entry.onReceipt && (
                <Button kind="quiet" size="dense" icon="download" onClick={entry.onReceipt}>
                  {t.timeline.receipt}
                </Button>
              )}
              {entry.onUndo && (
                <Button kind="quiet" size="dense" icon="undo" onClick={entry.onUndo}>
                  {t.timeline.undo}
                </Button>
              )}
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}

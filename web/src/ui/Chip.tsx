import type { ReactNode } from 'react';
import { markOfState, type RowState } from '../model.ts';
import { useWords } from '../words/language.tsx';
import { Icon } from './icons/Icon.tsx';
import { Mark, tintOf } from './Mark.tsx';
import css from './Chip.module.css';

// State of a row: mark and word in the mark's tint.
export function Chip({ state }: { state: RowState }) {
  const { t } = useWords();
  const of = markOfState[state];
  return (
    <span className={`${css.chip} ${tintOf(of)}`} data-mark-tile={of} data-state={state}>
      <Mark of={of} size={13} />
      {t.states[state]}
    </span>
  );
}

// A class or kind; `strong` is the heaviest (極秘). Ink, no colour: it is no verdict.
export function Tag({ children, weight = 'plain' }: { children: ReactNode; weight?: 'plain' | 'bold' | 'strong' }) {
  return (
    <span className={css.tag} data-weight={weight}>
      {children}
    </span>
  );
}

interface PillProps {
  label: string;
  onRemove?: () => void;
  onPress?: () => void;
}

// A filter that is on.
export function Pill({ label, onRemove, onPress }: PillProps) {
  const { t } = useWords();
  return (
    <span className={css.pill}>
      {onPress ? (
        <button type="button" onClick={onPress}>
          {label}
        </button>
      ) : (
        <span>{label}</span>
      )}
      {onRemove && (
        <button type="button" className={css.remove} onClick={onRemove} aria-label={t.form.remove(label)}>
          <Icon name="x" size={14} />
        </button>
      )}
    </span>
  );
}

export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className={css.kbd}>{children}</kbd>;
}

// How many wait behind a link; `alarm` only for what is the reader's own problem.
export function Badge({ count, alarm = false, label }: { count: number; alarm?: boolean; label?: string }) {
  const { f } = useWords();
  if (count === 0) return null;
  return (
    <span className={css.badge} data-alarm={alarm || undefined}>
      <span aria-hidden={label ? 'true' : undefined}>{f.number(count)}</span>
      {label && <span className="hidden-text">{label}</span>}
    </span>
  );
}

import type { ReactNode } from 'react';
import { useWords } from '../words/language.tsx';
import { Button, IconButton } from './Button.tsx';
import { Icon } from './icons/Icon.tsx';
import css from './Bars.module.css';

interface Props {
  what: string;
  todo?: string | undefined;
  reference?: string | null | undefined; // request id, for whoever is asked for help
  onRetry?: (() => void) | undefined;
  retry?: string; // its button, when it does something else than trying again
  onClose?: (() => void) | undefined;
  tone?: 'problem' | 'notice';
  children?: ReactNode;
}

// What happened, what to do, and the number to quote. At a field there is Field's own error instead.
export function ProblemBar({ what, todo, reference, onRetry, retry, onClose, tone = 'problem', children }: Props) {
  const { t } = useWords();
  return (
    <div className={css.problem} data-tone={tone} role={tone === 'problem' ? 'alert' : 'status'}>
      <Icon name="triangleAlert" size={21} />
      <div className={css.body}>
        <p className={css.what}>{what}</p>
        {(todo || reference) && (
          <p className={css.todo}>
            {todo} {reference && <span className={css.reference}>{t.problem.reference(reference)}</span>}
          </p>
        )}
        {children}
      </div>
      {onRetry && (
        <Button size="dense" onClick={onRetry}>
          {retry ?? t.problem.retry}
        </Button>
      )}
      {onClose && <IconButton icon="x" label={t.problem.close} onClick={onClose} />}
    </div>
  );
}

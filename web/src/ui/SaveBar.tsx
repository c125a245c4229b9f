import { useWords } from '../words/language.tsx';
import { Button } from './Button.tsx';
import { Kbd } from './Chip.tsx';
import css from './Bars.module.css';

interface Props {
  changed: number; // fields; 0 hides the bar
  saving: boolean;
  errors?: number;
  onSave: () => void;
  onDiscard: () => void;
}

// At the foot of a form, only when something changed.
export function SaveBar({ changed, saving, errors = 0, onSave, onDiscard }: Props) {
  const { t } = useWords();
  if (changed === 0) return null;
  return (
    <div className={css.save} role="region" aria-label={t.save.save} data-noprint>
      <p className={css.saveText}>
        <b>{t.save.changed(changed)}</b>
        {errors > 0 ? <span className={css.errors}>{t.form.errors(errors)}</span> : <span className={css.draft}>{t.save.draft}</span>}
      </p>
      <Button kind="quiet" onClick={onDiscard} disabled={saving}>
        {t.save.discard}
      </Button>
      <Button kind="primary" onClick={onSave} disabled={saving}>
        {saving ? t.save.saving : t.save.save}
      </Button>
      <span className={css.keys}>
        <Kbd>{t.save.shortcut}</Kbd>
      </span>
    </div>
  );
}

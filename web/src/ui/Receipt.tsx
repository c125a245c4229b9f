import { useState } from 'react';
import { useWords } from '../words/language.tsx';
import { Button, IconButton } from './Button.tsx';
import css from './Receipt.module.css';

interface Props {
  index: number;
  at: string;
  leaf: string;
  root?: string;
  onSave: () => void;
}

// A hash, short for eyes and whole for the clipboard.
export function Hash({ value, name }: { value: string; name: string }) {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard.writeText(value).then(() => setCopied(true));
  return (
    <span className={css.hash}>
      <code title={value}>{value.slice(0, 8)}…</code>
      <IconButton icon={copied ? 'check' : 'copy'} label={`${copied ? t.receipt.copied : t.receipt.copy} (${name})`} onClick={copy} />
    </span>
  );
}

// That something was recorded, and the proof to keep.
export function Receipt({ index, at, leaf, root, onSave }: Props) {
  const { t, f } = useWords();
  return (
    <section className={css.receipt} aria-label={t.receipt.title}>
      <p className={css.head}>{t.receipt.recorded}</p>
      <dl className={css.facts}>
        <dt>{t.receipt.index}</dt>
        <dd>{f.number(index)}</dd>
        <dt>{t.receipt.at}</dt>
        <dd>{f.instant(at)}</dd>
        <dt>{t.receipt.leaf}</dt>
        <dd>
          <Hash value={leaf} name={t.receipt.leaf} />
        </dd>
        {root && (
          <>
            <dt>{t.receipt.root}</dt>
            <dd>
              <Hash value={root} name={t.receipt.root} />
            </dd>
          </>
        )}
      </dl>
      <Button icon="download" onClick={onSave}>
        {t.receipt.save}
      </Button>
    </section>
  );
}

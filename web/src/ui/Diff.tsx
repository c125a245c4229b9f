import type { ReactNode } from 'react';
import { useWords } from '../words/language.tsx';
import { Radio } from './controls.tsx';
import css from './Diff.module.css';

export interface FieldChange {
  field: string; // label
  before: ReactNode; // null: was empty
  after: ReactNode;
}

const shown = (value: ReactNode, empty: string) => (value === null || value === '' ? <span className={css.empty}>{empty}</span> : value);

// Field by field, before → after.
export function Diff({ changes }: { changes: FieldChange[] }) {
  const { t } = useWords();
  if (changes.length === 0) return <p className={css.empty}>{t.diff.none}</p>;
  return (
    <dl className={css.diff}>
      {changes.map((change) => (
        <div key={change.field} className={css.change}>
          <dt>{change.field}</dt>
          <dd>
            <del className={css.before}>{shown(change.before, t.diff.empty)}</del> <span aria-hidden="true">→</span>{' '}
            <ins className={css.after}>{shown(change.after, t.diff.empty)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

export interface ConflictField {
  name: string;
  field: string;
  base: string;
  yours: string;
  theirs: string;
  choice: 'yours' | 'theirs';
}

// Two people changed one record: three columns, and a choice for each field.
export function Conflict({ fields, onChoose }: { fields: ConflictField[]; onChoose: (name: string, choice: 'yours' | 'theirs') => void }) {
  const { t } = useWords();
  const choices = [
    { value: 'yours', label: t.diff.keepYours },
    { value: 'theirs', label: t.diff.keepTheirs },
  ];
  return (
    <ul className={css.conflicts}>
      {fields.map((one) => (
        <li key={one.name}>
          <h3>{one.field}</h3>
          <dl className={css.three}>
            <div data-chosen={one.choice === 'yours' || undefined}>
              <dt>{t.diff.yours}</dt>
              <dd>{shown(one.yours, t.diff.empty)}</dd>
            </div>
            <div data-chosen={one.choice === 'theirs' || undefined}>
              <dt>{t.diff.theirs}</dt>
              <dd>{shown(one.theirs, t.diff.empty)}</dd>
            </div>
            <div>
              <dt>{t.diff.base}</dt>
              <dd>{shown(one.base, t.diff.empty)}</dd>
            </div>
          </dl>
          <Radio
            choices={choices}
            value={one.choice}
            label={one.field}
            onChange={(value) => onChoose(one.name, value === 'theirs' ? 'theirs' : 'yours')}
          />
        </li>
      ))}
    </ul>
  );
}

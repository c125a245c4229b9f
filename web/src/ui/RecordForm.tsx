import { type KeyboardEvent, useRef, useState } from 'react';
import { useWords } from '../words/language.tsx';
import { FieldFor, type References } from './FieldFor.tsx';
import { checkField, type FieldValue, type RegisterField, sameValue } from './fieldModel.ts';
import { ProblemBar } from './ProblemBar.tsx';
import { SaveBar } from './SaveBar.tsx';
import css from './RecordForm.module.css';

export interface FormGroup {
  title: string | null;
  fields: RegisterField[];
}

export type Values = Record<string, FieldValue>;

interface Props {
  groups: FormGroup[];
  stored: Values; // what the record says
  values: Values; // what was typed (useDraft)
  onChange: (name: string, value: FieldValue) => void;
  onSave: () => void;
  onDiscard: () => void;
  saving: boolean;
  serverErrors: Record<string, string>; // by field; the server has the last word
  problem?: { what: string; todo?: string; reference?: string | null } | null;
  references: References;
}

export function changedFields(groups: FormGroup[], stored: Values, values: Values): string[] {
  return groups
    .flatMap((group) => group.fields)
    .filter((field) => !sameValue(stored[field.name] ?? null, values[field.name] ?? null))
    .map((field) => field.name);
}

// Ctrl or Command with S saves; not while an input method composes.
function savesBy(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's' && !event.nativeEvent.isComposing;
}

// The form of a register's record. Errors show at a field once it was left, and at all fields after trying to save.
export function RecordForm(props: Props) {
  const { groups, stored, values, onChange, onSave, onDiscard, saving, serverErrors, problem, references } = props;
  const { t, f } = useWords();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const errorOf = (field: RegisterField) => checkField(field, values[field.name] ?? null, t, f);
  const wrong = groups.flatMap((group) => group.fields).filter((field) => errorOf(field) !== null);
  const save = () => {
    setTried(true);
    if (wrong.length === 0) onSave();
    else requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  const shown = (field: RegisterField) => serverErrors[field.name] ?? (tried || left.has(field.name) ? errorOf(field) : null);
  return (
    <form
      ref={form}
      className={css.form}
      noValidate
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (!savesBy(event)) return;
        event.preventDefault();
        save();
      }}
    >
      {problem && <ProblemBar {...problem} />}
      {groups.map((group, at) => (
        <fieldset key={group.title ?? at} className={css.group}>
          {group.title && <legend className={css.legend}>{group.title}</legend>}
          {group.fields.map((field) => (
            <FieldFor
              key={field.name}
              field={field}
              value={values[field.name] ?? null}
              error={shown(field)}
              references={references}
              onChange={(value) => onChange(field.name, value)}
              onLeave={() => setLeft((before) => new Set(before).add(field.name))}
            />
          ))}
        </fieldset>
      ))}
      <SaveBar
        changed={changedFields(groups, stored, values).length}
        saving={saving}
        errors={tried ? wrong.length : 0}
        onSave={save}
        onDiscard={onDiscard}
      />
    </form>
  );
}

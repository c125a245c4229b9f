import { type Reference, ReferenceField, ReferencesField } from './Combobox.tsx';
import { Checkbox, Radio, Select } from './controls.tsx';
import { Field, Input, TextArea } from './Field.tsx';
import { type FieldValue, normalise, type PickedFile, type RegisterField } from './fieldModel.ts';
import { FileDrop } from './FileDrop.tsx';
import { parseDay } from '../time/day.ts';
import { useWords } from '../words/language.tsx';
import css from './fields.module.css';

// What a reference field needs from the server.
export interface References {
  found: (register: string) => Reference[];
  search: (register: string, text: string) => void;
  // Makes a record by the name that was typed and hands it back; null where this person may not.
  creator?: (register: string) => ((name: string, done: (made: Reference) => void) => void) | null;
}

export interface FieldForProps {
  field: RegisterField;
  value: FieldValue;
  onChange: (value: FieldValue) => void;
  onLeave?: () => void;
  error?: string | null;
  references: References;
}

const inputTypes: Partial<Record<RegisterField['type'], string>> = { url: 'url', mail: 'email' };
const numeric: readonly RegisterField['type'][] = ['integer', 'decimal', 'money'];

const asText = (value: FieldValue) => (typeof value === 'string' ? value : '');
const asReference = (value: FieldValue) =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && 'label' in value ? value : null;
const asReferences = (value: FieldValue): Reference[] =>
  Array.isArray(value) ? value.filter((one): one is Reference => typeof one === 'object') : [];
const asTexts = (value: FieldValue): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
const asFile = (value: FieldValue): PickedFile | null => (value !== null && typeof value === 'object' && 'size' in value ? value : null);

function TextControl({ field, value, onChange, onLeave }: FieldForProps) {
  const number = numeric.includes(field.type);
  const leave = () => {
    const tidy = normalise(field.type, asText(value));
    if (tidy !== asText(value)) onChange(tidy);
    onLeave?.();
  };
  return (
    <Input
      type={inputTypes[field.type] ?? 'text'}
      value={asText(value)}
      onChange={onChange}
      onBlur={leave}
      short={number}
      {...(number && { inputMode: 'decimal' as const })}
    />
  );
}

// The browser's own field shows the browser's format, so the day stands beside it in ours.
function DateControl({ value, onChange, onLeave }: FieldForProps) {
  const { f } = useWords();
  const day = parseDay(asText(value));
  return (
    <span className={css.chips}>
      <Input type="date" value={asText(value)} onChange={onChange} {...(onLeave && { onBlur: onLeave })} short />
      <span className={css.help}>{day ? f.day(day) : ''}</span>
    </span>
  );
}

function BooleanControl({ field, value, onChange }: FieldForProps) {
  const { t } = useWords();
  const choices = [
    { value: 'true', label: t.form.yes },
    { value: 'false', label: t.form.no },
    ...(field.required ? [] : [{ value: '', label: t.form.unset }]),
  ];
  return (
    <Radio
      label={field.label}
      choices={choices}
      value={value === null ? '' : String(value)}
      onChange={(text) => onChange(text === '' ? null : text === 'true')}
    />
  );
}

function ListControl(props: FieldForProps) {
  const { field, value, onChange, references } = props;
  if (field.of === 'choice') {
    const chosen = asTexts(value);
    const toggle = (code: string, on: boolean) => onChange(on ? [...chosen, code] : chosen.filter((one) => one !== code));
    return (
      <div className={css.options} role="group" aria-label={field.label}>
        {field.choices?.map((choice) => (
          <Checkbox
            key={choice.value}
            label={choice.label}
            checked={chosen.includes(choice.value)}
            onChange={(on) => toggle(choice.value, on)}
          />
        ))}
      </div>
    );
  }
  const to = field.of === 'person' ? 'person' : field.to;
  if (!to)
    return <TextArea value={asTexts(value).join('\n')} onChange={(text) => onChange(text === '' ? [] : text.split('\n'))} rows={3} />;
  return (
    <ReferencesField
      values={asReferences(value)}
      onChange={onChange}
      found={references.found(to)}
      onSearch={(text) => references.search(to, text)}
      label={field.label}
      {...quickCreate(references, to, (made) => onChange([...asReferences(value), made]))}
    />
  );
}

function quickCreate(references: References, to: string, done: (made: Reference) => void): { onCreate?: (name: string) => void } {
  const create = references.creator?.(to);
  return create ? { onCreate: (name) => create(name, done) } : {};
}

function Control(props: FieldForProps) {
  const { field, value, onChange, references } = props;
  const to = field.type === 'person' ? 'person' : (field.to ?? '');
  switch (field.type) {
    case 'long_text':
      return <TextArea value={asText(value)} onChange={onChange} />;
    case 'date':
      return <DateControl {...props} />;
    case 'boolean':
      return <BooleanControl {...props} />;
    case 'choice':
      return (
        <Select
          choices={field.choices ?? []}
          value={asText(value) || null}
          onChange={onChange}
          optional={!field.required}
          invalid={Boolean(props.error)}
        />
      );
    case 'reference':
    case 'person':
      return (
        <ReferenceField
          value={asReference(value)}
          onChange={onChange}
          found={references.found(to)}
          onSearch={(text) => references.search(to, text)}
          invalid={Boolean(props.error)}
          {...quickCreate(references, to, onChange)}
        />
      );
    case 'list':
      return <ListControl {...props} />;
    case 'file':
      return <FileDrop value={asFile(value)} onChange={onChange} label={field.label} />;
    case 'text':
    case 'integer':
    case 'decimal':
    case 'money':
    case 'instant':
    case 'url':
    case 'mail':
    case 'mac_address':
    case 'sha256':
      return <TextControl {...props} />;
  }
}

// The control that a register's field asks for, with its label, help and error.
export function FieldFor(props: FieldForProps) {
  const { t } = useWords();
  const { field, error } = props;
  const help =
    field.type === 'list' && !field.to && field.of !== 'choice' && field.of !== 'person'
      ? [field.help, t.form.listHelp].filter(Boolean).join(' · ')
      : field.help;
  return (
    <Field label={field.label} help={help} error={error} required={field.required} unit={field.unit} personal={field.personal}>
      <Control {...props} />
    </Field>
  );
}

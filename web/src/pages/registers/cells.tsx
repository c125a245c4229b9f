import type { ReactNode } from 'react';
import type { ApiRecord, ApiValue, Register } from '../../api/registers.ts';
import { type FieldType, type FieldValue, isEmpty, type RegisterField } from '../../ui/fieldModel.ts';
import { Tag } from '../../ui/Chip.tsx';
import type { GridColumn } from '../../ui/VirtualGrid.tsx';
import type { Wording } from '../../words/language.tsx';

// A value as a line of text. Days stay in digits: in columns they are compared.
export function textOf(field: RegisterField, value: ApiValue | undefined, { t, f }: Wording): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map((one) => textOf(field, one, { t, f } as Wording)).join(', ');
  if (typeof value === 'object') return value.title || value.key;
  if (typeof value === 'boolean') return value ? t.form.yes : t.form.no;
  if (typeof value === 'number') return f.number(value);
  if (field.type === 'instant') return f.instant(value);
  return field.choices?.find((choice) => choice.value === value)?.label ?? value;
}

// A value as it was typed, in words; "" when it is empty.
export function textOfTyped(field: RegisterField, value: FieldValue, { t }: Wording): string {
  if (isEmpty(value) || value === null) return '';
  if (Array.isArray(value)) return value.map((one) => (typeof one === 'string' ? labelOf(field, one) : one.label)).join(', ');
  if (typeof value === 'boolean') return value ? t.form.yes : t.form.no;
  if (typeof value === 'object') return 'label' in value ? value.label : value.name;
  return labelOf(field, value);
}

const labelOf = (field: RegisterField, code: string) => field.choices?.find((choice) => choice.value === code)?.label ?? code;

const widths: Partial<Record<FieldType, string>> = {
  date: '112px',
  boolean: '96px',
  integer: '96px',
  decimal: '96px',
  money: '120px',
  instant: '150px',
  choice: 'minmax(104px, 1fr)',
};
const left: ReadonlySet<FieldType> = new Set(['long_text', 'file', 'sha256', 'list']);
const numeric: ReadonlySet<FieldType> = new Set(['integer', 'decimal', 'money']);
const sortable: ReadonlySet<FieldType> = new Set(['text', 'integer', 'decimal', 'money', 'date', 'instant', 'choice', 'mail', 'url']);

// Key and title first, then what every record has, then what fits of the others.
export function defaultColumns(register: Register, count = 7): string[] {
  const first = [...register.key, register.title];
  const names = register.fields.map((field) => field.name);
  const others = register.fields.filter((field) => !left.has(field.type) && !first.includes(field.name));
  const rest = [...others.filter((field) => field.required), ...others.filter((field) => !field.required)].map((field) => field.name);
  return [...new Set([...first, ...rest])].filter((name) => names.includes(name)).slice(0, count);
}

function cellOf(register: Register, field: RegisterField, record: ApiRecord, wording: Wording): ReactNode {
  const text = textOf(field, record.fields[field.name], wording);
  if (record.erased?.[field.name] !== undefined) return <Tag>{wording.t.register.erased}</Tag>;
  if (field.name === register.title) return <b>{text}</b>;
  return field.type === 'choice' && text !== '' ? <Tag>{text}</Tag> : text;
}

// By its key, as people look things up; a key that is a reference cannot be sorted by.
export function defaultSort(register: Register): string | null {
  const key = register.fields.find((field) => field.name === register.key[0]);
  return key && sortable.has(key.type) ? key.name : null;
}

export function columnsOf(register: Register, names: string[], wording: Wording): GridColumn<ApiRecord>[] {
  return names.flatMap((name) => {
    const field = register.fields.find((one) => one.name === name);
    if (!field) return [];
    const width = widths[field.type] ?? (name === register.title ? 'minmax(160px, 2fr)' : 'minmax(112px, 1fr)');
    return [
      {
        name,
        label: field.label,
        width,
        sortable: sortable.has(field.type),
        cell: (record: ApiRecord) => cellOf(register, field, record, wording),
        ...(numeric.has(field.type) && { align: 'end' as const }),
      },
    ];
  });
}

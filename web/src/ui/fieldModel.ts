// Fields of a register as forms need them, their values while they are typed, and what can be said of them before the
// server is asked. The register file decides; the server has the last word.
import type { Words } from '../words/ja.ts';
import type { Formats } from '../words/formats.ts';
import { parseDay } from '../time/day.ts';
import type { Choice } from './controls.tsx';
import type { Reference } from './Combobox.tsx';

export type FieldType =
  | 'text'
  | 'long_text'
  | 'integer'
  | 'decimal'
  | 'money'
  | 'date'
  | 'instant'
  | 'boolean'
  | 'choice'
  | 'reference'
  | 'person'
  | 'list'
  | 'file'
  | 'url'
  | 'mail'
  | 'mac_address'
  | 'sha256';

export interface RegisterField {
  name: string;
  type: FieldType;
  label: string;
  help?: string;
  required: boolean;
  personal: boolean;
  unit?: string;
  maxLength?: number;
  min?: string;
  max?: string;
  choices?: Choice[];
  to?: string; // register of a reference
  of?: FieldType; // of a list's members
}

export interface PickedFile {
  name: string;
  size: number;
  file: File | null; // null: already stored
  sha256: string | null;
  href?: string; // of what is stored
}

export type FieldValue = string | boolean | string[] | Reference | Reference[] | PickedFile | null;

const normalised: ReadonlySet<FieldType> = new Set([
  'integer',
  'decimal',
  'money',
  'date',
  'instant',
  'url',
  'mail',
  'mac_address',
  'sha256',
]);

// Full-width digits and letters become ASCII in codes, dates and numbers; never in names and remarks.
export function normalise(type: FieldType, text: string): string {
  return normalised.has(type) ? text.normalize('NFKC').trim() : text;
}

export function isEmpty(value: FieldValue): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

export function sameValue(a: FieldValue, b: FieldValue): boolean {
  if (isEmpty(a) && isEmpty(b)) return true;
  return JSON.stringify(a) === JSON.stringify(b);
}

const numbers: Partial<Record<FieldType, RegExp>> = { integer: /^[+-]?\d+$/, decimal: /^[+-]?\d+(\.\d+)?$/, money: /^[+-]?\d+$/ };

function checkNumber(field: RegisterField, text: string, t: Words): string | null {
  const plain = normalise(field.type, text)
    .replaceAll(',', '')
    .replace(/^[¥￥\\]/, '');
  if (!numbers[field.type]?.test(plain)) return t.form.notNumber;
  if (field.min !== undefined && Number(plain) < Number(field.min)) return t.form.tooSmall(field.min);
  if (field.max !== undefined && Number(plain) > Number(field.max)) return t.form.tooLarge(field.max);
  return null;
}

function checkDate(field: RegisterField, text: string, t: Words, f: Formats): string | null {
  const day = parseDay(text);
  if (!day) return t.form.notDay;
  const [min, max] = [parseDay(field.min ?? ''), parseDay(field.max ?? '')];
  if (min && day < min) return t.form.tooSmall(f.dayOfYear(min));
  return max && day > max ? t.form.tooLarge(f.dayOfYear(max)) : null;
}

// What is wrong with a value, in words; null when nothing is.
export function checkField(field: RegisterField, value: FieldValue, t: Words, f: Formats): string | null {
  if (isEmpty(value)) return field.required ? t.form.requiredError : null;
  if (typeof value !== 'string') return null;
  if (field.type in numbers) return checkNumber(field, value, t);
  if (field.type === 'date') return checkDate(field, value, t, f);
  const length = [...value].length;
  return field.maxLength !== undefined && length > field.maxLength ? t.form.tooLong(field.maxLength) : null;
}

// What the columns of a file are, before the server is asked to take it.
import type { Schemas } from '../../../api/addresses.ts';
import type { Register } from '../../../api/registers.ts';
import type { RegisterField } from '../../../ui/fieldModel.ts';

export type Column = Schemas['ImportColumns']['columns'][number];
export type Mapping = (string | null)[]; // a field, "id" or "version" for each column; null leaves it out

// By the headings; what somebody chose for a heading before goes first.
export function firstMapping(columns: Column[], chosen: ReadonlyMap<string, string | null>): Mapping {
  return columns.map(({ heading, field }) => {
    const before = chosen.get(heading);
    return before === undefined ? field : before;
  });
}

export interface MappingProblems {
  twice: string[]; // fields that two columns go into
  noKey: string[]; // fields of the natural key, when neither they nor the record's number are there
  missing: string[]; // required fields: enough to change records, not to add them
}

export function problemsOf(register: Register, mapping: Mapping): MappingProblems {
  const used = mapping.filter((field) => field !== null);
  const has = (name: string) => used.includes(name);
  const key = register.key.length > 0 ? register.key : [];
  return {
    twice: [...new Set(used.filter((field, at) => used.indexOf(field) !== at))],
    noKey: has('id') || key.every(has) ? [] : key.filter((name) => !has(name)),
    missing: register.fields.filter((field) => field.required && !key.includes(field.name) && !has(field.name)).map((field) => field.name),
  };
}

export const isUsable = ({ twice, noKey }: MappingProblems) => twice.length === 0 && noKey.length === 0;

// As the API takes it; null when the headings already say it all.
export function columnsParameter(mapping: Mapping): string {
  return mapping.map((field) => field ?? '').join(',');
}

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

// Headings only, key and required fields first: what a file of this register looks like. Excel reads UTF-8 behind a BOM.
export function templateOf(register: Register): string {
  const rank = (field: RegisterField) => (register.key.includes(field.name) ? 0 : field.required ? 1 : 2);
  const fields = register.fields.filter((field) => field.type !== 'file').sort((a, b) => rank(a) - rank(b));
  return `\uFEFF${fields.map((field) => quoted(field.label)).join(',')}\r\n`;
}

export function formatOf(name: string): 'csv' | 'tsv' | 'xlsx' {
  const lower = name.toLowerCase();
  if (lower.endsWith('.xlsx')) return 'xlsx';
  return lower.endsWith('.tsv') || lower.endsWith('.txt') ? 'tsv' : 'csv';
}

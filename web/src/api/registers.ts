// Registers: what there are, their fields, records by page, one record and its history.
import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type Choice } from '../ui/controls.tsx';
import type { Reference } from '../ui/Combobox.tsx';
import type { FieldValue, PickedFile, RegisterField } from '../ui/fieldModel.ts';
import type { Schemas } from './addresses.ts';
import { useApi } from './client.tsx';
import { useGet } from './queries.ts';

export type RegisterHead = Schemas['RegisterHead'];
export type ApiRecord = Schemas['Record'];
export type ApiValue = Schemas['Value'];
export type RecordVersion = Schemas['RecordVersion'];
type ApiField = Schemas['Field'];
type ApiReference = Schemas['Reference'];
type ApiPage = Schemas['RecordPage'];

export interface Register extends RegisterHead {
  fields: RegisterField[];
}

const choicesOf = (field: ApiField): Choice[] | undefined => field.choices?.map(({ code, label }) => ({ value: code, label }));

// Empty members are left out rather than set to nothing.
function fieldOf(field: ApiField): RegisterField {
  const choices = choicesOf(field);
  const unit = field.unit ?? (field.currency === 'JPY' ? '¥' : field.currency);
  return {
    name: field.name,
    type: field.type,
    label: field.label,
    required: field.required,
    personal: field.personal,
    ...(field.help && { help: field.help }),
    ...(choices && { choices }),
    ...(unit && { unit }),
    ...(field.to && { to: field.to }),
    ...(field.of && { of: field.of }),
    ...(field.maxLength !== undefined && { maxLength: field.maxLength }),
    ...(field.min !== undefined && { min: String(field.min) }),
    ...(field.max !== undefined && { max: String(field.max) }),
  };
}

const registerOf = (answer: Schemas['Register']): Register => ({ ...answer, fields: answer.fields.map(fieldOf) });

export function useRegister(name: string): UseQueryResult<Register> {
  return useGet({ of: ['registers', name], from: '/registers/{register}', in: { register: name }, make: registerOf });
}

const headsOf = (answer: Schemas['RegisterList']) => answer.registers;

export function useRegisters(): UseQueryResult<RegisterHead[]> {
  return useGet({ of: ['registers'], from: '/registers', in: {}, make: headsOf });
}

export function useRecord(register: string, id: string | null): UseQueryResult<ApiRecord> {
  return useGet({
    of: ['records', register, id],
    from: '/registers/{register}/records/{id}',
    in: { register, id: id ?? '' },
    enabled: id !== null,
  });
}

export function useRecordHistory(register: string, id: string): UseQueryResult<RecordVersion[]> {
  return useGet({
    of: ['records', register, id, 'history'],
    from: '/registers/{register}/records/{id}/history',
    in: { register, id },
    make: versionsOf,
  });
}

const versionsOf = (answer: Schemas['RecordHistory']) => answer.versions;

// ---- A list, pinned to a ledger index: its pages never move.

export interface ListQuery {
  q: string | null;
  sort: string | null;
  filter: string[];
}

const pageSize = 200;
const ahead = 150; // rows beyond the sight that are asked for before they are scrolled to
const headOf = ({ at, total }: ApiPage) => ({ at, total });

// The newest state: how many there are and at which index. Events make it stale; the pinned pages stay.
export function useListHead(register: string, query: ListQuery): UseQueryResult<{ at: number; total: number }> {
  return useGet({
    of: ['records', register, 'head'],
    from: '/registers/{register}/records',
    in: { register },
    query: { ...query, limit: 1 },
    make: headOf,
  });
}

interface Range {
  first: number;
  last: number;
  total: number;
}

export interface Pages {
  rowAt: (index: number) => ApiRecord | undefined;
  error: Error | null;
}

// The pages in sight and next to it. Those that were scrolled past before their answer came are aborted, because nobody watches them any more.
export function usePages(register: string, query: ListQuery, at: number, range: Range): Pages {
  const api = useApi();
  const firstPage = Math.floor(Math.max(0, range.first - ahead) / pageSize);
  const lastPage = Math.floor(Math.min(range.total - 1, range.last + ahead) / pageSize);
  const numbers = Array.from({ length: Math.max(1, lastPage - firstPage + 1) }, (_, step) => firstPage + step);
  const results = useQueries({
    queries: numbers.map((number) => ({
      queryKey: [api.organisation, api.language, 'pinned', register, at, query, number],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.get(
          '/registers/{register}/records',
          { in: { register }, query: { ...query, at, offset: number * pageSize, limit: pageSize } },
          signal,
        ),
      staleTime: Infinity,
    })),
  });
  const pages = results.map((result) => result.data);
  const rowAt = (index: number) => pages[Math.floor(index / pageSize) - firstPage]?.records[index % pageSize];
  return { rowAt, error: results.find((result) => result.error)?.error ?? null };
}

// ---- References: found by typing.

export const referenceOf = (value: ApiReference): Reference => ({
  id: String(value.id),
  label: value.title || value.key,
  ...(value.key && value.key !== value.title && { detail: value.key }),
});

const foundOf = (answer: ApiPage): Reference[] => answer.records.map(referenceOf);

export function useReferences(register: string | null, q: string): Reference[] {
  const found = useGet({
    of: ['records', register, 'choose'],
    from: '/registers/{register}/records',
    in: { register: register ?? '' },
    query: { q: q === '' ? null : q, limit: 20 },
    make: foundOf,
    enabled: register !== null,
  });
  return useMemo(() => found.data ?? [], [found.data]);
}

// ---- Values as forms hold them, and as the API takes them.

const isReference = (value: Schemas['Scalar']): value is ApiReference => typeof value === 'object' && value !== null;

export function formValue(field: RegisterField, value: ApiValue | undefined): FieldValue {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.some(isReference) ? value.filter(isReference).map(referenceOf) : value.map(String);
  if (isReference(value)) return referenceOf(value);
  if (field.type === 'boolean') return value === true;
  if (field.type === 'file') return { name: String(value).slice(0, 12), size: 0, file: null, sha256: String(value) };
  return String(value);
}

const isFile = (value: object): value is PickedFile => 'sha256' in value;

function writtenOne(value: string | Reference): Schemas['WrittenScalar'] {
  return typeof value === 'string' ? value : { id: Number(value.id) };
}

export function writtenValue(value: FieldValue): Schemas['WrittenValue'] {
  if (value === null || value === '') return null;
  if (Array.isArray(value)) return (value as (string | Reference)[]).map(writtenOne);
  if (typeof value === 'object') return isFile(value) ? value.sha256 : writtenOne(value);
  return value;
}

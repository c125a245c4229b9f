// Saving a record: only what changed, only on the version that was read, files first.
import type { Schemas } from '../../api/addresses.ts';
import type { Api } from '../../api/client.tsx';
import { type ApiRecord, formValue, type Register, writtenValue } from '../../api/registers.ts';
import { saveFile } from '../../ui/saveFile.ts';
import { type FieldValue, type PickedFile, sameValue } from '../../ui/fieldModel.ts';
import type { ConflictField } from '../../ui/Diff.tsx';
import type { Values } from '../../ui/RecordForm.tsx';
import type { Wording } from '../../words/language.tsx';
import { textOf, textOfTyped } from './cells.tsx';

export type Written = Schemas['RecordChange'];

export function storedValues(register: Register, record: ApiRecord | null): Values {
  return Object.fromEntries(register.fields.map((field) => [field.name, formValue(field, record?.fields[field.name])]));
}

export const fileLink = (api: Api, register: string, record: number, field: string) =>
  api.url(`/registers/${register}/records/${record}/files/${field}`);

// The same, with the way to what is attached.
export function withLinks(api: Api, register: Register, record: ApiRecord | null): Values {
  const values = storedValues(register, record);
  for (const { name, type } of register.fields) {
    const value = values[name];
    if (type === 'file' && record && typeof value === 'object' && value !== null && 'sha256' in value)
      values[name] = { ...value, href: fileLink(api, register.name, record.id, name) };
  }
  return values;
}

export function changedNames(register: Register, stored: Values, values: Values): string[] {
  return register.fields.map((field) => field.name).filter((name) => !sameValue(stored[name] ?? null, values[name] ?? null));
}

const isFresh = (value: FieldValue | undefined): value is PickedFile & { file: File } =>
  typeof value === 'object' && value !== null && 'file' in value && value.file !== null;

async function uploaded(api: Api, value: FieldValue): Promise<FieldValue> {
  return isFresh(value)
    ? { ...value, file: null, sha256: (await api.change('POST', '/attachments', { in: {}, file: value.file })).sha256 }
    : value;
}

async function bodyOf(api: Api, names: string[], values: Values): Promise<Schemas['RecordFields']> {
  const fields: Schemas['RecordFields']['fields'] = {};
  for (const name of names) fields[name] = writtenValue(await uploaded(api, values[name] ?? null));
  return { fields };
}

export async function create(api: Api, register: Register, values: Values): Promise<Written> {
  const names = register.fields
    .map((field) => field.name)
    .filter((name) => values[name] !== null && values[name] !== undefined && values[name] !== '');
  return api.change('POST', '/registers/{register}/records', { in: { register: register.name }, body: await bodyOf(api, names, values) });
}

export async function change(
  api: Api,
  register: Register,
  target: { id: number; version: number },
  names: string[],
  values: Values,
): Promise<Written> {
  return api.change('PATCH', '/registers/{register}/records/{id}', {
    in: { register: register.name, id: target.id },
    body: await bodyOf(api, names, values),
    headers: { 'If-Match': `"v${target.version}"` },
  });
}

// Fields that both changed, each to something else; the rest of both goes together.
export function conflictsOf(
  register: Register,
  base: ApiRecord,
  theirs: ApiRecord,
  mine: Values,
  names: string[],
  wording: Wording,
): ConflictField[] {
  return register.fields.flatMap((field) => {
    const [before, other] = [formValue(field, base.fields[field.name]), formValue(field, theirs.fields[field.name])];
    const own = mine[field.name] ?? null;
    if (!names.includes(field.name) || sameValue(before, other) || sameValue(own, other)) return [];
    return [
      {
        name: field.name,
        field: field.label,
        base: textOf(field, base.fields[field.name], wording),
        theirs: textOf(field, theirs.fields[field.name], wording),
        yours: textOfTyped(field, own, wording),
        choice: 'yours' as const,
      },
    ];
  });
}

// The receipt as a file that other tools take (c2sp.org/tlog-proof).
export async function saveReceipt(api: Api, register: string, id: number): Promise<void> {
  const receipt = await api.get('/registers/{register}/records/{id}/receipt', { in: { register, id } });
  saveFile(`${register}-${id}-${receipt.index}.tlog-proof`, receipt.proof);
}

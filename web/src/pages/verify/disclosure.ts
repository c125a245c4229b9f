// The record beside a receipt: which entry it is, and whether its fields are what that entry committed to (receipt.md).
import { type Bytes, fromHex, hex, rootOf, sha256, utf8 } from './proof.ts';

export type Stored = null | number | string | Stored[];

export interface DisclosedField {
  number: number;
  name: string;
  value?: Stored;
  salt?: string;
  commitment?: string;
}

export interface Disclosure {
  register: string;
  record: string;
  version: number;
  envelope: string;
  fields: DisclosedField[] | null;
}

export interface Envelope {
  at: string;
  kind: string;
  register: string;
  record: string;
  version: number;
  commitment?: string;
}

function big(number: number | bigint, bytes: 4 | 8): Bytes {
  const out = new DataView(new ArrayBuffer(bytes));
  if (bytes === 4) out.setUint32(0, Number(number));
  else out.setBigInt64(0, BigInt(number));
  return new Uint8Array(out.buffer);
}

function join(parts: Uint8Array[]): Bytes {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

export function canonical(value: Stored): Bytes {
  if (value === null) return Uint8Array.of(0);
  if (typeof value === 'number') return join([Uint8Array.of(1), big(value, 8)]);
  if (typeof value === 'string') return join([Uint8Array.of(2), utf8(value)]);
  const items = value.map(canonical);
  return join([Uint8Array.of(4), ...items.flatMap((item) => [big(item.length, 8), item])]);
}

export async function commitment(field: DisclosedField): Promise<Bytes | null> {
  if (field.commitment !== undefined) return fromHex(field.commitment);
  const salt = fromHex(field.salt ?? '');
  if (field.value === undefined || salt?.length !== 32) return null;
  const value = canonical(field.value);
  return sha256(utf8('maru-commit-v1'), big(field.number, 4), salt, big(value.length, 8), value);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const isStored = (value: unknown): value is Stored =>
  value === null || typeof value === 'string' || Number.isSafeInteger(value) || (Array.isArray(value) && value.every(isStored));

function isField(value: unknown): value is DisclosedField {
  if (!isObject(value) || !Number.isSafeInteger(value.number) || typeof value.name !== 'string') return false;
  const opened = 'value' in value && isStored(value.value) && typeof value.salt === 'string' && !('commitment' in value);
  return opened || (typeof value.commitment === 'string' && !('value' in value) && !('salt' in value));
}

// Null for what is no disclosure. One written form only, as the other verifiers ask: nothing that two readers read differently.
export function parseDisclosure(text: string): Disclosure | null {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(read) || `${JSON.stringify(read, null, 1)}\n` !== text || read.format !== 'maru-disclosure/v1') return null;
  const { register, record, version, envelope, fields } = read;
  if (typeof register !== 'string' || typeof record !== 'string' || typeof version !== 'number' || typeof envelope !== 'string')
    return null;
  if (fields === null) return { register, record, version, envelope, fields };
  if (!Array.isArray(fields) || !fields.every(isField)) return null;
  const rising = fields.every((field, at) => at === 0 || field.number > (fields[at - 1]?.number ?? 0));
  const names = new Set(fields.map((field) => field.name));
  if (!rising || names.size !== fields.length || [...names].some((name) => !/^[a-z][a-z0-9_]*$/.test(name))) return null;
  return { register, record, version, envelope, fields };
}

export interface Binding {
  envelope: Envelope;
  expected: string; // the commitment in the ledger's entry
  actual: string; // of the fields in the file
  bound: boolean;
}

// Whether register, record, version and fields are the entry's own.
export async function bind(disclosure: Disclosure): Promise<Binding | null> {
  let envelope: unknown;
  try {
    envelope = JSON.parse(disclosure.envelope);
  } catch {
    return null;
  }
  if (!isObject(envelope)) return null;
  const entry = envelope as unknown as Envelope;
  const { register, record, version, fields } = disclosure;
  if (entry.register !== register || String(entry.record) !== record || entry.version !== version) return null;
  const expected = entry.commitment ?? '';
  if (fields === null || (fields.length === 0 && expected === '')) return { envelope: entry, expected, actual: expected, bound: true };
  const hashes = await Promise.all(fields.map(commitment));
  if (hashes.some((one) => one === null)) return null;
  const actual = hex(await rootOf(hashes as Bytes[]));
  return { envelope: entry, expected, actual, bound: actual === expected };
}

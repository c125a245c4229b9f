// Receipts checked without the server: RFC 6962 leaf and path, the signed note of C2SP, Ed25519 where the browser has it.
// Formats: docs/formats/receipt.md. Pure functions over bytes; WebCrypto gives SHA-256 and Ed25519.

export type Bytes = Uint8Array<ArrayBuffer>;

const join = (...parts: Uint8Array[]): Bytes => {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
};

export const utf8 = (text: string): Bytes => join(new TextEncoder().encode(text));
export const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
export const same = (a: Uint8Array, b: Uint8Array): boolean => hex(a) === hex(b);

export function fromHex(text: string): Bytes | null {
  if (!/^([0-9a-f]{2})*$/.test(text)) return null;
  return new Uint8Array((text.match(/../g) ?? []).map((pair) => parseInt(pair, 16)));
}

export function fromBase64(text: string): Bytes | null {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return null;
  try {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    return toBase64(bytes) === text ? bytes : null; // one written form only
  } catch {
    return null;
  }
}

export const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

export async function sha256(...parts: Uint8Array[]): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', join(...parts)));
}

export const leafHash = (entry: Uint8Array) => sha256(Uint8Array.of(0), entry);
export const nodeHash = (left: Uint8Array, right: Uint8Array) => sha256(Uint8Array.of(1), left, right);

export interface PathStep {
  left: boolean; // the neighbour stands at the left
  hash: string;
}

export interface Climb {
  root: Bytes;
  steps: PathStep[];
}

// RFC 9162, 2.1.3.2. Null when the path has not the length that index and size ask for. Numbers up to 2^53.
export async function climb(leaf: Bytes, index: number, size: number, path: Bytes[]): Promise<Climb | null> {
  if (index < 0 || index >= size) return null;
  let at = index;
  let last = size - 1;
  let root = leaf;
  const steps: PathStep[] = [];
  for (const neighbour of path) {
    if (last === 0) return null;
    const left = at % 2 === 1 || at === last;
    root = left ? await nodeHash(neighbour, root) : await nodeHash(root, neighbour);
    steps.push({ left, hash: hex(neighbour) });
    if (left) while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 ? { root, steps } : null;
}

// Of hashes that are leaves already, as the commitment of a record's fields.
export async function rootOf(leaves: Bytes[]): Promise<Bytes> {
  const [only] = leaves;
  if (only === undefined) return sha256();
  if (leaves.length === 1) return only;
  let half = 1;
  while (half * 2 < leaves.length) half *= 2;
  return nodeHash(await rootOf(leaves.slice(0, half)), await rootOf(leaves.slice(half)));
}

// ---- Signed notes and verifier keys

export interface Signature {
  name: string;
  id: string; // four bytes, hexadecimal
  signature: Bytes;
}

export interface Note {
  text: string; // with its last line feed
  signatures: Signature[];
}

export function parseNote(note: string): Note | null {
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) return null;
  const signatures: Signature[] = [];
  for (const line of note.slice(split + 2, -1).split('\n')) {
    const found = /^\u2014 (\S+) (\S+)$/.exec(line);
    const bytes = fromBase64(found?.[2] ?? '!');
    if (!found?.[1] || !bytes || bytes.length < 5) return null;
    signatures.push({ name: found[1], id: hex(bytes.slice(0, 4)), signature: bytes.slice(4) });
  }
  return { text: note.slice(0, split + 1), signatures };
}

export interface Key {
  name: string;
  id: string;
  key: Bytes; // Ed25519, 32 bytes
}

const logKey = 1;
const witnessKey = 4;

export const parseKey = (text: string): Promise<Key | null> => keyOfType(text, logKey);
export const parseWitnessKey = (text: string): Promise<Key | null> => keyOfType(text, witnessKey);

async function keyOfType(text: string, type: number): Promise<Key | null> {
  const found = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim());
  const bytes = fromBase64(found?.[3] ?? '!');
  if (!found?.[1] || !found[2] || bytes?.length !== 33 || bytes[0] !== type) return null;
  const id = hex((await sha256(utf8(`${found[1]}\n`), bytes)).slice(0, 4));
  return id === found[2] ? { name: found[1], id, key: bytes.slice(1) } : null;
}

export interface Checkpoint {
  origin: string;
  size: number;
  root: Bytes;
}

export function parseCheckpoint(text: string): Checkpoint | null {
  const [origin, size, root] = text.split('\n');
  const bytes = fromBase64(root ?? '!');
  if (!origin || !size || !/^(0|[1-9]\d{0,14})$/.test(size) || bytes?.length !== 32) return null;
  return { origin, size: Number(size), root: bytes };
}

// Null: this browser has no Ed25519.
export async function signedBy(key: Key, note: Note): Promise<boolean | null> {
  const own = note.signatures.find((one) => one.name === key.name && one.id === key.id);
  if (!own) return false;
  try {
    const imported = await crypto.subtle.importKey('raw', key.key, { name: 'Ed25519' }, false, ['verify']);
    return await crypto.subtle.verify({ name: 'Ed25519' }, imported, own.signature, utf8(note.text));
  } catch {
    return null;
  }
}

// When a witness says that it saw the checkpoint (c2sp.org/tlog-cosignature, Ed25519): seconds since 1970. False: it did not
// sign, or the signature does not fit; null: this browser has no Ed25519.
export async function cosignedBy(key: Key, note: Note): Promise<number | false | null> {
  const own = note.signatures.find((one) => one.name === key.name && one.id === key.id);
  if (own?.signature.length !== 72) return false;
  const time = Number(new DataView(own.signature.buffer, own.signature.byteOffset).getBigUint64(0));
  const message = utf8(`cosignature/v1\ntime ${time}\n${note.text}`);
  try {
    const imported = await crypto.subtle.importKey('raw', key.key, { name: 'Ed25519' }, false, ['verify']);
    return (await crypto.subtle.verify({ name: 'Ed25519' }, imported, own.signature.slice(8), message)) ? time : false;
  } catch {
    return null;
  }
}

// ---- Receipts (c2sp.org/tlog-proof)

export interface ReceiptFile {
  index: number;
  path: Bytes[];
  note: string;
}

export function parseReceipt(text: string): ReceiptFile | null {
  const split = text.indexOf('\n\n');
  if (split < 0) return null;
  const [first, ...rest] = text.slice(0, split).split('\n');
  if (first !== 'c2sp.org/tlog-proof@v1') return null;
  const lines = rest[0]?.startsWith('extra ') ? rest.slice(1) : rest;
  const index = /^index (0|[1-9]\d{0,14})$/.exec(lines[0] ?? '')?.[1];
  if (index === undefined) return null;
  const path: Bytes[] = [];
  for (const line of lines.slice(1)) {
    const bytes = fromBase64(line);
    if (bytes?.length !== 32) return null;
    path.push(bytes);
  }
  return { index: Number(index), path, note: text.slice(split + 2) };
}

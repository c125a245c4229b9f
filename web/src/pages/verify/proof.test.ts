// The vectors of tests/data/tlog (RFC 6962, C2SP), read from the files that the C++ tests read.
import { webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ja } from '../../words/ja.ts';
import { bind, canonical, commitment, parseDisclosure } from './disclosure.ts';
import {
  type Bytes,
  climb,
  fromBase64,
  fromHex,
  hex,
  leafHash,
  nodeHash,
  parseCheckpoint,
  parseKey,
  parseNote,
  parseReceipt,
  rootOf,
  sha256,
  signedBy,
  toBase64,
  utf8,
} from './proof.ts';
import { verifyReceipt } from './verification.ts';

if (!('crypto' in globalThis)) Object.assign(globalThis, { crypto: webcrypto }); // Node 18 has it under another name

const data = new URL('../../../../tests/data/tlog/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, data), 'utf8');
const lines = read('tree.txt')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split(' '));
const all = (name: string) => lines.filter(([first]) => first === name).map(([, value]) => value ?? '');
const one = (name: string) => all(name)[0] ?? '';
const bytes = (text: string): Bytes => fromHex(text) ?? new Uint8Array();
const key = (name: string) =>
  read('keys.txt')
    .split('\n')
    .find((line) => line.startsWith(`vkey/${name} `))
    ?.split(' ')[1] ?? '';

describe('hashes of RFC 6962', () => {
  it('leaf, node and nothing', async () => {
    expect(hex(await sha256())).toBe(one('empty'));
    expect(hex(await leafHash(utf8('')))).toBe(one('leaf_of_nothing'));
    expect(hex(await leafHash(utf8('L123456')))).toBe(one('leaf_of_L123456'));
    expect(hex(await nodeHash(utf8('N123'), utf8('N456')))).toBe(one('node_of_N123_N456'));
  });
  it('roots of the reference tree', async () => {
    const leaves = await Promise.all(all('tree_leaf').map((leaf) => leafHash(bytes(leaf === '-' ? '' : leaf))));
    for (let size = 1; size <= 8; size++) expect(hex(await rootOf(leaves.slice(0, size)))).toBe(one(`tree/${size}`));
  });
});

describe('a path from a leaf to the root', () => {
  const cases: [number, number][] = [
    [0, 8],
    [5, 8],
    [2, 3],
    [1, 5],
  ];
  it.each(cases)('entry %i of %i', async (index, size) => {
    const leaf = await leafHash(bytes((all('tree_leaf')[index] ?? '').replace('-', '')));
    const path = all(`inclusion/${index}/${size}`).map(bytes);
    expect(hex((await climb(leaf, index, size, path))?.root ?? new Uint8Array())).toBe(one(`tree/${size}`));
    expect(await climb(leaf, index, size, path.slice(1))).toBeNull(); // too short
    expect(await climb(leaf, index, size, [...path, leaf])).toBeNull(); // too long
    expect(await climb(leaf, size, size, path)).toBeNull(); // outside
  });
});

describe('signed notes', () => {
  it.each([
    ['foo', 'foo'],
    ['neumann', 'neumann'],
    ['small-log-15', 'small_log'],
  ])('%s', async (file, name) => {
    const note = parseNote(read(`${file}.note`));
    const parsed = await parseKey(key(name));
    if (!note || !parsed) throw new Error('unreadable');
    expect(await signedBy(parsed, note)).toBe(true);
    expect(await signedBy(parsed, { ...note, text: note.text.replace('e', 'f') })).toBe(false);
  });
  it('refuses keys whose id is not their own', async () => {
    for (const line of read('keys.txt').split('\n')) if (line.startsWith('refused ')) expect(await parseKey(line.slice(8))).toBeNull();
  });
  it('reads a checkpoint', () => {
    const found = parseCheckpoint(parseNote(read('small-log-15.note'))?.text ?? '');
    expect(found?.size).toBe(15);
    expect(toBase64(found?.root ?? new Uint8Array())).toBe('rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=');
  });
  it('takes one written form of base64 only', () => {
    expect(fromBase64('AAAB')).not.toBeNull();
    expect(fromBase64('AAB=')).toBeNull();
    expect(fromBase64('AA\n=')).toBeNull();
  });
});

describe('fields of a record', () => {
  it('are committed to as entry.md says', async () => {
    const salt = '57cc95a5d1ee2a18'.padEnd(64, '0');
    const own = await commitment({ number: 1, name: 'code', value: 'PC-001', salt });
    expect(own).toHaveLength(32);
    expect(await commitment({ number: 2, name: 'code', value: 'PC-001', salt })).not.toEqual(own);
    expect(hex(canonical(null))).toBe('00');
    expect(hex(canonical(-1))).toBe('01ffffffffffffffff');
    expect(hex(canonical(['a', 1]))).toBe('04' + '0000000000000002' + '0261' + '0000000000000009' + '010000000000000001');
  });
  it('refuses a second written form', () => {
    expect(parseDisclosure('{}')).toBeNull();
    expect(parseDisclosure('{"format":"maru-disclosure/v1"}')).toBeNull();
  });
});

async function made(value: string) {
  const field = { number: 1, name: 'code', value, salt: '11'.repeat(32) };
  const own = await commitment({ ...field, value: 'PC-001' });
  const envelope = JSON.stringify({
    v: 1,
    at: '2026-11-23T00:00:00.000Z',
    kind: 'put',
    register: 'device',
    record: '42',
    version: 3,
    commitment: hex(own ?? new Uint8Array()),
  });
  const record = { format: 'maru-disclosure/v1', register: 'device', record: '42', version: 3, envelope, fields: [field] };
  return { text: `${JSON.stringify(record, null, 1)}\n`, envelope };
}

describe('a verification', () => {
  it('says which step failed', async () => {
    const { text, envelope } = await made('PC-001');
    const root = toBase64(await leafHash(utf8(envelope)));
    const note = `example.com/foo\n1\n${root}\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n`;
    const receipt = `c2sp.org/tlog-proof@v1\nindex 0\n\n${note}`;
    expect(parseReceipt(receipt)?.index).toBe(0);
    const states = async (files: { receipt: string; record: string; key: string }) =>
      Object.fromEntries(
        (await verifyReceipt({ ...files, witnessKeys: '' }, ja, () => undefined)).steps.map((step) => [step.name, step.state]),
      );
    // The signature is over another text: everything up to it is right.
    expect(await states({ receipt, record: text, key: key('foo') })).toMatchObject({
      content: 'fine',
      path: 'fine',
      root: 'fine',
      signature: 'failed',
      witnesses: 'waiting',
    });
    expect(await states({ receipt, record: (await made('PC-002')).text, key: key('foo') })).toMatchObject({
      content: 'failed',
      path: 'waiting',
    });
    const other = receipt.replace(root, toBase64(await sha256()));
    expect(await states({ receipt: other, record: text, key: key('foo') })).toMatchObject({ path: 'fine', root: 'failed' });
  });
  it('binds a record to its own entry', async () => {
    const { text } = await made('PC-001');
    const disclosure = parseDisclosure(text);
    expect(disclosure && (await bind(disclosure))?.bound).toBe(true);
    expect(disclosure && (await bind({ ...disclosure, version: 4 }))).toBeNull();
  });
});

async function signer(name: string, type: number) {
  const pair = (await webcrypto.subtle.generateKey({ name: 'Ed25519' }, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
  const raw = new Uint8Array([type, ...new Uint8Array(await webcrypto.subtle.exportKey('raw', pair.publicKey))]);
  const id = (await sha256(utf8(`${name}\n`), raw)).slice(0, 4);
  const sign = async (message: string) => new Uint8Array(await webcrypto.subtle.sign({ name: 'Ed25519' }, pair.privateKey, utf8(message)));
  const line = (signature: Uint8Array) => `— ${name} ${toBase64(new Uint8Array([...id, ...signature]))}\n`;
  return { key: `${name}+${hex(id)}+${toBase64(raw)}`, sign, line };
}

describe('witnesses', () => {
  it('alone can say since when a record is unchanged', async () => {
    const { text, envelope } = await made('PC-001');
    const [log, witness, stranger] = [
      await signer('example.com/log', 1),
      await signer('witness.example', 4),
      await signer('witness.example', 4),
    ];
    const note = `example.com/log\n1\n${toBase64(await leafHash(utf8(envelope)))}\n`;
    const seconds = 1_795_000_000;
    const time = new Uint8Array(8);
    new DataView(time.buffer).setBigUint64(0, BigInt(seconds));
    const seen = await witness.sign(`cosignature/v1\ntime ${seconds}\n${note}`);
    const own = log.line(await log.sign(note));
    const cosigned = `${own}${witness.line(new Uint8Array([...time, ...seen]))}`;
    const verify = (signatures: string, witnessKeys: string) =>
      verifyReceipt(
        { receipt: `c2sp.org/tlog-proof@v1\nindex 0\n\n${note}\n${signatures}`, record: text, key: log.key, witnessKeys },
        ja,
        () => undefined,
      );
    expect(await verify(cosigned, `# ours\n${witness.key}`)).toMatchObject({
      ok: true,
      witnessedAt: new Date(seconds * 1000).toISOString(),
    });
    expect(await verify(own, witness.key)).toMatchObject({ ok: true, witnessedAt: null });
    expect(await verify(cosigned, '')).toMatchObject({ ok: true, witnessedAt: null });
    const later = new Uint8Array([...time.slice(0, 7), (time[7] ?? 0) ^ 1, ...seen]);
    expect(await verify(`${own}${witness.line(later)}`, witness.key)).toMatchObject({ ok: false, witnessedAt: null });
    expect(await verify(cosigned, stranger.key)).toMatchObject({ ok: false }); // the name alone is nobody's signature
  });
});

// One verification, step after step: each is told as soon as it is done; after a failed one nothing more is claimed.
import type { ProofStep, ProofStepName } from '../../ui/ProofSteps.tsx';
import type { Words } from '../../words/ja.ts';
import { type Binding, bind, type Disclosure, parseDisclosure } from './disclosure.ts';
import {
  type Checkpoint,
  climb,
  cosignedBy,
  hex,
  leafHash,
  type Note,
  parseCheckpoint,
  parseKey,
  parseNote,
  parseReceipt,
  parseWitnessKey,
  same,
  signedBy,
  toBase64,
  utf8,
} from './proof.ts';

export interface Proven {
  steps: ProofStep[];
  ok: boolean | null; // null: not all could be checked
  index: number | null;
  disclosure: Disclosure | null;
  binding: Binding | null;
  witnessedAt: string | null; // the earliest instant at which a witness whose key is known signed
}

export interface Files {
  receipt: string;
  record: string;
  key: string;
  witnessKeys: string; // one a line
}

const names: ProofStepName[] = ['content', 'path', 'root', 'signature', 'witnesses', 'timestamp'];

export const waitingSteps = (): ProofStep[] => names.map((name) => ({ name, state: 'waiting' }));

interface Witnessed {
  step: ProofStep;
  at: string | null;
}

// What witnesses signed: without one, only the organisation vouches for the order of its own ledger.
async function witnessed(note: Note, origin: string, keys: string, t: Words): Promise<Witnessed> {
  const name: ProofStepName = 'witnesses';
  const signers = note.signatures.filter((one) => one.name !== origin).map((one) => one.name);
  if (signers.length === 0) return { step: { name, state: 'skipped', detail: t.witness.none }, at: null };
  const known = (await Promise.all(keys.split('\n').map(parseWitnessKey))).filter((key) => key !== null);
  const asked = known.filter((key) => signers.includes(key.name));
  if (asked.length === 0) return { step: { name, state: 'skipped', detail: t.witness.unknown(signers.join(', ')) }, at: null };
  const times: number[] = [];
  for (const key of asked) {
    const time = await cosignedBy(key, note);
    if (time === null) return { step: { name, state: 'skipped', detail: t.verify.noWebCrypto }, at: null };
    if (time === false) return { step: { name, state: 'failed', expected: `${key.name}+${key.id}`, actual: t.witness.wrong }, at: null };
    times.push(time);
  }
  const at = new Date(Math.min(...times) * 1000).toISOString();
  return { step: { name, state: 'fine', detail: t.witness.fine(asked.map((key) => key.name).join(', '), at) }, at };
}

// `tell` hears of every step. Words are given because details are sentences.
export async function verifyReceipt(files: Files, t: Words, tell: (steps: ProofStep[]) => void): Promise<Proven> {
  let steps = waitingSteps();
  const out: Proven = { steps, ok: false, index: null, disclosure: null, binding: null, witnessedAt: null };
  const set = (step: ProofStep) => {
    steps = steps.map((one) => (one.name === step.name ? step : one));
    out.steps = steps;
    tell(steps);
  };
  const end = (ok: boolean | null): Proven => ({ ...out, steps, ok });
  const failed = (name: ProofStepName, expected: string, actual: string) => {
    set({ name, state: 'failed', expected, actual });
    return end(false);
  };

  const receipt = parseReceipt(files.receipt);
  const note = receipt && parseNote(receipt.note);
  const checkpoint: Checkpoint | null = note && parseCheckpoint(note.text);
  if (!receipt || !note || !checkpoint) return failed('content', 'c2sp.org/tlog-proof@v1', t.verify.unreadable);
  out.index = receipt.index;

  set({ name: 'content', state: 'running' });
  const disclosure = parseDisclosure(files.record);
  if (!disclosure) return failed('content', 'maru-disclosure/v1', files.record === '' ? t.verify.noRecord : t.verify.unreadable);
  const binding = await bind(disclosure);
  if (!binding?.bound) return failed('content', binding?.expected ?? '–', binding?.actual ?? t.verify.tampered);
  out.disclosure = disclosure;
  out.binding = binding;
  const leaf = await leafHash(utf8(disclosure.envelope));
  set({ name: 'content', state: 'fine', detail: t.verify.leaf(hex(leaf)) });

  set({ name: 'path', state: 'running' });
  const found = await climb(leaf, receipt.index, checkpoint.size, receipt.path);
  if (!found) return failed('path', String(checkpoint.size), `${receipt.index}: ${receipt.path.length}`);
  set({ name: 'path', state: 'fine', detail: t.verify.root(toBase64(found.root), String(checkpoint.size)), path: found.steps });

  if (!same(found.root, checkpoint.root)) return failed('root', toBase64(checkpoint.root), toBase64(found.root));
  set({ name: 'root', state: 'fine', detail: toBase64(checkpoint.root) });

  set({ name: 'signature', state: 'running' });
  const key = await parseKey(files.key);
  if (!key || key.name !== checkpoint.origin) return failed('signature', checkpoint.origin, key?.name ?? files.key);
  const signed = await signedBy(key, note);
  if (signed === false)
    return failed('signature', `${key.name}+${key.id}`, note.signatures.map((one) => `${one.name}+${one.id}`).join(', '));
  set({ name: 'signature', state: signed ? 'fine' : 'skipped', detail: signed ? `${key.name}+${key.id}` : t.verify.noWebCrypto });

  const seen = await witnessed(note, checkpoint.origin, files.witnessKeys, t);
  set(seen.step);
  if (seen.step.state === 'failed') return end(false);
  out.witnessedAt = seen.at;
  set({ name: 'timestamp', state: 'skipped', detail: t.verify.stampNone });
  return end(signed);
}

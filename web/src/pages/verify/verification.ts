// One verification, step after step: each is told as soon as it is done; after a failed one nothing more is claimed.
import type { ProofStep, ProofStepName } from '../../ui/ProofSteps.tsx';
import type { Words } from '../../words/ja.ts';
import { type Binding, bind, type Disclosure, parseDisclosure } from './disclosure.ts';
import {
  type Checkpoint,
  climb,
  hex,
  leafHash,
  type Note,
  parseCheckpoint,
  parseKey,
  parseNote,
  parseReceipt,
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
}

export interface Files {
  receipt: string;
  record: string;
  key: string;
}

const names: ProofStepName[] = ['content', 'path', 'root', 'signature', 'witnesses', 'timestamp'];

export const waitingSteps = (): ProofStep[] => names.map((name) => ({ name, state: 'waiting' }));

const others = (note: Note, origin: string) => note.signatures.filter((one) => one.name !== origin).length;

// `tell` hears of every step. Words are given because details are sentences.
export async function verifyReceipt(files: Files, t: Words, tell: (steps: ProofStep[]) => void): Promise<Proven> {
  let steps = waitingSteps();
  const out: Proven = { steps, ok: false, index: null, disclosure: null, binding: null };
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

  const witnesses = others(note, checkpoint.origin);
  set({ name: 'witnesses', state: 'skipped', ...(witnesses > 0 && { detail: t.verify.witnessCount(witnesses) }) });
  set({ name: 'timestamp', state: 'skipped', detail: t.verify.stampNone });
  return end(signed);
}

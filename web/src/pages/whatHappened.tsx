import type { ReactNode } from 'react';
import type { ApiEntry } from '../api/answers.ts';
import { Link } from '../ui/Link.tsx';
import type { Words } from '../words/ja.ts';

function verb({ kind, version }: ApiEntry, t: Words): string {
  if (kind === 'put') return version === 1 ? t.entries.added : t.entries.changed;
  if (kind === 'retire') return t.entries.retired;
  if (kind === 'erasure' || kind === 'erasure_replayed') return t.entries.erased;
  if (kind === 'organisation') return t.entries.founded;
  if (kind === 'timestamp') return t.entries.stamped;
  return t.entries.other;
}

// What a ledger entry says, as far as its reader may see: register, record, deed.
export function whatHappened(entry: ApiEntry, t: Words): ReactNode {
  const { register, registerLabel, record } = entry;
  return (
    <>
      {registerLabel} {record && register && <Link href={`/registers/${register}/${record.id}`}>{record.title || record.key}</Link>}{' '}
      {verb(entry, t)}
    </>
  );
}

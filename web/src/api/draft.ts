// Nothing typed is lost: what differs from the stored record is kept in sessionStorage until it is saved or given up.
// Personal fields stay in memory only.
import { useCallback, useEffect, useMemo, useState } from 'react';

export interface DraftStore {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
}

export function sessionDrafts(): DraftStore {
  const guarded = <T>(act: () => T, otherwise: T): T => {
    try {
      return act();
    } catch {
      return otherwise; // storage full or switched off: the draft lives as long as the page
    }
  };
  return {
    get: (key) => guarded(() => sessionStorage.getItem(key), null),
    set: (key, value) => guarded(() => sessionStorage.setItem(key, value), undefined),
    remove: (key) => guarded(() => sessionStorage.removeItem(key), undefined),
  };
}

interface Kept<V> {
  version: number; // of the record when typing began
  values: Partial<Record<string, V>>;
}

export function readDraft<V>(store: DraftStore, key: string): Kept<V> | null {
  const text = store.get(key);
  if (text === null) return null;
  try {
    return JSON.parse(text) as Kept<V>;
  } catch {
    store.remove(key);
    return null;
  }
}

export function writeDraft<V>(store: DraftStore, key: string, draft: Kept<V>, personal: ReadonlySet<string>): void {
  const values = Object.fromEntries(Object.entries(draft.values).filter(([name]) => !personal.has(name)));
  if (Object.keys(values).length === 0) store.remove(key);
  else store.set(key, JSON.stringify({ version: draft.version, values }));
}

interface Options<V> {
  key: string; // organisation, register, record
  stored: Record<string, V>;
  version: number;
  personal: ReadonlySet<string>;
  store?: DraftStore;
}

export interface Draft<V> {
  values: Record<string, V>;
  base: number; // version that typing began from: differs from `version` when somebody else saved meanwhile
  typed: boolean;
  set: (name: string, value: V) => void;
  clear: () => void;
}

const drafts = sessionDrafts();

export function useDraft<V>({ key, stored, version, personal, store = drafts }: Options<V>): Draft<V> {
  const [draft, setDraft] = useState<Kept<V>>(() => readDraft<V>(store, key) ?? { version, values: {} });
  useEffect(() => writeDraft(store, key, draft, personal), [store, key, draft, personal]);
  const set = useCallback(
    (name: string, value: V) =>
      setDraft((before) => ({
        version: Object.keys(before.values).length > 0 ? before.version : version,
        values: { ...before.values, [name]: value },
      })),
    [version],
  );
  const clear = useCallback(() => setDraft({ version, values: {} }), [version]);
  const values = useMemo(() => ({ ...stored, ...draft.values }) as Record<string, V>, [stored, draft]);
  const typed = Object.keys(draft.values).length > 0;
  return { values, base: typed ? draft.version : version, typed, set, clear };
}

import { useCallback, useMemo, useState } from 'react';
import { useApi } from '../../../api/client.tsx';
import type { ApiRecord, ListQuery, Register } from '../../../api/registers.ts';

const pageSize = 1000;
export const mostChosen = 10_000; // as the server takes them at once

export interface Selection {
  records: ApiRecord[];
  keys: ReadonlySet<string>;
  toggle: (records: ApiRecord[]) => void;
  all: () => void; // everything in the list, or nothing when something is chosen
  clear: () => void;
}

// Records by number, with what they hold: what a change would do to them is shown before it is made.
export function useSelection(register: Register, query: ListQuery, at: number | null): Selection {
  const api = useApi();
  const asks = JSON.stringify(query); // the same question may be another object
  const [chosen, setChosen] = useState<{ asks: string; records: ReadonlyMap<number, ApiRecord> }>({ asks, records: new Map() });
  const records = chosen.asks === asks ? chosen.records : new Map<number, ApiRecord>();
  const set = (next: ReadonlyMap<number, ApiRecord>) => setChosen({ asks, records: next });
  const toggle = (some: ApiRecord[]) => {
    const next = new Map(records);
    const fresh = some.filter((record) => !next.has(record.id));
    for (const record of some) next.delete(record.id);
    for (const record of fresh) if (next.size < mostChosen) next.set(record.id, record);
    // Within a range everything is chosen unless all of it was.
    if (some.length > 1 && fresh.length > 0) for (const record of some) if (next.size < mostChosen) next.set(record.id, record);
    set(next);
  };
  const clear = useCallback(() => setChosen({ asks, records: new Map() }), [asks]);
  const all = async () => {
    if (records.size > 0 || at === null) return clear();
    const next = new Map<number, ApiRecord>();
    for (let offset = 0; offset < mostChosen; offset += pageSize) {
      const asked = { in: { register: register.name }, query: { ...query, at, offset, limit: pageSize } };
      const page = await api.get('/registers/{register}/records', asked);
      for (const record of page.records) next.set(record.id, record);
      if (page.records.length < pageSize) break;
    }
    set(next);
  };
  const keys = useMemo(() => new Set([...records.keys()].map(String)), [records]);
  return { records: [...records.values()], keys, toggle, all: () => void all(), clear };
}

import { useState } from 'react';
import { useOwnChanges } from '../../../api/refresh.ts';
import type { ListQuery } from '../../../api/registers.ts';

interface Head {
  at: number;
  total: number;
}

export interface Pinned extends Head {
  stale: boolean; // others changed something meanwhile
  renew: () => void;
}

interface Pin extends Head {
  query: ListQuery;
  own: number; // changes of this person when it was pinned
}

// The list stays at the index at which it was opened: rows do not move under the pointer. Whoever wants the newest asks for
// it; what this person changed is shown at once.
export function usePinned(register: string, head: Head | undefined, query: ListQuery): Pinned | null {
  const own = useOwnChanges(register);
  const [pin, setPin] = useState<Pin | null>(null);
  if (!head) return null;
  const isOther = !pin || pin.query !== query;
  const isOwn = pin !== null && pin.own !== own && head.at > pin.at;
  if (isOther || isOwn) {
    const next = { ...head, query, own };
    setPin(next);
    return { ...head, stale: false, renew: () => undefined };
  }
  return { at: pin.at, total: pin.total, stale: head.total !== pin.total, renew: () => setPin({ ...head, query, own }) };
}

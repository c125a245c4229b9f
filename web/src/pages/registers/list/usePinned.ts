import { useEffect, useState } from 'react';
import { useNewestChange, useOwnChanges } from '../../../api/refresh.ts';
import type { ListQuery } from '../../../api/registers.ts';

interface Head {
  at: number;
  total: number;
}

export interface Pinned extends Head {
  query: ListQuery; // what is shown: the one before, while a new one is on its way
  stale: boolean; // others changed something meanwhile
  renew: () => void;
}

interface Pin extends Head {
  query: ListQuery;
  own: number; // changes of this person when it was pinned
}

const patience = 800; // milliseconds: one's own change is told by the stream of events before its answer is here

// True once it was so for a while.
function useSettled(is: boolean): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    if (!is) return setSettled(false);
    const timer = setTimeout(() => setSettled(true), patience);
    return () => clearTimeout(timer);
  }, [is]);
  return is && settled;
}

// The list stays at the index at which it was opened: rows do not move under the pointer. Whoever wants the newest asks for
// it; what this person changed is shown at once.
export function usePinned(register: string, head: Head | undefined, query: ListQuery): Pinned | null {
  const own = useOwnChanges(register);
  const newest = useNewestChange(register);
  const [pin, setPin] = useState<Pin | null>(null);
  const isOther = !pin || pin.query !== query;
  const isOwn = pin !== null && pin.own !== own;
  const changed = head !== undefined && pin !== null && (newest > pin.at || head.total !== pin.total);
  const stale = useSettled(changed && !isOther && !isOwn);
  if (!head) return pin && { ...pin, stale: false, renew: () => undefined };
  if (isOther || (isOwn && head.at > pin.at)) {
    const next = { ...head, query, own };
    setPin(next);
    return { ...next, stale: false, renew: () => undefined };
  }
  return { ...pin, stale, renew: () => setPin({ ...head, query, own }) };
}

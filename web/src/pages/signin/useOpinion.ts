import { useEffect, useState } from 'react';
import type { Schemas } from '../../api/addresses.ts';
import { useApi } from '../../api/client.tsx';

type Opinion = Schemas['PasswordOpinion'];

const pause = 400; // milliseconds after which typing has stopped

// The server's opinion of a password; null while nothing is typed.
export function useOpinion(password: string): Opinion | null {
  const api = useApi();
  const [opinion, setOpinion] = useState<Opinion | null>(null);
  useEffect(() => {
    if (password === '') return setOpinion(null);
    const ask = () => void api.change('POST', '/password-opinion', { in: {}, body: { password } }).then(setOpinion, () => setOpinion(null));
    const timer = setTimeout(ask, pause);
    return () => clearTimeout(timer);
  }, [api, password]);
  return opinion;
}

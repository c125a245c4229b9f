import { useEffect, useRef, useState } from 'react';
import { Icon } from '../../ui/icons/Icon.tsx';
import { useWords } from '../../words/language.tsx';
import css from './Registers.module.css';

const pause = 250; // milliseconds without a key before the server is asked

// Searches while typing, but never in the middle of a composition; Enter asks at once.
export function SearchField({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const { t } = useWords();
  const [typed, setTyped] = useState(value);
  const composing = useRef(false);
  const latest = useRef(onChange);
  latest.current = onChange;
  useEffect(() => {
    if (composing.current || typed.normalize('NFKC').trim() === value) return;
    const timer = setTimeout(() => latest.current(typed.normalize('NFKC').trim()), pause);
    return () => clearTimeout(timer);
  }, [typed, value]);
  return (
    <label className={css.search}>
      <Icon name="search" />
      <span className="hidden-text">{t.form.search}</span>
      <input
        type="search"
        value={typed}
        placeholder={t.form.search}
        onChange={(event) => setTyped(event.target.value)}
        onCompositionStart={() => (composing.current = true)}
        onCompositionEnd={(event) => {
          composing.current = false;
          setTyped(event.currentTarget.value);
        }}
      />
    </label>
  );
}

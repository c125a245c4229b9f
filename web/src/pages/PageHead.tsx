import type { ReactNode } from 'react';
import type { SheetView } from '../api/queries.ts';
import { useWords } from '../words/language.tsx';
import css from './page.module.css';

// The one heading of a page, the facts under it, and what can be done at its right.
export function PageHead({ title, sub, children }: { title: string; sub?: ReactNode; children?: ReactNode }) {
  return (
    <header className={css.head}>
      <div>
        <h1>{title}</h1>
        {sub && <div className={css.sub}>{sub}</div>}
      </div>
      {children && <div data-noprint>{children}</div>}
    </header>
  );
}

export function GapCorner() {
  return <span className={css.corner} aria-hidden="true" />;
}

// Every printed page says whose it is, of which day, and which state of the ledger it was made from.
export function PrintFoot({ view }: { view: SheetView }) {
  const { f } = useWords();
  return (
    <footer className={css.foot}>
      {view.organisation} · {f.day(view.day)} · #{f.number(view.entries)} · {view.root}
    </footer>
  );
}

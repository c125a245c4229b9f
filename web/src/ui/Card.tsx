import type { ReactNode } from 'react';
import css from './Card.module.css';

interface Props {
  title?: ReactNode;
  note?: ReactNode; // small, beside the title
  aside?: ReactNode; // at the end of the title's line
  children: ReactNode;
  flush?: boolean; // rows reach the edges
}

// Boxes group; hairlines divide inside.
export function Card({ title, note, aside, children, flush = false }: Props) {
  return (
    <section className={css.card} data-flush={flush || undefined}>
      {title && (
        <header className={css.head}>
          <h2>{title}</h2>
          {note && <span className={css.note}>{note}</span>}
          {aside && <span className={css.aside}>{aside}</span>}
        </header>
      )}
      {children}
    </section>
  );
}

export function EmptyState({ title, text, action }: { title: string; text: string; action?: ReactNode }) {
  return (
    <div className={css.empty}>
      <p className={css.emptyTitle}>{title}</p>
      <p className={css.emptyText}>{text}</p>
      {action}
    </div>
  );
}

// Shapes of the right size while an answer is late; the style sheet shows them after 200 ms.
export function Waiting({ height, label }: { height: number; label: string }) {
  return (
    <div className={css.waiting} style={{ height }} role="status">
      <span className="hidden-text">{label}</span>
    </div>
  );
}

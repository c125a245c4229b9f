import type { ReactNode } from 'react';
import { type Day, daysBetween } from '../time/day.ts';
import { useWords } from '../words/language.tsx';
import { Icon } from './icons/Icon.tsx';
import type { IconName } from './icons/drawings.ts';
import { VerdictTile } from './Mark.tsx';
import css from './DutyCard.module.css';

interface Props {
  icon: IconName;
  kind: string;
  title: string;
  why: string; // one line
  minutes: number | null;
  due: Day | null;
  today: Day;
  done?: boolean;
  children: ReactNode; // buttons, 48 px
}

function Due({ due, today }: { due: Day; today: Day }) {
  const { t, f } = useWords();
  const left = daysBetween(today, due);
  const late = left <= 0;
  const text = left < 0 ? t.duty.overdue(-left) : left === 0 ? (f.relative(due, today) ?? '') : t.duty.until(f.dayShort(due));
  return (
    <span className={css.due} data-late={late || undefined} title={f.day(due)}>
      {text}
    </span>
  );
}

// One thing that somebody has to do. Done, the ○ is drawn on it and it stays till the next visit.
export function DutyCard({ icon, kind, title, why, minutes, due, today, done = false, children }: Props) {
  const { t } = useWords();
  return (
    <article className={css.card} data-done={done || undefined}>
      <p className={css.head}>
        <Icon name={icon} /> <span>{kind}</span>
        {!done && due && <Due due={due} today={today} />}
      </p>
      <h2 className={css.title}>{title}</h2>
      {done ? (
        <p className={css.done} role="status">
          <VerdictTile of="full" box={44} drawn /> {t.duty.done}
        </p>
      ) : (
        <>
          <p className={css.why}>
            {why}
            {minutes !== null && ` ・ ${t.duty.minutes(minutes)}`}
          </p>
          <div className={css.actions}>{children}</div>
        </>
      )}
    </article>
  );
}

import { type KeyboardEvent, useRef, useState } from 'react';
import type { MarkKind } from '../model.ts';
import type { Day } from '../time/day.ts';
import { useWords } from '../words/language.tsx';
import { Link } from './Link.tsx';
import css from './HistoryStrip.module.css';

export interface Week {
  day: Day; // first day of the week
  verdict: MarkKind;
}

interface Props {
  weeks: Week[];
  hrefOf: (day: Day) => string;
  fullDays: number;
  days: number;
}

const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };

// One bar per week, height and colour per state: × tall, ○ short. One tab stop; arrow keys walk.
export function HistoryStrip({ weeks, hrefOf, fullDays, days }: Props) {
  const { t, f } = useWords();
  const [current, setCurrent] = useState(weeks.length - 1);
  const list = useRef<HTMLOListElement>(null);
  const walk = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(weeks.length - 1, current + step));
    setCurrent(next);
    list.current?.querySelectorAll('a')[next]?.focus();
  };
  const first = weeks[0];
  return (
    <div className={css.strip}>
      <ol ref={list} className={css.bars} onKeyDown={walk} aria-label={`${t.history.label} ${t.history.months}`}>
        {weeks.map((week, at) => {
          const name = t.history.bar(f.day(week.day), t.marks[week.verdict]);
          return (
            <li key={week.day}>
              <Link
                href={hrefOf(week.day)}
                className={css.bar}
                data-of={week.verdict}
                data-bar
                aria-label={name}
                title={name}
                tabIndex={at === current ? 0 : -1}
                onFocus={() => setCurrent(at)}
              />
            </li>
          );
        })}
      </ol>
      <p className={css.ends}>
        <span>{first && f.dayOfYear(first.day)}</span>
        <span>{t.history.share(fullDays, days)}</span>
        <span>{t.dateBar.today}</span>
      </p>
    </div>
  );
}

import type { MarkKind } from '../model.ts';
import { addDays, type Day, mondayOf, partsOf, weekdayOf } from '../time/day.ts';
import { useWords } from '../words/language.tsx';
import { Link } from './Link.tsx';
import { Mark } from './Mark.tsx';
import css from './ForecastGrid.module.css';

export interface ForecastChange {
  day: Day;
  number: string;
  question: string;
  from: MarkKind;
  to: MarkKind;
  href: string;
}

interface Props {
  today: Day;
  changes: ForecastChange[];
  holidays: Day[];
  hrefOfDay: (day: Day) => string; // for "+4"
}

const weeks = 12;
const shown = 3;

export function byDay(changes: ForecastChange[]): Map<Day, ForecastChange[]> {
  const days = new Map<Day, ForecastChange[]>();
  for (const change of changes) days.set(change.day, [...(days.get(change.day) ?? []), change]);
  return days;
}

function headOf(day: Day, first: boolean, month: (day: Day) => string): string {
  const { dayOfMonth } = partsOf(day);
  return first || dayOfMonth === 1 ? `${month(day)} ${dayOfMonth}` : String(dayOfMonth);
}

// Twelve weeks, Monday first. It repeats the list below it, which is the accessible form.
export function ForecastGrid({ today, changes, holidays, hrefOfDay }: Props) {
  const { t, f } = useWords();
  const start = mondayOf(today);
  const found = byDay(changes);
  const days = Array.from({ length: weeks * 7 }, (_, at) => addDays(start, at));
  return (
    <section className={css.forecast} aria-label={t.forecast.grid}>
      <ol className={css.weekdays} aria-hidden="true">
        {Array.from({ length: 7 }, (_, at) => (
          <li key={at}>{f.weekday(at)}</li>
        ))}
      </ol>
      <ol className={css.days}>
        {days.map((day, at) => (
          <li
            key={day}
            className={css.day}
            data-past={day < today || undefined}
            data-today={day === today || undefined}
            data-free={holidays.includes(day) || weekdayOf(day) > 4 || undefined}
          >
            <span className={css.date}>
              {headOf(day, at === 0, f.month)}
              {holidays.includes(day) && <span className="hidden-text"> {t.forecast.holiday}</span>}
            </span>
            <DayChanges changes={found.get(day) ?? []} href={hrefOfDay(day)} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function DayChanges({ changes, href }: { changes: ForecastChange[]; href: string }) {
  const { t } = useWords();
  const more = changes.length - shown;
  return (
    <>
      {changes.slice(0, shown).map((change) => (
        <Link
          key={change.number}
          href={change.href}
          className={css.change}
          title={change.question}
          aria-label={t.forecast.change(change.number, t.marks[change.from], t.marks[change.to])}
        >
          <span>{change.number}</span>
          <span className={css.pair} aria-hidden="true">
            <Mark of={change.from} size={13} inked />→<Mark of={change.to} size={13} inked />
          </span>
        </Link>
      ))}
      {more > 0 && (
        <Link href={href} className={css.more}>
          {t.forecast.more(more)}
        </Link>
      )}
    </>
  );
}

// Before → after as marks with their names; the form in which lists show a change.
export function Change({ from, to }: { from: MarkKind; to: MarkKind }) {
  const { t } = useWords();
  return (
    <span className={css.pair} role="img" aria-label={`${t.marks[from]} → ${t.marks[to]}`}>
      <Mark of={from} size={15} inked />
      <span aria-hidden="true">→</span>
      <Mark of={to} size={15} inked />
    </span>
  );
}

import { addDays, addMonths, type Day, daysBetween, partsOf } from '../time/day.ts';
import { useWords } from '../words/language.tsx';
import type { Series } from './DateBar.tsx';
import css from './DateBar.module.css';

const height = 48;

// Steps as a path in days (x) and units of height (y, downwards), from one day to another.
export function stepPath(series: Series, from: Day, to: Day): string {
  const x = (day: Day) => daysBetween(series.first, day);
  const y = (full: number) => (series.total > 0 ? height - 3 - (full / series.total) * (height - 8) : height);
  let path = '';
  let level = series.steps[0]?.full ?? 0;
  for (const step of series.steps) if (step.day <= from) level = step.full;
  path = `M${x(from)} ${y(level).toFixed(1)}`;
  for (const step of series.steps) {
    if (step.day <= from || step.day > to) continue;
    path += `H${x(step.day)}V${y(step.full).toFixed(1)}`;
  }
  return `${path}H${x(to)}`;
}

function firstsOfMonths(first: Day, last: Day): Day[] {
  const { year, month } = partsOf(first);
  const months: Day[] = [];
  for (let day = addMonths(`${year}-${String(month).padStart(2, '0')}-01` as Day, 1); day <= last; day = addMonths(day, 1))
    months.push(day);
  return months;
}

// 12 months back solid, 6 months ahead dashed and hatched, today a dotted line.
export function SeriesLine({ series }: { series: Series }) {
  const { t, f } = useWords();
  const { first, last, today } = series;
  const days = daysBetween(first, last);
  const past = stepPath(series, first, today);
  const ahead = stepPath(series, today, last);
  const place = (day: Day) => `${(100 * daysBetween(first, day)) / days}%`;
  return (
    <div className={css.line}>
      <svg viewBox={`0 0 ${days} ${height}`} preserveAspectRatio="none" role="img" aria-label={t.dateBar.line(f.day(first), f.day(last))}>
        <path d={`${past}V${height}H0z`} className={css.area} />
        <path d={`${ahead}V${height}H${daysBetween(first, today)}z`} className={css.hatched} />
      </svg>
      <span className={css.stripes} style={{ left: place(today) }} aria-hidden="true" />
      <svg viewBox={`0 0 ${days} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        <path d={past} className={css.solid} />
        <path d={ahead} className={css.dashed} />
      </svg>
      <span className={css.today} style={{ left: place(today) }} aria-hidden="true" />
      <ol className={css.months} aria-hidden="true">
        {firstsOfMonths(first, addDays(last, -6)).map((month) => (
          <li key={month} style={{ left: place(month) }}>
            {f.month(month)}
          </li>
        ))}
      </ol>
    </div>
  );
}

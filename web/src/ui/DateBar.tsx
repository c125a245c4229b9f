import { type CSSProperties, type KeyboardEvent, useId } from 'react';
import { modeOf } from '../model.ts';
import { addDays, addMonths, clampDay, type Day, daysBetween, parseDay } from '../time/day.ts';
import { useWords, type Wording } from '../words/language.tsx';
import { Button, IconButton } from './Button.tsx';
import { SeriesLine } from './SeriesLine.tsx';
import css from './DateBar.module.css';

// Number of ○ from this day on, until the next step.
export interface SeriesStep {
  day: Day;
  full: number;
}

export interface Series {
  first: Day;
  last: Day;
  today: Day;
  total: number; // items that can be ○
  steps: SeriesStep[]; // ascending; the first at or before `first`
}

interface Props {
  series: Series;
  on: Day;
  onChange: (day: Day) => void;
  compare?: Day | null; // second handle: the day to compare with
  onCompare?: (day: Day) => void;
}

export function fullOn(series: Series, day: Day): number {
  let full = series.steps[0]?.full ?? 0;
  for (const step of series.steps) {
    if (step.day > day) break;
    full = step.full;
  }
  return full;
}

// Page keys go by months; the browser's own arrow keys go by days, Home and End to the ends.
function pageKey(event: KeyboardEvent, day: Day, series: Series): Day | null {
  const months = event.key === 'PageUp' ? 1 : event.key === 'PageDown' ? -1 : 0;
  if (months === 0) return null;
  event.preventDefault();
  return clampDay(addMonths(day, months), series.first, series.last);
}

function Handle({
  series,
  on,
  onChange,
  label,
  second = false,
}: {
  series: Series;
  on: Day;
  onChange: (day: Day) => void;
  label: string;
  second?: boolean;
}) {
  const { t, f } = useWords();
  return (
    <input
      type="range"
      className={css.range}
      data-second={second || undefined}
      aria-label={label}
      min={0}
      max={daysBetween(series.first, series.last)}
      value={daysBetween(series.first, on)}
      aria-valuetext={t.dateBar.value(f.day(on), fullOn(series, on), series.total)}
      onChange={(event) => onChange(addDays(series.first, event.target.valueAsNumber))}
      onKeyDown={(event) => {
        const day = pageKey(event, on, series);
        if (day) onChange(day);
      }}
    />
  );
}

function stateText(on: Day, today: Day, { t, f }: Wording): string {
  const mode = modeOf(on, today);
  if (mode === 'past') return t.dateBar.past(f.day(on));
  return mode === 'forecast' ? t.dateBar.forecast(f.day(on)) : t.dateBar.now(f.day(on));
}

// The way through time: a range input over the line of ○ counts. Its text has its place from the start: nothing moves.
export function DateBar({ series, on, onChange, compare = null, onCompare }: Props) {
  const wording = useWords();
  const { t } = wording;
  const mode = modeOf(on, series.today);
  const move = (day: Day) => onChange(clampDay(day, series.first, series.last));
  return (
    <section className={css.bar} data-mode={mode} aria-label={t.dateBar.label}>
      <div className={css.text}>
        <span className={css.label}>{mode === 'past' ? t.dateBar.readOnly : t.dateBar.label}</span>
        <strong className={css.state} data-mode={mode}>
          {stateText(on, series.today, wording)}
        </strong>
        <div className={css.tools} data-noprint>
          <IconButton icon="chevronLeft" label={t.dateBar.previous} onClick={() => move(addDays(on, -1))} disabled={on <= series.first} />
          <DayField series={series} on={on} onChange={move} />
          <IconButton icon="chevronRight" label={t.dateBar.next} onClick={() => move(addDays(on, 1))} disabled={on >= series.last} />
          <Button size="dense" onClick={() => onChange(series.today)} disabled={on === series.today}>
            {t.dateBar.today}
          </Button>
        </div>
      </div>
      <div
        className={css.track}
        style={{ '--day': daysBetween(series.first, on) / daysBetween(series.first, series.last) } as CSSProperties}
      >
        <SeriesLine series={series} />
        {compare && onCompare && <Handle series={series} on={compare} onChange={onCompare} label={t.dateBar.compare} second />}
        <Handle series={series} on={on} onChange={onChange} label={t.dateBar.slider} />
      </div>
    </section>
  );
}

function DayField({ series, on, onChange }: { series: Series; on: Day; onChange: (day: Day) => void }) {
  const { t } = useWords();
  const id = useId();
  return (
    <>
      <label className="hidden-text" htmlFor={id}>
        {t.dateBar.field}
      </label>
      <input
        id={id}
        type="date"
        className={css.field}
        value={on}
        min={series.first}
        max={series.last}
        required
        onChange={(event) => {
          const day = parseDay(event.target.value);
          if (day) onChange(day);
        }}
      />
    </>
  );
}

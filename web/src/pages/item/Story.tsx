import { useState } from 'react';
import { useBetween } from '../../api/between.ts';
import type { Step } from '../../api/sheets.ts';
import { addDays, type Day } from '../../time/day.ts';
import { Button } from '../../ui/Button.tsx';
import { Card, Waiting } from '../../ui/Card.tsx';
import { Change } from '../../ui/ForecastGrid.tsx';
import { Link } from '../../ui/Link.tsx';
import { VerdictTile } from '../../ui/Mark.tsx';
import { useWords } from '../../words/language.tsx';
import { ChecksBetween } from '../sheet/Between.tsx';
import { Trouble } from '../Trouble.tsx';
import css from './Story.module.css';

const shownFirst = 5;

// How the verdict came and went, newest first; each step says which records did it.
export function Story({ sheet, number, steps }: { sheet: string; number: string; steps: Step[] }) {
  const { t } = useWords();
  const [all, setAll] = useState(false);
  const newest = steps.toReversed();
  const shown = all ? newest : newest.slice(0, shownFirst);
  return (
    <Card title={t.story.title} flush>
      {steps.length <= 1 && <p className={css.none}>{t.story.none}</p>}
      <ol>
        {shown.map((step) => (
          <OneStep key={step.day} sheet={sheet} number={number} step={step} />
        ))}
      </ol>
      {newest.length > shown.length && (
        <div className={css.more} data-noprint>
          <Button kind="quiet" size="dense" icon="chevronDown" onClick={() => setAll(true)}>
            {t.story.more}
          </Button>
        </div>
      )}
    </Card>
  );
}

function OneStep({ sheet, number, step }: { sheet: string; number: string; step: Step }) {
  const { t, f } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <li className={css.step}>
      <p className={css.head}>
        <Link href={`/sheets/${sheet}/${number}?on=${step.day}`}>{f.day(step.day)}</Link>
        {step.before ? <Change from={step.before.verdict} to={step.verdict} /> : <VerdictTile of={step.verdict} box={22} named />}
        <span className={css.numbers}>
          {step.before && `${step.before.good}/${step.before.total} → `}
          {step.good}/{step.total}
        </span>
        {!step.before && <span className={css.numbers}>{t.story.first}</span>}
      </p>
      {step.before && (
        <details data-noprint onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary className={css.why}>{t.story.why}</summary>
          {open && <Causes sheet={sheet} number={number} day={step.day} />}
        </details>
      )}
    </li>
  );
}

function Causes({ sheet, number, day }: { sheet: string; number: string; day: Day }) {
  const { t } = useWords();
  const { data, error } = useBetween(sheet, addDays(day, -1), day, number);
  if (error && !data) return <Trouble error={error} />;
  if (!data) return <Waiting height={80} label={t.common.loading} />;
  return <ChecksBetween checks={data.checks.filter((check) => check.rows.length > 0)} />;
}

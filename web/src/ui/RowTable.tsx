import { type ReactNode, useState } from 'react';
import type { RowState } from '../model.ts';
import type { Day } from '../time/day.ts';
import { useWords } from '../words/language.tsx';
import { Button } from './Button.tsx';
import { Chip } from './Chip.tsx';
import { Link } from './Link.tsx';
import css from './RowTable.module.css';

export interface CheckRow {
  id: string;
  state: RowState;
  subject: string;
  href?: string;
  reason: string; // a sentence
  owner: string | null;
  until: Day | 'forever' | null;
  action: ReactNode; // the one button that mends exactly this row, or its evidence
}

interface Props {
  title: string; // of the check, for screen readers
  rows: CheckRow[]; // worst first
  satisfiedCount: number; // may be more than were sent
}

const shownSatisfied = 5;
const quiet = (row: CheckRow) => row.state === 'satisfied' || row.state === 'due';

// Rows of a check. What is satisfied is grey and folds.
export function RowTable({ title, rows, satisfiedCount }: Props) {
  const { t, f } = useWords();
  const [open, setOpen] = useState(false);
  const fold = satisfiedCount > shownSatisfied;
  const hidden = fold && !open;
  const shown = hidden ? rows.filter((row) => row.state !== 'satisfied') : rows;
  if (rows.length === 0 && satisfiedCount === 0) return <p className={css.none}>{t.rows.empty}</p>;
  return (
    <>
      {shown.length > 0 && <Table title={title} rows={shown} />}
      {fold && (
        <div className={css.more} data-noprint>
          <Button kind="quiet" size="dense" icon={open ? 'check' : 'chevronDown'} aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? t.rows.hideSatisfied : t.rows.showSatisfied(f.number(satisfiedCount))}
          </Button>
        </div>
      )}
    </>
  );
}

// On a phone each row becomes a block: roles keep what the changed display would take away.
function Table({ title, rows }: Pick<Props, 'title' | 'rows'>) {
  const { t } = useWords();
  return (
    <table role="table" className={css.table} aria-label={t.rows.table(title)}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            {t.rows.state}
          </th>
          <th role="columnheader" scope="col">
            {t.rows.subject}
          </th>
          <th role="columnheader" scope="col">
            {t.rows.reason}
          </th>
          <th role="columnheader" scope="col">
            {t.rows.owner}
          </th>
          <th role="columnheader" scope="col">
            {t.rows.until}
          </th>
          <th role="columnheader" scope="col" data-noprint>
            <span className="hidden-text">{t.rows.action}</span>
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row }: { row: CheckRow }) {
  const { t, f } = useWords();
  const until = row.until === 'forever' ? t.rows.forever : row.until ? f.dayOfYear(row.until) : '–';
  return (
    <tr role="row" data-quiet={quiet(row) || undefined} id={`row-${row.id}`}>
      <td role="cell" className={css.state}>
        <Chip state={row.state} />
      </td>
      <th role="rowheader" scope="row" className={css.subject}>
        {row.href ? <Link href={row.href}>{row.subject}</Link> : row.subject}
      </th>
      <td role="cell" className={css.reason}>
        {row.reason}
      </td>
      <td role="cell" className={css.owner}>
        {row.owner ?? t.rows.noOwner}
      </td>
      <td role="cell" className={css.until}>
        <span className={css.narrow}>{t.rows.until} </span>
        {until}
      </td>
      <td role="cell" className={css.action} data-noprint>
        {row.action}
      </td>
    </tr>
  );
}

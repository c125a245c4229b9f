import type { CheckDiff, Cause, ItemDiff, RowDiff } from '../../api/between.ts';
import { useBetween } from '../../api/between.ts';
import type { Day } from '../../time/day.ts';
import { Card, EmptyState, Waiting } from '../../ui/Card.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { Change } from '../../ui/ForecastGrid.tsx';
import { Link } from '../../ui/Link.tsx';
import { useWords } from '../../words/language.tsx';
import { Trouble } from '../Trouble.tsx';
import css from './Between.module.css';

// Two days compared: the items whose verdict changed, the rows behind them, and the record that did it.
export function BetweenDays({ sheet, from, to }: { sheet: string; from: Day; to: Day }) {
  const { t, f } = useWords();
  const { data, error } = useBetween(sheet, from, to);
  if (error && !data) return <Trouble error={error} />;
  if (!data) return <Waiting height={320} label={t.common.loading} />;
  const flipped = data.items.filter((item) => item.flipped);
  return (
    <Card
      flush
      title={t.between.flipped}
      note={`${t.between.title(f.dayOfYear(data.from.day), f.dayOfYear(data.to.day))} · ${t.between.items(flipped.length)}`}
    >
      {flipped.length === 0 ? (
        <EmptyState title={t.between.none} text="" />
      ) : (
        <ol>
          {flipped.map((item) => (
            <Item key={item.code} item={item} href={`/sheets/${sheet}/${item.number}?on=${to}`} checks={data.checks} />
          ))}
        </ol>
      )}
    </Card>
  );
}

function Item({ item, href, checks }: { item: ItemDiff; href: string; checks: CheckDiff[] }) {
  const own = checks.filter((check) => check.items.includes(item.number) && check.rows.length > 0);
  return (
    <li className={css.item}>
      <p className={css.head}>
        <span className={css.number}>{item.number}</span>
        <Change from={item.before.mark} to={item.after.mark} />
        <Numbers before={item.before} after={item.after} />
        <Link href={href}>{item.question}</Link>
      </p>
      <ChecksBetween checks={own} />
    </li>
  );
}

function Numbers({ before, after }: { before: ItemDiff['before']; after: ItemDiff['after'] }) {
  return (
    <span className={css.numbers}>
      {before.satisfied}/{before.total} → {after.satisfied}/{after.total}
    </span>
  );
}

// The rows of each check that came, went or changed, with their cause.
export function ChecksBetween({ checks }: { checks: CheckDiff[] }) {
  const { t, f } = useWords();
  return (
    <>
      {checks.map((check) => {
        const more = check.came + check.went + check.changed - check.rows.length;
        return (
          <div key={check.check} className={css.check}>
            <table role="table" className={css.table}>
              <caption>{check.title}</caption>
              <thead role="rowgroup">
                <tr role="row">
                  <th role="columnheader" scope="col">
                    {t.between.row}
                  </th>
                  <th role="columnheader" scope="col">
                    {t.between.change}
                  </th>
                  <th role="columnheader" scope="col">
                    {t.rows.reason}
                  </th>
                  <th role="columnheader" scope="col">
                    {t.between.why}
                  </th>
                </tr>
              </thead>
              <tbody role="rowgroup">
                {check.rows.map((row) => (
                  <Row key={row.subject} row={row} />
                ))}
              </tbody>
            </table>
            {more > 0 && <p className={css.more}>{t.between.more(f.number(more))}</p>}
          </div>
        );
      })}
    </>
  );
}

function Row({ row }: { row: RowDiff }) {
  return (
    <tr role="row">
      <th role="rowheader" scope="row">
        {row.label}
      </th>
      <td role="cell" className={css.states}>
        <State of={row.before.state} /> <span aria-hidden="true">→</span> <State of={row.after.state} />
      </td>
      <td role="cell" className={css.reason}>
        {row.after.sentence || row.before.sentence}
      </td>
      <td role="cell">
        <CauseOf cause={row.cause} />
      </td>
    </tr>
  );
}

function State({ of }: { of: RowDiff['before']['state'] }) {
  const { t } = useWords();
  return of === 'absent' ? <span className={css.absent}>{t.between.absent}</span> : <Chip state={of} />;
}

function CauseOf({ cause }: { cause: Cause | null }) {
  const { t, f } = useWords();
  if (!cause) return <span className={css.absent}>{t.between.noCause}</span>;
  return (
    <span className={css.cause}>
      <span>
        {cause.record ? <Link href={`/registers/${cause.record.register}/${cause.record.id}`}>{cause.label}</Link> : cause.label}{' '}
        {cause.isNew ? t.between.added : t.between.changed}
      </span>
      <span className={css.absent}>
        {cause.by ? t.timeline.by(cause.by) : t.between.host} · <time dateTime={cause.time}>{f.instant(cause.time)}</time> ·{' '}
        {t.between.entry(f.number(cause.index))}
      </span>
    </span>
  );
}

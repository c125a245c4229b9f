import type { ReactNode } from 'react';
import type { ApiCheck, ApiRow, CreateRecord } from '../../api/answers.ts';
import { type RowState, stateOrder } from '../../model.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Icon } from '../../ui/icons/Icon.tsx';
import { Link } from '../../ui/Link.tsx';
import { Meter } from '../../ui/Meter.tsx';
import { type CheckRow, RowTable } from '../../ui/RowTable.tsx';
import { useWords, type Wording } from '../../words/language.tsx';
import css from './Item.module.css';

const forever = '9999-12-31';
const isId = (text: string) => /^\d+$/.test(text);

// A new record that speaks about the row, with what is known of it filled in.
export function createHref({ register, fields }: CreateRecord): string {
  const known = new URLSearchParams(Object.entries(fields).map(([name, record]) => [name, `#${record.id}`]));
  return `/registers/${register}/new?${known.toString()}`;
}

function actionOf(row: ApiRow, primary: boolean, { t }: Wording): ReactNode {
  if (row.exception)
    return (
      <ButtonLink kind="quiet" size="dense" href={`/registers/exception/${row.exception.id}`}>
        {t.item.seeException}
      </ButtonLink>
    );
  const evidence = row.evidence?.[0];
  if (evidence)
    return (
      <Link href={`/registers/${evidence.register}/${evidence.id}`} className={css.evidence}>
        <Icon name="paperclip" size={14} />
        {t.rows.evidence}
      </Link>
    );
  const kind = primary ? 'primary' : 'plain';
  const create = row.mend?.create[0];
  if (create)
    return (
      <ButtonLink kind={kind} size="dense" href={createHref(create)}>
        {t.item.record(create.label)}
      </ButtonLink>
    );
  const record = row.mend?.record;
  return (
    record && (
      <ButtonLink kind={kind} size="dense" href={`/registers/${record.register}/${record.id}`}>
        {t.item.mend}
      </ButtonLink>
    )
  );
}

function reasonOf(row: ApiRow, { t, f }: Wording): string {
  const { exception } = row;
  if (!exception) return row.sentence;
  const approved = exception.approvedBy ? t.item.approvedBy(exception.approvedBy.title) : '';
  return `${t.item.exemptUntil(f.dayOfYear(exception.until))} ${approved} ${exception.compensatingMeasure}`.trim();
}

const isShown = (row: ApiRow): row is ApiRow & { state: RowState } => row.state !== 'absent';

function rowsOf(check: ApiCheck, first: boolean, readOnly: boolean, wording: Wording): CheckRow[] {
  const rows = check.rows.filter(isShown).sort((a, b) => stateOrder.indexOf(a.state) - stateOrder.indexOf(b.state));
  return rows.map((row, at) => ({
    id: row.subject,
    state: row.state,
    subject: row.label,
    ...(isId(row.subject) && check.subjectRegister !== '' && { href: `/registers/${check.subjectRegister}/${row.subject}` }),
    reason: reasonOf(row, wording),
    owner: row.owner?.title ?? null,
    until: row.until === forever ? 'forever' : row.until,
    action: readOnly ? null : actionOf(row, first && at === 0, wording),
  }));
}

interface Props {
  check: ApiCheck;
  first: boolean; // the first that is broken: its first row's button is the primary one
  readOnly: boolean; // another day than today
}

// A check with its rows, worst first; a sentence says why it matters.
export function CheckCard({ check, first, readOnly }: Props) {
  const wording = useWords();
  const { t } = wording;
  const { counts } = check;
  return (
    <Card
      flush
      title={check.title}
      note={
        <>
          <code>{check.check}</code> · {t.item.level[check.level]}
          {check.anyOf && ` · ${t.item.anyOf}`}
        </>
      }
      aside={counts.total > 0 ? <Meter good={counts.satisfied} total={counts.total} bar={false} /> : t.item.checkState[check.state]}
    >
      {check.state !== 'satisfied' && <p className={css.why}>{check.error ?? check.doubt?.sentence ?? check.why}</p>}
      {counts.total > 0 && (
        <RowTable title={check.title} rows={rowsOf(check, first, readOnly, wording)} satisfiedCount={counts.satisfied - counts.due} />
      )}
    </Card>
  );
}

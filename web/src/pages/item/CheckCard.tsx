import type { ReactNode } from 'react';
import { type ApiCheck, type ApiRow, textIn } from '../../api/sheets.ts';
import { goodOf, stateOrder } from '../../model.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Meter } from '../../ui/Meter.tsx';
import { type CheckRow, RowTable } from '../../ui/RowTable.tsx';
import { useWords, type Wording } from '../../words/language.tsx';
import css from './Item.module.css';

const forever = '9999-12-31';

const ownerOf = (owner: ApiRow['owner']) => (owner && typeof owner === 'object' ? owner.title : (owner ?? null));
const isRecord = (row: ApiRow) => Boolean(row.register) && /^\d+$/.test(row.subject);

function actionOf(row: ApiRow, primary: boolean, { t }: Wording): ReactNode {
  if (row.state === 'satisfied' || !isRecord(row)) return null;
  const href = `/registers/${row.register}/${row.subject}`;
  if (row.state === 'exempt')
    return (
      <ButtonLink kind="quiet" size="dense" href={href}>
        {t.common.open}
      </ButtonLink>
    );
  return (
    <ButtonLink kind={primary ? 'primary' : 'plain'} size="dense" href={href}>
      {t.item.mend}
    </ButtonLink>
  );
}

function rowOf(row: ApiRow, primary: boolean, wording: Wording): CheckRow {
  return {
    id: row.subject,
    state: row.state,
    subject: row.label,
    reason: row.reason,
    owner: ownerOf(row.owner),
    until: row.valid_until === forever ? 'forever' : (row.valid_until ?? null),
    action: actionOf(row, primary, wording),
  };
}

interface Props {
  check: ApiCheck;
  first: boolean; // the first that is broken: its first row's button is the primary one
  readOnly: boolean; // another day than today
}

// A check with its rows, worst first; a sentence says why it matters.
export function CheckCard({ check, first, readOnly }: Props) {
  const wording = useWords();
  const { t, language } = wording;
  const rows = [...(check.rows ?? check.offenders)].sort((a, b) => stateOrder.indexOf(a.state) - stateOrder.indexOf(b.state));
  const shown = rows.map((row, at) => ({ ...rowOf(row, first && at === 0, wording), ...(readOnly && { action: null }) }));
  return (
    <Card
      flush
      title={check.title ? textIn(check.title, language) : check.check}
      note={
        <>
          <code>{check.check}</code> · {t.item.level[check.level]}
          {check.any_of && ` · ${t.item.anyOf}`}
        </>
      }
      aside={
        check.counts.total > 0 ? (
          <Meter good={goodOf(check.counts)} total={check.counts.total} bar={false} />
        ) : (
          t.item.checkState[check.state]
        )
      }
    >
      {check.why && <p className={css.why}>{textIn(check.why, language)}</p>}
      {(check.counts.total > 0 || rows.length > 0) && (
        <RowTable title={check.title ? textIn(check.title, language) : check.check} rows={shown} satisfiedCount={check.counts.satisfied} />
      )}
    </Card>
  );
}

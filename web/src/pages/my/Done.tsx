import { textIn, useRecords } from '../../api/personal.ts';
import type { ApiRecord } from '../../api/registers.ts';
import { Card, EmptyState, Waiting } from '../../ui/Card.tsx';
import { useWords } from '../../words/language.tsx';
import { type Day, parseDay } from '../../time/day.ts';
import { Trouble } from '../Trouble.tsx';
import css from './My.module.css';

interface Deed {
  key: string;
  on: Day | null;
  what: string;
}

const titleOf = (record: ApiRecord, field: string) => {
  const value = record.fields[field];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value.title : '';
};

export function Done({ person }: { person: number }) {
  const { t, f } = useWords();
  const acknowledgements = useRecords('acknowledgement', [`person:eq:#${person}`]);
  const trainings = useRecords('training', [`person:eq:#${person}`]);
  const error = acknowledgements.error ?? trainings.error;
  const waits = !error && (!acknowledgements.data || !trainings.data);
  const deeds: Deed[] = [
    ...(acknowledgements.data ?? []).map((one) => ({
      key: `a${one.id}`,
      on: parseDay(textIn(one, 'acknowledged_on')),
      what: t.my.acknowledged(`${titleOf(one, 'document')} ${textIn(one, 'edition')}`),
    })),
    ...(trainings.data ?? []).map((one) => ({
      key: `t${one.id}`,
      on: parseDay(textIn(one, 'done_on')),
      what: t.my.trained(titleOf(one, 'course')),
    })),
  ].sort((a, b) => ((a.on ?? '') < (b.on ?? '') ? 1 : -1));
  return (
    <>
      <h1 className={css.title}>{t.my.history}</h1>
      {error && <Trouble error={error} />}
      {waits && <Waiting height={160} label={t.common.loading} />}
      {!error && !waits && deeds.length === 0 && <EmptyState title={t.my.noHistory} text={t.my.noHistoryText} />}
      {deeds.length > 0 && (
        <Card flush>
          <ul>
            {deeds.map((deed) => (
              <li key={deed.key} className={css.row}>
                <p className={css.rowTitle}>{deed.what}</p>
                <p className={css.note}>{deed.on && f.day(deed.on)}</p>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}

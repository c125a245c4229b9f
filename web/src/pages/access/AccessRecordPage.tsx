import { useState } from 'react';
import { useApi } from '../../api/client.tsx';
import { type AccessCheck, useAccesses } from '../../api/personal.ts';
import { useRegisters } from '../../api/registers.ts';
import { Button } from '../../ui/Button.tsx';
import { Card, EmptyState, Waiting } from '../../ui/Card.tsx';
import { ProblemBar } from '../../ui/ProblemBar.tsx';
import { useWords } from '../../words/language.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import { useSubmit } from '../signin/SignInForm.tsx';
import { Trouble } from '../Trouble.tsx';
import css from './Access.module.css';

const step = 100;
const most = 1000;

// Who read personal data, and whether the lines are still those that were sealed.
export function AccessRecordPage() {
  const { t, f } = useWords();
  const api = useApi();
  const [limit, setLimit] = useState(step);
  const { data, error } = useAccesses(limit);
  const [check, setCheck] = useState<AccessCheck | null>(null);
  const { busy, problem, run } = useSubmit();
  const compare = () => run(async () => setCheck(await api.get('/access-record/verification', { in: {} })));
  return (
    <div className={page.page}>
      <PageHead title={t.access.title} sub={<span>{t.access.note}</span>}>
        <Button icon="shieldCheck" disabled={busy} onClick={() => void compare()}>
          {t.access.check}
        </Button>
      </PageHead>
      {problem && <ProblemBar what={problem} />}
      {check && check.faults.length === 0 && (
        <p className={css.fine} role="status">
          {t.access.checked(f.number(check.lines), f.number(check.batches))}
        </p>
      )}
      {check && check.faults.length > 0 && <ProblemBar what={t.access.faults(check.faults.length)} todo={check.faults.join(' ')} />}
      {error && !data && <Trouble error={error} />}
      {!data && !error && <Waiting height={320} label={t.common.loading} />}
      {data?.length === 0 && <EmptyState title={t.access.none} text={t.access.noneText} />}
      {data && data.length > 0 && <Lines lines={data} />}
      {data?.length === limit && limit < most && (
        <Button onClick={() => setLimit(Math.min(most, limit + 3 * step))}>{t.access.more}</Button>
      )}
    </div>
  );
}

function Lines({ lines }: { lines: NonNullable<ReturnType<typeof useAccesses>['data']> }) {
  const { t, f } = useWords();
  const labels = new Map(useRegisters().data?.map((one) => [one.name, one.label]));
  return (
    <Card flush>
      <table className={css.table}>
        <thead>
          <tr>
            <th>{t.access.at}</th>
            <th>{t.access.who}</th>
            <th>{t.access.what}</th>
            <th>{t.access.fields}</th>
            <th>{t.access.sealed}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.number}>
              <td data-label={t.access.at}>{f.instant(line.at)}</td>
              <td data-label={t.access.who}>{line.who}</td>
              <td data-label={t.access.what}>
                {labels.get(line.register) ?? line.register} {t.access.records(f.number(line.records.length))}
              </td>
              <td data-label={t.access.fields}>
                <code>{line.fields.join(', ')}</code>
              </td>
              <td data-label={t.access.sealed}>{line.entry === null ? t.access.unsealed : t.access.sealedAt(f.number(line.entry))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

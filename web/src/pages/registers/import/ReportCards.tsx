import { useState } from 'react';
import { type Api, useApi } from '../../../api/client.tsx';
import type { Register } from '../../../api/registers.ts';
import { Button, ButtonLink } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { ProblemBar } from '../../../ui/ProblemBar.tsx';
import { useWords } from '../../../words/language.tsx';
import { useListWords } from '../../../words/lists.ts';
import { Refusals } from '../bulk/Refusals.tsx';
import { type Entries, useUndo } from '../bulk/useBatch.ts';
import { saveReceipt } from '../saving.ts';
import { useAttempt } from '../useAttempt.ts';
import page from '../../page.module.css';
import css from './Import.module.css';
import { Running } from './Running.tsx';
import type { Import, Report } from './useImport.ts';

// What the import would do, or the places to mend.
export function CheckedCard({ register, work, report }: { register: Register; work: Import; report: Report }) {
  const { f } = useWords();
  const words = useListWords().imports;
  if (report.problemCount > 0) return <Wrong register={register} report={report} />;
  const changes = report.created + report.changed;
  return (
    <Card title={words.fine(f.number(report.rows))}>
      <div className={css.body}>
        <Counts report={report} />
        {work.doing === 'importing' ? (
          <>
            <Running label={words.importing} progress={work.progress} />
            <p className={page.note}>{words.importingText}</p>
          </>
        ) : (
          <div className={page.buttons}>
            <Button kind="primary" disabled={changes === 0 || work.doing !== null} onClick={work.start}>
              {changes === 0 ? words.nothing : words.start(f.number(report.rows))}
            </Button>
          </div>
        )}
      </div>
    </Card>
  );
}

function Counts({ report }: { report: Report }) {
  const { f } = useWords();
  const words = useListWords().imports;
  return (
    <dl className={css.counts}>
      {(['created', 'changed', 'unchanged'] as const).map((kind) => (
        <div key={kind}>
          <dt>{words[kind]}</dt>
          <dd>{f.number(report[kind])}</dd>
        </div>
      ))}
    </dl>
  );
}

// Every place by row and column, as the spreadsheet shows them.
function Wrong({ register, report }: { register: Register; report: Report }) {
  const { f } = useWords();
  const words = useListWords().imports;
  const label = (column: string) => register.fields.find((field) => field.name === column)?.label ?? column;
  return (
    <Card
      title={words.wrong(f.number(report.problemCount))}
      {...(report.problemCount > report.problems.length && { note: words.firstOnes(f.number(report.problems.length)) })}
      flush
    >
      <p className={css.todo}>{words.wrongTodo}</p>
      <table className={css.problems}>
        <thead>
          <tr>
            <th scope="col">{words.row}</th>
            <th scope="col">{words.column}</th>
            <th scope="col">{words.value}</th>
            <th scope="col">{words.reason}</th>
          </tr>
        </thead>
        <tbody>
          {report.problems.map((problem, at) => (
            <tr key={at}>
              <td data-label={words.row}>{problem.row}</td>
              <td>{label(problem.column)}</td>
              <td>
                <span className={css.value}>{problem.value}</span>
              </td>
              <td className={css.reason}>{problem.detail}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

// The ledger is append-only: who proves its last entry proves what came before it.
async function receiptOfLast(api: Api, register: Register, { last }: Entries): Promise<void> {
  const { entries } = await api.get('/ledger/entries', { in: {}, query: { before: last + 1, limit: 1 } });
  const id = entries[0]?.record?.id;
  if (id !== undefined) await saveReceipt(api, register.name, id);
}

// Done, under which numbers of the ledger, and the way back.
export function DoneCard({ register, report, onAgain }: { register: Register; report: Report; onAgain: () => void }) {
  const { t, f } = useWords();
  const words = useListWords().imports;
  const [undone, setUndone] = useState<string | null>(null);
  const api = useApi();
  const { busy, problem: unable, refused, undo } = useUndo(register);
  const { problem: missing, attempt } = useAttempt();
  const problem = unable ?? missing;
  const { entries } = report;
  const takeBack = async () => {
    const back = entries && (await undo(entries));
    if (back) setUndone(words.undone(f.number(back.changed)));
  };
  return (
    <Card title={undone ?? words.done(f.number(report.created), f.number(report.changed))}>
      <div className={css.body} role="status">
        {problem && <ProblemBar what={problem.detail || t.errors.offline} reference={problem.reference} />}
        {refused && <Refusals title={words.refusedUndo} report={refused} register={register} />}
        {!undone && <Counts report={report} />}
        {entries && !undone && (
          <p className={page.note}>
            {entries.first === entries.last
              ? words.entry(f.number(entries.first))
              : words.entries(f.number(entries.first), f.number(entries.last))}
            {' ・ '}
            {words.receiptHelp}
          </p>
        )}
        <div className={page.buttons}>
          <ButtonLink kind="primary" href={`/registers/${register.name}`}>
            {words.toList}
          </ButtonLink>
          <Button onClick={onAgain}>{words.again}</Button>
          {entries && !undone && (
            <Button icon="download" disabled={busy} onClick={() => void attempt(() => receiptOfLast(api, register, entries))}>
              {words.receipt}
            </Button>
          )}
          {entries && !undone && (
            <Button kind="quiet" icon="undo" disabled={busy} onClick={() => void takeBack()}>
              {words.undo}
            </Button>
          )}
        </div>
      </div>
    </Card>
  );
}

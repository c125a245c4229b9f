import type { Register } from '../../../api/registers.ts';
import { Button } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Select } from '../../../ui/controls.tsx';
import { Icon } from '../../../ui/icons/Icon.tsx';
import { ProblemBar } from '../../../ui/ProblemBar.tsx';
import { useListWords } from '../../../words/lists.ts';
import { type Column, isUsable, type MappingProblems, problemsOf } from './columns.ts';
import page from '../../page.module.css';
import css from './Import.module.css';
import { Running } from './Running.tsx';
import type { Import } from './useImport.ts';

interface Props {
  register: Register;
  work: Import;
  columns: Column[];
}

// Each column of the file and the field that it goes into.
export function ColumnsCard({ register, work, columns }: Props) {
  const words = useListWords().imports;
  const problems = problemsOf(register, work.mapping);
  return (
    <Card title={words.columnsTitle}>
      <div className={css.body}>
        <ul className={css.columns}>
          <li className={css.columnsHead} aria-hidden="true">
            <span>{words.heading}</span>
            <span>{words.cells}</span>
            <span />
            <span>{words.into}</span>
          </li>
          {columns.map((column, at) => (
            <ColumnLine key={at} register={register} work={work} column={column} at={at} />
          ))}
        </ul>
        <Warnings register={register} problems={problems} />
        {work.doing === 'checking' ? (
          <Running label={words.checking} progress={work.progress} />
        ) : (
          !work.checked && (
            <div className={page.buttons}>
              <Button kind="primary" disabled={!isUsable(problems) || work.doing !== null} onClick={work.check}>
                {words.check}
              </Button>
            </div>
          )
        )}
      </div>
    </Card>
  );
}

function ColumnLine({ register, work, column, at }: { register: Register; work: Import; column: Column; at: number }) {
  const words = useListWords().imports;
  const field = work.mapping[at] ?? null;
  const name = column.heading || words.unnamed(String(at + 1));
  const choices = [
    { value: '', label: words.leaveOut },
    ...register.fields.map((one) => ({ value: one.name, label: one.label })),
    { value: 'id', label: words.id },
    { value: 'version', label: words.version },
  ];
  return (
    <li className={css.columnLine} data-out={field === null || undefined}>
      <b>{name}</b>
      <span className={css.cells}>{column.cells.filter((cell) => cell !== '').join(' ・ ')}</span>
      <span className={css.arrow}>
        <Icon name="chevronRight" />
      </span>
      <Select
        label={`${words.into}: ${name}`}
        choices={choices}
        value={field ?? ''}
        onChange={(value) => work.map(at, value === '' ? null : value)}
      />
    </li>
  );
}

function Warnings({ register, problems }: { register: Register; problems: MappingProblems }) {
  const words = useListWords().imports;
  const labels = (names: string[]) => names.map((name) => register.fields.find((one) => one.name === name)?.label ?? name).join(', ');
  return (
    <>
      {problems.twice.length > 0 && <ProblemBar what={words.twice(labels(problems.twice))} />}
      {problems.noKey.length > 0 && <ProblemBar what={words.noKey(labels(problems.noKey))} />}
      {problems.missing.length > 0 && <ProblemBar tone="notice" what={words.missing(labels(problems.missing))} />}
    </>
  );
}

import { type ReactNode, useEffect, useRef } from 'react';
import { type Register, useRegister } from '../../../api/registers.ts';
import { Waiting } from '../../../ui/Card.tsx';
import { Link } from '../../../ui/Link.tsx';
import { useWords } from '../../../words/language.tsx';
import { useListWords } from '../../../words/lists.ts';
import { PageTrouble } from '../../Trouble.tsx';
import css from '../Registers.module.css';
import { ColumnsCard } from './ColumnsCard.tsx';
import steps from './Import.module.css';
import { FileCard } from './FileCard.tsx';
import { CheckedCard, DoneCard } from './ReportCards.tsx';
import { StepList } from './StepList.tsx';
import { useImport } from './useImport.ts';

export function ImportPage({ name }: { name: string }) {
  const { t } = useWords();
  const { data, error } = useRegister(name);
  if (error && !data) return <PageTrouble error={error} />;
  if (!data || data.name !== name) return <Waiting height={480} label={t.common.loading} />;
  return <Wizard key={name} register={data} />;
}

// A file, what its columns are, what it would change, and then the import. Nothing is written while anything is wrong.
function Wizard({ register }: { register: Register }) {
  const { t } = useWords();
  const words = useListWords().imports;
  const work = useImport(register);
  return (
    <div className={css.record}>
      <nav className={css.crumbs} aria-label={t.item.breadcrumb} data-noprint>
        <Link href="/registers">{t.shell.registers}</Link> <span aria-hidden="true">/</span>{' '}
        <Link href={`/registers/${register.name}`}>{register.label}</Link>
      </nav>
      <h1>{words.title(register.label)}</h1>
      <StepList at={work.step} />
      {work.step === 'done' && work.done ? (
        <Arrived>
          <DoneCard register={register} report={work.done} onAgain={work.again} />
        </Arrived>
      ) : (
        <>
          <FileCard register={register} work={work} />
          {work.found && <ColumnsCard register={register} work={work} columns={work.found.columns} />}
          {work.checked && (
            <Arrived>
              <CheckedCard register={register} work={work} report={work.checked} />
            </Arrived>
          )}
        </>
      )}
    </div>
  );
}

// A result takes the focus: the button that asked for it is gone, and it may lie below the sight.
function Arrived({ children }: { children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    <div ref={place} tabIndex={-1} className={steps.arrived}>
      {children}
    </div>
  );
}

import { useState } from 'react';
import { useApi } from '../../api/client.tsx';
import { useDuties, useRecords, textIn } from '../../api/personal.ts';
import { useRefresh } from '../../api/refresh.ts';
import { useRegisters } from '../../api/registers.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { EmptyState, Waiting } from '../../ui/Card.tsx';
import { DutyCard } from '../../ui/DutyCard.tsx';
import { VerdictTile } from '../../ui/Mark.tsx';
import { useWords } from '../../words/language.tsx';
import type { Day } from '../../time/day.ts';
import { Trouble } from '../Trouble.tsx';
import { documentOf, dutiesOf, type Duty, hrefOf, iconOf } from './duties.ts';
import css from './My.module.css';
import { SignDialog } from './SignDialog.tsx';
import { Stocktake } from './Stocktake.tsx';

// A card for each duty, the most urgent first and filled. What was done stays, with its ○, till the next visit.
export function Duties({ person, name }: { person: number; name: string }) {
  const { t } = useWords();
  const { data, error } = useDuties();
  const [done, setDone] = useState<Duty[]>([]);
  const left = dutiesOf(data?.tasks ?? []).filter((duty) => !done.some((one) => one.key === duty.key));
  const finish = (duty: Duty) => setDone((before) => [...before, duty]);
  return (
    <>
      <header>
        <p className={css.greeting}>{t.my.greeting(name)}</p>
        <h1 className={css.title}>{data && left.length === 0 ? t.my.done : data ? t.my.headline(left.length) : t.shell.mine}</h1>
      </header>
      {error && !data && <Trouble error={error} />}
      {!data && !error && <Waiting height={320} label={t.common.loading} />}
      {data && left.length === 0 && done.length === 0 && (
        <div className={css.free}>
          <VerdictTile of="full" box={72} />
          <EmptyState title={t.my.done} text={t.my.doneText} />
        </div>
      )}
      {data && (
        <ul className={css.cards}>
          {[...done, ...left].map((duty) => (
            <li key={duty.key}>
              <OneDuty
                duty={duty}
                person={person}
                today={data.today}
                first={duty.key === left[0]?.key}
                done={done.includes(duty)}
                onDone={() => finish(duty)}
              />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

interface OneProps {
  duty: Duty;
  person: number;
  today: Day;
  first: boolean;
  done: boolean;
  onDone: () => void;
}

function OneDuty({ duty, person, today, first, done, onDone }: OneProps) {
  const { t } = useWords();
  const { task, kind } = duty;
  const documents = useRecords('document', [], kind === 'document');
  const document = kind === 'document' ? documentOf(task, documents.data ?? []) : null;
  const title = document
    ? t.my.signTitle(textIn(document, 'name'), textIn(document, 'edition'))
    : kind === 'stocktake'
      ? t.my.have(task.label)
      : task.title;
  return (
    <DutyCard
      icon={iconOf[kind]}
      kind={t.my.kinds[kind]}
      title={title}
      why={document ? task.sentence : task.todo}
      minutes={task.minutes}
      due={task.dueOn}
      today={today}
      done={done}
    >
      {document ? (
        <Sign document={document} person={person} today={today} first={first} onDone={onDone} />
      ) : kind === 'stocktake' ? (
        <StocktakeOrLink duty={duty} person={person} today={today} first={first} onDone={onDone} />
      ) : (
        <Look duty={duty} first={first} />
      )}
    </DutyCard>
  );
}

function Look({ duty, first }: { duty: Duty; first: boolean }) {
  const { t } = useWords();
  return (
    <ButtonLink size="thumb" kind={first ? 'primary' : 'plain'} href={hrefOf(duty.task)}>
      {duty.kind === 'training' ? t.my.start : t.my.look}
    </ButtonLink>
  );
}

type SignProps = Pick<OneProps, 'person' | 'today' | 'first' | 'onDone'> & { document: NonNullable<ReturnType<typeof documentOf>> };

function Sign({ document, person, today, first, onDone }: SignProps) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="thumb" kind={first ? 'primary' : 'plain'} onClick={() => setOpen(true)}>
        {t.my.sign}
      </Button>
      {open && <SignDialog document={document} person={person} today={today} onClose={() => setOpen(false)} onDone={onDone} />}
    </>
  );
}

// Two answers for whoever may record the stocktaking; others see the device.
function StocktakeOrLink({ duty, person, today, first, onDone }: Omit<OneProps, 'done'>) {
  const api = useApi();
  const refresh = useRefresh();
  const may = useRegisters().data?.find((one) => one.name === 'stocktake')?.write ?? 'none';
  if (may === 'none') return <Look duty={duty} first={first} />;
  const record = async (present: boolean) => {
    const fields = { device: { id: Number(duty.task.subject) }, seen_on: today, seen_by: { id: person }, present };
    await api.change('POST', '/registers/{register}/records', { in: { register: 'stocktake' }, body: { fields } });
    refresh('stocktake');
    onDone();
  };
  return <Stocktake first={first} onAnswer={record} />;
}

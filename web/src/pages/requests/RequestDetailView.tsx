import { type ReactNode, useState } from 'react';
import { useApi } from '../../api/client.tsx';
import { type RequestAct, type RequestDetail, type RequestDifference, useForget, useRequest } from '../../api/personal.ts';
import { useRefresh } from '../../api/refresh.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { Card, Waiting } from '../../ui/Card.tsx';
import { Tag } from '../../ui/Chip.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Diff } from '../../ui/Diff.tsx';
import { Field, TextArea } from '../../ui/Field.tsx';
import { Link } from '../../ui/Link.tsx';
import { ProblemBar } from '../../ui/ProblemBar.tsx';
import { Hash } from '../../ui/Receipt.tsx';
import { useWords } from '../../words/language.tsx';
import { useSubmit } from '../signin/SignInForm.tsx';
import { Trouble } from '../Trouble.tsx';
import { Thread } from './Thread.tsx';
import css from './Requests.module.css';

export function RequestDetailView({ id }: { id: string }) {
  const { t } = useWords();
  const { data, error } = useRequest(id);
  if (error && !data) return <Trouble error={error} />;
  if (!data) return <Waiting height={480} label={t.common.loading} />;
  return (
    <article className={css.request}>
      <Head request={data} />
      <Changed request={data} />
      <Content request={data} />
      <Acts request={data} />
      <Rules request={data} />
      <Thread request={data} />
    </article>
  );
}

function Head({ request }: { request: RequestDetail }) {
  const { t, f } = useWords();
  const parts: ReactNode[] = [
    t.requests.asked(request.askedBy.title, f.day(request.askedOn)),
    request.onBehalfOf.id !== request.askedBy.id && t.requests.about(request.onBehalfOf.title),
    request.state === 'asked' && request.dueOn && t.requests.due(f.day(request.dueOn)),
    request.decidedBy && request.decidedOn && t.requests.decided(request.decidedBy.title, f.day(request.decidedOn)),
    request.reason,
  ];
  return (
    <header>
      <p className={css.back}>
        <Link href="/requests">{t.requests.back}</Link>
      </p>
      <p className={css.rowHead}>
        <Tag weight="bold">{request.stateLabel}</Tag> {request.kindLabel} <code>{request.code}</code>
      </p>
      <h2 className={css.sentence}>{request.sentence}</h2>
      <p className={css.note}>{parts.filter(Boolean).join(' ・ ')}</p>
    </header>
  );
}

const differences = (list: RequestDifference[]) =>
  list.map((one) => ({ field: one.label, before: one.thenText ?? null, after: one.nowText ?? null }));

// What moved since it was asked or approved: the approval bound to something else.
function Changed({ request }: { request: RequestDetail }) {
  const { t } = useWords();
  if (!request.changed) return null;
  return (
    <ProblemBar tone="notice" what={request.state === 'lapsed' ? t.requests.changed : t.requests.changedNow}>
      <Diff changes={differences([...request.changed.proposed, ...(request.changed.record ?? [])])} />
    </ProblemBar>
  );
}

function Content({ request }: { request: RequestDetail }) {
  const { t } = useWords();
  const { target, result } = request;
  const record = result ?? target;
  return (
    <Card title={t.requests.content} note={target.title ?? target.label}>
      <Diff
        changes={(request.fields ?? [])
          .filter((field) => field.differs)
          .map((field) => ({ field: field.label, before: field.beforeText ?? null, after: field.afterText }))}
      />
      <p className={css.binds}>
        {t.requests.binds} <Hash value={request.hash} name={t.requests.hash} />
      </p>
      {record.id !== undefined && (
        <p>
          <Link href={`/registers/${record.register}/${record.id}`}>{t.requests.result}</Link>
        </p>
      )}
    </Card>
  );
}

const decisive = ['approve', 'return', 'reject', 'withdraw'] as const satisfies readonly RequestAct[];
type Decision = (typeof decisive)[number];

// Buttons for what may be done; for the rest of what concerns this person, why not.
function Acts({ request }: { request: RequestDetail }) {
  const { t } = useWords();
  const api = useApi();
  const forget = useForget();
  const refresh = useRefresh();
  const { busy, problem, run } = useSubmit();
  const [asking, setAsking] = useState<'return' | 'reject' | null>(null);
  const send = (act: Decision, reason = '') =>
    run(async () => {
      const which = { in: { id: request.id } };
      if (act === 'approve') await api.change('POST', '/requests/{id}/approve', { ...which, body: { hash: request.hash } });
      else if (act === 'withdraw') await api.change('POST', '/requests/{id}/withdraw', which);
      else await api.change('POST', `/requests/{id}/${act}`, { ...which, body: { reason } });
      refresh(request.target.register);
      await forget('requests');
      setAsking(null);
    });
  const label: Record<Decision, string> = {
    approve: t.requests.approve,
    return: t.requests.giveBack,
    reject: t.requests.reject,
    withdraw: t.requests.withdraw,
  };
  const press = (act: Decision) => (act === 'return' || act === 'reject' ? setAsking(act) : void send(act));
  const why = request.state === 'asked' && !request.may.approve.allowed ? request.may.approve.why : undefined;
  return (
    <div className={css.acts}>
      {problem && <ProblemBar what={problem} />}
      <div className={css.buttons}>
        {decisive
          .filter((act) => request.may[act].allowed)
          .map((act) => (
            <Button
              key={act}
              disabled={busy}
              kind={act === 'approve' ? 'primary' : act === 'reject' ? 'danger' : 'plain'}
              onClick={() => press(act)}
            >
              {label[act]}
            </Button>
          ))}
        {request.may.change.allowed && <ButtonLink href={`/requests/${request.id}/change`}>{t.item.mend}</ButtonLink>}
      </div>
      {why && (
        <p className={css.note}>
          {t.requests.approve}: {why}
        </p>
      )}
      {asking && (
        <ReasonDialog title={label[asking]} busy={busy} onClose={() => setAsking(null)} onSend={(reason) => void send(asking, reason)} />
      )}
    </div>
  );
}

interface ReasonProps {
  title: string;
  busy: boolean;
  onClose: () => void;
  onSend: (reason: string) => void;
}

function ReasonDialog({ title, busy, onClose, onSend }: ReasonProps) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      foot={
        <>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button kind="primary" disabled={busy || reason.trim() === ''} onClick={() => onSend(reason.trim())}>
            {title}
          </Button>
        </>
      }
    >
      <Field label={t.requests.reason} help={t.requests.reasonHelp} required>
        <TextArea value={reason} onChange={setReason} />
      </Field>
    </Dialog>
  );
}

function Rules({ request }: { request: RequestDetail }) {
  const { t } = useWords();
  const deciders = request.deciders ?? [];
  return (
    <Card title={t.requests.rules}>
      <ul className={css.rules}>
        {request.checks.map((check) => (
          <li key={check.check}>
            <b>{check.title}</b>
            <p className={css.note}>{check.why}</p>
          </li>
        ))}
      </ul>
      {request.state === 'asked' && (
        <p className={css.note}>
          {t.requests.deciders}: {deciders.length > 0 ? deciders.map((one) => one.title).join('、') : t.requests.noDeciders}
        </p>
      )}
    </Card>
  );
}

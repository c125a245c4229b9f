import { type FormEvent, useState } from 'react';
import { useApi } from '../../api/client.tsx';
import { Problem } from '../../api/problem.ts';
import { type RequestDetail, type RequestKind, useForget, useRequest, useRequestKinds } from '../../api/personal.ts';
import { formValue, type Register, useReferences, useRegister, writtenValue } from '../../api/registers.ts';
import { textParameter, useSearchParameters } from '../../shell/search.ts';
import { Button } from '../../ui/Button.tsx';
import { Card, EmptyState, Waiting } from '../../ui/Card.tsx';
import { type Reference, ReferenceField } from '../../ui/Combobox.tsx';
import { Field, TextArea } from '../../ui/Field.tsx';
import { FieldFor } from '../../ui/FieldFor.tsx';
import type { RegisterField } from '../../ui/fieldModel.ts';
import { useGo } from '../../ui/Link.tsx';
import { ProblemBar } from '../../ui/ProblemBar.tsx';
import type { Values } from '../../ui/RecordForm.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { useWords } from '../../words/language.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import { useReferenceSearch } from '../registers/RecordEditor.tsx';
import { useSubmit } from '../signin/SignInForm.tsx';
import { Trouble } from '../Trouble.tsx';
import css from './Requests.module.css';

const parameters = { kind: textParameter };

// First what is asked for, then the few fields that this kind needs.
export function NewRequestPage() {
  const { t } = useWords();
  const { data, error } = useRequestKinds();
  const [{ kind: name }, change] = useSearchParameters(parameters);
  const kind = data?.find((one) => one.name === name) ?? null;
  return (
    <div className={page.page}>
      <PageHead title={t.requests.newTitle} />
      {error && !data && <Trouble error={error} />}
      {!data && !error && <Waiting height={320} label={t.common.loading} />}
      {data?.length === 0 && <EmptyState title={t.requests.noKinds} text={t.requests.noKindsText} />}
      {data && data.length > 0 && !kind && <Kinds kinds={data} onChoose={(next) => change({ kind: next })} />}
      {kind && <WithRegister key={kind.name} kind={kind} request={null} />}
    </div>
  );
}

export function ChangeRequestPage({ id }: { id: string }) {
  const { t } = useWords();
  const kinds = useRequestKinds();
  const request = useRequest(id);
  const kind = kinds.data?.find((one) => one.name === request.data?.kind);
  return (
    <div className={page.page}>
      <PageHead title={request.data?.sentence ?? t.requests.newTitle} />
      {request.error && <Trouble error={request.error} />}
      {kind && request.data && <WithRegister kind={kind} request={request.data} />}
    </div>
  );
}

function Kinds({ kinds, onChoose }: { kinds: RequestKind[]; onChoose: (name: string) => void }) {
  const { t } = useWords();
  return (
    <section>
      <h2 className={css.ask}>{t.requests.whatFor}</h2>
      <ul className={css.kinds}>
        {kinds.map((kind) => (
          <li key={kind.name}>
            <button type="button" className={css.kind} onClick={() => onChoose(kind.name)}>
              <b>{kind.label}</b>
              <span className={css.note}>{kind.help}</span>
              <span className={css.note}>{t.requests.days(kind.dueDays)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function WithRegister({ kind, request }: { kind: RequestKind; request: RequestDetail | null }) {
  const { t } = useWords();
  const { data, error } = useRegister(kind.register);
  if (error && !data) return <Trouble error={error} />;
  if (!data) return <Waiting height={320} label={t.common.loading} />;
  return <Form kind={kind} request={request} fields={fieldsOf(kind, data)} />;
}

// The register's fields that this kind asks for, with the kind's own choices and what it requires.
function fieldsOf(kind: RequestKind, register: Register): RegisterField[] {
  return kind.fields.flatMap((asked) => {
    const field = register.fields.find((one) => one.name === asked.name);
    if (!field) return [];
    const choices = asked.choices?.map(({ code, label }) => ({ value: code, label }));
    return [{ ...field, required: asked.required, ...(choices && { choices }) }];
  });
}

function valuesOf(fields: RegisterField[], request: RequestDetail | null): Values {
  return Object.fromEntries(
    fields.map((field) => [field.name, formValue(field, request?.fields?.find((one) => one.field === field.name)?.after)]),
  );
}

function Form({ kind, request, fields }: { kind: RequestKind; request: RequestDetail | null; fields: RegisterField[] }) {
  const { t } = useWords();
  const api = useApi();
  const forget = useForget();
  const go = useGo();
  const toast = useToast();
  const [values, setValues] = useState<Values>(() => valuesOf(fields, request));
  const [subject, setSubject] = useState<Reference | null>(null);
  const [comment, setComment] = useState('');
  const [errors, setErrors] = useState<Record<string, string>>({});
  const references = useReferenceSearch();
  const { busy, problem, run } = useSubmit();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const given = Object.entries(values).filter(([, value]) => value !== null && value !== '');
    const written = Object.fromEntries(given.map(([name, value]) => [name, writtenValue(value)]));
    void run(async () => {
      setErrors({});
      const body = {
        kind: kind.name,
        fields: written,
        ...(subject && { onBehalfOf: { id: Number(subject.id) } }),
        ...(comment.trim() && { comment: comment.trim() }),
      };
      const send = request
        ? api.change('PATCH', '/requests/{id}', { in: { id: request.id }, body: { fields: written } })
        : api.change('POST', '/requests', { in: {}, body });
      const made = await send.catch((error: unknown) => {
        if (error instanceof Problem) setErrors(error.byField());
        throw error;
      });
      await forget('requests');
      toast({ title: t.requests.sent, text: made.sentence });
      go(`/requests/${made.id}`);
    });
  };
  return (
    <form className={css.form} onSubmit={submit} noValidate>
      <Card title={kind.label}>
        <p className={css.note}>{kind.help}</p>
        {kind.oneOf.length > 0 && (
          <p className={css.note}>
            {t.requests.oneOf(kind.oneOf.map((name) => fields.find((one) => one.name === name)?.label ?? name).join('・'))}
          </p>
        )}
        {problem && <ProblemBar what={problem} />}
        {kind.forOthers && !request && <ForWhom value={subject} onChange={setSubject} />}
        {fields.map((field) => (
          <FieldFor
            key={field.name}
            field={field}
            value={values[field.name] ?? null}
            error={errors[field.name] ?? null}
            references={references}
            onChange={(value) => setValues((now) => ({ ...now, [field.name]: value }))}
            onLeave={() => undefined}
          />
        ))}
        {!request && (
          <Field label={t.requests.comment}>
            <TextArea value={comment} onChange={setComment} rows={2} />
          </Field>
        )}
        <p className={css.note}>
          {t.requests.decidedBy(kind.decidedBy.join('、'))} ・ {t.requests.days(kind.dueDays)}
        </p>
        <Button type="submit" kind="primary" disabled={busy}>
          {t.requests.send}
        </Button>
      </Card>
    </form>
  );
}

function ForWhom({ value, onChange }: { value: Reference | null; onChange: (value: Reference | null) => void }) {
  const { t } = useWords();
  const [q, setQ] = useState('');
  return (
    <Field label={t.requests.forWhom} help={t.requests.forMe}>
      <ReferenceField found={useReferences('person', q)} value={value} onChange={onChange} onSearch={setQ} />
    </Field>
  );
}

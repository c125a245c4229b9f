import { useState } from 'react';
import { useApi, useSession } from '../../api/client.tsx';
import { type ApiRecord, type Register, useRecord } from '../../api/registers.ts';
import { Waiting } from '../../ui/Card.tsx';
import { ButtonLink } from '../../ui/Button.tsx';
import type { RegisterField } from '../../ui/fieldModel.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { useWords } from '../../words/language.tsx';
import { Trouble } from '../Trouble.tsx';
import { textOf } from './cells.tsx';
import { RetireButton } from './bulk/RetireButton.tsx';
import { RecordEditor } from './RecordEditor.tsx';
import { RecordHistory } from './RecordHistory.tsx';
import page from '../page.module.css';
import { fileLink } from './saving.ts';
import css from './Registers.module.css';

interface Props {
  register: Register;
  id: string;
  panel?: boolean; // beside a list instead of a page of its own
  onGone: () => void; // after it left the register
}

// A record: its form or its values, and its history.
export function RecordView({ register, id, panel = false, onGone }: Props) {
  const { t } = useWords();
  const [tab, setTab] = useState('record');
  const { signedOut } = useSession();
  const { data, error } = useRecord(register.name, id);
  if (error && !data && !signedOut) return <Trouble error={error} />;
  if (!data || (String(data.id) !== id && data.key !== id)) return <Waiting height={320} label={t.common.loading} />;
  const name = data.title || data.key;
  return (
    <>
      <div className={css.recordHead}>
        {panel ? <p className={css.recordTitle}>{name}</p> : <h1>{name}</h1>}
        <p className={css.recordKey}>
          {data.key !== name && data.key} {t.register.created(data.version)}
        </p>
        <div className={css.recordActs} data-noprint>
          {panel && (
            <ButtonLink kind="quiet" size="dense" href={`/registers/${register.name}/${id}`}>
              {t.register.page}
            </ButtonLink>
          )}
          {register.write === 'all' && <RetireButton register={register} record={data} onGone={onGone} />}
        </div>
      </div>
      <Tabs
        value={tab}
        onChange={setTab}
        tabs={[
          {
            value: 'record',
            label: t.register.record,
            content:
              register.write === 'none' ? (
                <ReadOnly register={register} record={data} />
              ) : (
                <RecordEditor key={data.id} register={register} record={data} />
              ),
          },
          { value: 'history', label: t.register.history, content: <RecordHistory register={register} record={data} /> },
        ]}
      />
    </>
  );
}

function ReadOnly({ register, record }: { register: Register; record: ApiRecord }) {
  const wording = useWords();
  return (
    <>
      <p className={page.note}>{wording.t.register.readOnly}</p>
      <dl className={css.values}>
        {register.fields.map((field) => (
          <div key={field.name}>
            <dt>{field.label}</dt>
            <dd>
              <Shown register={register} record={record} field={field} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Shown({ register, record, field }: { register: Register; record: ApiRecord; field: RegisterField }) {
  const api = useApi();
  const wording = useWords();
  const text = textOf(field, record.fields[field.name], wording);
  if (text === '') return '–';
  if (field.type !== 'file') return text;
  return <a href={fileLink(api, register.name, record.id, field.name)}>{wording.t.form.attached(text.slice(0, 12))}</a>;
}

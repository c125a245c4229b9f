import { useMemo } from 'react';
import { type ApiRecord, formValue, type Register, referenceOf, useRecord, useRegister } from '../../api/registers.ts';
import { Waiting } from '../../ui/Card.tsx';
import { Link, useGo, useQueryString } from '../../ui/Link.tsx';
import type { Values } from '../../ui/RecordForm.tsx';
import { useWords } from '../../words/language.tsx';
import { PageTrouble } from '../Trouble.tsx';
import { RecordEditor } from './RecordEditor.tsx';
import { RecordView } from './RecordView.tsx';
import css from './Registers.module.css';

export function RecordPage({ name, id }: { name: string; id: string }) {
  const { t } = useWords();
  const go = useGo();
  const { data, error } = useRegister(name);
  if (error && !data) return <PageTrouble error={error} />;
  if (!data || data.name !== name) return <Waiting height={480} label={t.common.loading} />;
  return (
    <div className={css.record}>
      <nav className={css.crumbs} aria-label={t.item.breadcrumb} data-noprint>
        <Link href="/registers">{t.shell.registers}</Link> <span aria-hidden="true">/</span>{' '}
        <Link href={`/registers/${name}`}>{data.label}</Link>
      </nav>
      {id === 'new' ? (
        <NewRecord key={name} register={data} />
      ) : (
        <RecordView register={data} id={id} onGone={() => go(`/registers/${name}`)} />
      )}
    </div>
  );
}

// What the address already says: "?service=%2342" fills the reference with that record.
function NewRecord({ register }: { register: Register }) {
  const { t } = useWords();
  const go = useGo();
  const search = useQueryString();
  const given = useMemo(() => new URLSearchParams(search), [search]);
  const field = register.fields.find((one) => given.has(one.name));
  const value = field ? (given.get(field.name) ?? '') : '';
  const target = field?.type === 'person' ? 'person' : (field?.to ?? '');
  const isReference = value.startsWith('#') && target !== '';
  const referred = useRecord(target === '' ? register.name : target, isReference ? value.slice(1) : null);
  const initial = useMemo(
    () => (field && (referred.data || !isReference) ? initialValues(field.name, isReference ? referred.data : undefined, value) : {}),
    [field, isReference, referred.data, value],
  );
  if (isReference && !referred.data && !referred.error) return <Waiting height={320} label={t.common.loading} />;
  return (
    <>
      <h1 className={css.newTitle}>{t.register.create(register.label)}</h1>
      <RecordEditor
        register={register}
        record={null}
        initial={initial}
        onCreated={(written) => go(`/registers/${register.name}/${written.id}`)}
      />
    </>
  );
}

function initialValues(name: string, record: ApiRecord | undefined, text: string): Values {
  return { [name]: record ? referenceOf(record) : formValue({ name, type: 'text', label: '', required: false, personal: false }, text) };
}

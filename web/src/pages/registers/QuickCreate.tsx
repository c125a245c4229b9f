import { type FormEvent, useState } from 'react';
import { useApi } from '../../api/client.tsx';
import { useRefresh } from '../../api/refresh.ts';
import { type Register, useRegister } from '../../api/registers.ts';
import { Button } from '../../ui/Button.tsx';
import { Waiting } from '../../ui/Card.tsx';
import type { Reference } from '../../ui/Combobox.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FieldFor } from '../../ui/FieldFor.tsx';
import { checkField } from '../../ui/fieldModel.ts';
import { ProblemBar } from '../../ui/ProblemBar.tsx';
import type { Values } from '../../ui/RecordForm.tsx';
import { useWords } from '../../words/language.tsx';
import page from '../page.module.css';
import { useReferenceSearch } from './RecordEditor.tsx';
import { create } from './saving.ts';
import { useAttempt } from './useAttempt.ts';

interface Props {
  name: string; // of the register
  title: string; // what was typed
  onClose: () => void;
  onMade: (made: Reference) => void;
}

// A record by the little that it cannot do without; the rest can be told later on its own page.
export function QuickCreate({ name, title, onClose, onMade }: Props) {
  const { t } = useWords();
  const { data } = useRegister(name);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={data ? t.register.create(data.label) : t.common.loading}>
      {data && data.name === name ? (
        <Form register={data} title={title} onClose={onClose} onMade={onMade} />
      ) : (
        <Waiting height={160} label={t.common.loading} />
      )}
    </Dialog>
  );
}

function Form({ register, title, onClose, onMade }: Omit<Props, 'name'> & { register: Register }) {
  const { t, f } = useWords();
  const api = useApi();
  const refresh = useRefresh();
  const references = useReferenceSearch();
  const needed = register.fields.filter((field) => field.required || field.name === register.title || register.key.includes(field.name));
  const [values, setValues] = useState<Values>({ [register.title]: title });
  const [tried, setTried] = useState(false);
  const { busy, problem, attempt } = useAttempt();
  const wrong = (name: string) => {
    const field = needed.find((one) => one.name === name);
    return tried && field ? checkField(field, values[name] ?? null, t, f) : null;
  };
  const errors = problem?.byField() ?? {};
  const save = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (needed.some((field) => checkField(field, values[field.name] ?? null, t, f))) return;
    void attempt(async () => {
      const { id } = await create(api, register, values);
      refresh(register.name);
      onMade({ id: String(id), label: String(values[register.title] ?? title) });
    });
  };
  return (
    <form className={page.form} onSubmit={save} noValidate>
      {problem && <ProblemBar what={problem.detail || t.errors.offline} reference={problem.reference} />}
      {needed.map((field) => (
        <FieldFor
          key={field.name}
          field={field}
          value={values[field.name] ?? null}
          error={errors[field.name] ?? wrong(field.name)}
          references={references}
          onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
        />
      ))}
      <div className={page.buttons}>
        <Button type="submit" kind="primary" disabled={busy}>
          {t.form.add}
        </Button>
        <Button onClick={onClose}>{t.common.cancel}</Button>
      </div>
    </form>
  );
}

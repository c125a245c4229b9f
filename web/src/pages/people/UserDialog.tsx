import { useState } from 'react';
import { useApi } from '../../api/client.tsx';
import { type MadeLink, useForget, type UserLine } from '../../api/personal.ts';
import { Problem } from '../../api/problem.ts';
import { useReferences, useRegister } from '../../api/registers.ts';
import { Button } from '../../ui/Button.tsx';
import { type Reference, ReferenceField } from '../../ui/Combobox.tsx';
import { Checkbox } from '../../ui/controls.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field, Input } from '../../ui/Field.tsx';
import { ProblemBar } from '../../ui/ProblemBar.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { useWords } from '../../words/language.tsx';
import { useSubmit } from '../signin/SignInForm.tsx';
import page from '../page.module.css';
import css from './People.module.css';

interface Props {
  user: UserLine | null; // null: invite one
  onClose: () => void;
  onInvited: (link: MadeLink) => void;
}

export function UserDialog({ user, onClose, onInvited }: Props) {
  const { t } = useWords();
  const api = useApi();
  const forget = useForget();
  const toast = useToast();
  const [name, setName] = useState(user?.name ?? '');
  const [mail, setMail] = useState(user?.mail ?? '');
  const [roles, setRoles] = useState<string[]>(user?.roles.map((role) => role.code) ?? ['member']);
  const [person, setPerson] = useState<Reference | null>(null);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const { busy, problem, run } = useSubmit();
  const save = () =>
    run(async () => {
      setErrors({});
      const fields = {
        name: name.trim(),
        mail: mail.normalize('NFKC').trim(),
        roles,
        ...(person && { person: { id: Number(person.id) } }),
      };
      // Nobody changes their own roles, so what stayed as it was is not sent.
      const same = user && roles.join() === user.roles.map((role) => role.code).join();
      const { roles: _, ...rest } = fields;
      const body = same ? rest : fields;
      const done = user
        ? api.change('PATCH', '/users/{id}', { in: { id: user.id }, body }).then(() => null)
        : api.change('POST', '/users', { in: {}, body }).then((made) => made.link);
      const link = await done.catch((error: unknown) => {
        if (error instanceof Problem) setErrors(error.byField());
        throw error;
      });
      await forget('users');
      toast({ title: user ? t.people.done : t.people.invited });
      onClose();
      if (link) onInvited(link);
    });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={user ? user.name : t.people.inviteTitle}
      foot={
        <>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button kind="primary" disabled={busy} onClick={() => void save()}>
            {user ? t.people.save : t.people.invite}
          </Button>
        </>
      }
    >
      <div className={page.form}>
        {problem && <ProblemBar what={problem} />}
        <Field label={t.people.name} error={errors.name} required>
          <Input value={name} onChange={setName} autoComplete="off" />
        </Field>
        <Field label={t.people.mail} error={errors.mail} required>
          <Input type="email" value={mail} onChange={setMail} autoComplete="off" />
        </Field>
        {!user && <PersonField value={person} onChange={setPerson} error={errors.person} />}
        <Roles values={roles} onChange={setRoles} />
      </div>
    </Dialog>
  );
}

interface PersonProps {
  value: Reference | null;
  onChange: (value: Reference | null) => void;
  error: string | undefined;
}

function PersonField({ value, onChange, error }: PersonProps) {
  const { t } = useWords();
  const [q, setQ] = useState('');
  const found = useReferences('person', q);
  return (
    <Field label={t.people.person} help={t.people.personHelp} error={error}>
      <ReferenceField found={found} value={value} onChange={onChange} onSearch={setQ} />
    </Field>
  );
}

// The roles that the register of users knows.
function Roles({ values, onChange }: { values: string[]; onChange: (values: string[]) => void }) {
  const { t } = useWords();
  const choices = useRegister('app_user').data?.fields.find((field) => field.name === 'roles')?.choices ?? [];
  const toggle = (code: string, on: boolean) => onChange(on ? [...values, code] : values.filter((one) => one !== code));
  return (
    <fieldset className={css.fieldset}>
      <legend>{t.people.roles}</legend>
      {choices.map((choice) => (
        <Checkbox
          key={choice.value}
          label={choice.label}
          checked={values.includes(choice.value)}
          onChange={(on) => toggle(choice.value, on)}
        />
      ))}
    </fieldset>
  );
}

import { type FormEvent, useState } from 'react';
import { useApi } from '../../api/client.tsx';
import { Problem } from '../../api/problem.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, Input, PasswordInput } from '../../ui/Field.tsx';
import { ProblemBar } from '../../ui/ProblemBar.tsx';
import { useWords } from '../../words/language.tsx';
import css from './SignIn.module.css';

// Mail and password, then the code when the account has a second factor. One sentence for every wrong entry: the server's.
export function SignInForm({ onDone }: { onDone: () => void }) {
  const { t } = useWords();
  const api = useApi();
  const [mail, setMail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [pending, setPending] = useState<string | null>(null);
  const { busy, problem, run } = useSubmit();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      const answer = pending
        ? await api.change('POST', '/session/code', { in: {}, body: { pending, code: code.normalize('NFKC').trim() } })
        : await api.change('POST', '/session', { in: {}, body: { mail: mail.normalize('NFKC').trim(), password } });
      if (answer.state === 'signed_in') onDone();
      else setPending(answer.pending ?? null);
    });
  };
  return (
    <form className={css.form} onSubmit={submit}>
      {problem && <ProblemBar what={problem} />}
      {pending ? (
        <Field label={t.signIn.code} help={t.signIn.codeHelp}>
          <Input value={code} onChange={setCode} autoComplete="one-time-code" inputMode="text" autoFocus required />
        </Field>
      ) : (
        <>
          <Field label={t.signIn.mail}>
            <Input type="email" value={mail} onChange={setMail} autoComplete="username" autoFocus required />
          </Field>
          <Field label={t.signIn.password}>
            <PasswordInput value={password} onChange={setPassword} autoComplete="current-password" />
          </Field>
        </>
      )}
      <Button kind="primary" type="submit" disabled={busy}>
        {pending ? t.signIn.verify : t.signIn.go}
      </Button>
    </form>
  );
}

// One submission at a time; what was refused is said in the server's words.
export function useSubmit(): { busy: boolean; problem: string | null; run: (act: () => Promise<void>) => Promise<void> } {
  const { t } = useWords();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const run = async (act: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    try {
      await act();
    } catch (error) {
      setProblem(
        error instanceof Problem && error.detail
          ? error.detail
          : error instanceof Problem && error.kind === 'offline'
            ? t.errors.offline
            : t.errors.unexpected,
      );
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, run };
}

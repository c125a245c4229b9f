import { type FormEvent, useState } from 'react';
import { useApi } from '../../api/client.tsx';
import { Button } from '../../ui/Button.tsx';
import { Field, Input } from '../../ui/Field.tsx';
import { Link } from '../../ui/Link.tsx';
import { ProblemBar } from '../../ui/ProblemBar.tsx';
import { useWords } from '../../words/language.tsx';
import { useSubmit } from './SignInForm.tsx';
import { Frame } from './SignInPage.tsx';
import page from '../page.module.css';
import css from './SignIn.module.css';

// A link for a new password, by mail. What is said is the same whether somebody has the address or not.
export function ForgotPage() {
  const { t } = useWords();
  const [mailed, setMailed] = useState<boolean | null>(null);
  return (
    <Frame title={t.forgot.title}>
      {mailed === null && <ForgotForm onAsked={setMailed} />}
      {mailed !== null && (
        <ProblemBar tone="notice" what={mailed ? t.forgot.sent : t.forgot.noMail} todo={mailed ? t.forgot.sentTodo : t.forgot.noMailTodo} />
      )}
      <Link className={css.aside} href="/">
        {t.forgot.back}
      </Link>
    </Frame>
  );
}

function ForgotForm({ onAsked }: { onAsked: (mailed: boolean) => void }) {
  const { t } = useWords();
  const api = useApi();
  const [mail, setMail] = useState('');
  const { busy, problem, run } = useSubmit();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      const answer = await api.change('POST', '/password-resets', { in: {}, body: { mail: mail.normalize('NFKC').trim() } });
      onAsked(answer.mailed);
    });
  };
  return (
    <form className={css.form} onSubmit={submit}>
      {problem && <ProblemBar what={problem} />}
      <p className={page.note}>{t.forgot.text}</p>
      <Field label={t.signIn.mail}>
        <Input type="email" value={mail} onChange={setMail} autoComplete="username" autoFocus required />
      </Field>
      <Button kind="primary" type="submit" disabled={busy}>
        {t.forgot.go}
      </Button>
    </form>
  );
}

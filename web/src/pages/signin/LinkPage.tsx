import { type FormEvent, useEffect, useState } from 'react';
import type { Schemas } from '../../api/addresses.ts';
import { useApi, useSession } from '../../api/client.tsx';
import { Problem } from '../../api/problem.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, Input, PasswordInput } from '../../ui/Field.tsx';
import { ProblemBar } from '../../ui/ProblemBar.tsx';
import { useWords } from '../../words/language.tsx';
import { useSubmit } from './SignInForm.tsx';
import { Frame } from './SignInPage.tsx';
import { useOpinion } from './useOpinion.ts';
import page from '../page.module.css';
import css from './SignIn.module.css';

type Link = Schemas['Link'];

// What stands behind # never travels to a server by itself and is taken out of the address at once.
function useSecret(): string {
  const [secret] = useState(() => location.hash.slice(1));
  useEffect(() => history.replaceState(history.state, '', location.pathname), []);
  return secret;
}

// A one-time link: says what it is for, takes a password where it needs one, and signs in.
export function LinkPage({ onDone }: { onDone: () => void }) {
  const { t, f } = useWords();
  const api = useApi();
  const { signedIn } = useSession();
  const secret = useSecret();
  const [link, setLink] = useState<Link | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  useEffect(() => {
    api
      .change('POST', '/links/look', { in: {}, body: { link: secret } })
      .then(setLink, (error: unknown) => setRefused(error instanceof Problem ? error.detail || t.errors.unexpected : t.errors.unexpected));
  }, [api, secret, t]);
  const done = () => {
    signedIn();
    onDone();
  };
  return (
    <Frame title={link ? t.link.titles[link.kind] : t.signIn.title}>
      {refused && <ProblemBar what={refused} todo={t.link.refusedTodo} />}
      {link && (
        <p className={page.note}>
          {link.name} {link.mail} <br />
          {t.link.until(f.instant(link.ends))}
        </p>
      )}
      {link &&
        (link.kind === 'sign_in' ? (
          <EnterButton secret={secret} onDone={done} />
        ) : (
          <PasswordForm secret={secret} link={link} onDone={done} />
        ))}
    </Frame>
  );
}

// A press, not a visit: programs that look at links in mail must not use them up.
function EnterButton({ secret, onDone }: { secret: string; onDone: () => void }) {
  const { t } = useWords();
  const api = useApi();
  const { busy, problem, run } = useSubmit();
  const enter = () =>
    run(async () => {
      await api.change('POST', '/links/redeem', { in: {}, body: { link: secret } });
      onDone();
    });
  return (
    <div className={css.form}>
      {problem && <ProblemBar what={problem} />}
      <Button kind="primary" disabled={busy} onClick={() => void enter()}>
        {t.signIn.go}
      </Button>
    </div>
  );
}

function PasswordForm({ secret, link, onDone }: { secret: string; link: Link; onDone: () => void }) {
  const { t } = useWords();
  const api = useApi();
  const [mail, setMail] = useState(link.mail ?? '');
  const [password, setPassword] = useState('');
  const { busy, problem, run } = useSubmit();
  const opinion = useOpinion(password);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      const body = { link: secret, password, ...(link.kind === 'setup' && { mail }) };
      await api.change('POST', '/links/redeem', { in: {}, body });
      onDone();
    });
  };
  return (
    <form className={css.form} onSubmit={submit}>
      {problem && <ProblemBar what={problem} />}
      {link.kind === 'setup' && (
        <Field label={t.signIn.mail}>
          <Input type="email" value={mail} onChange={setMail} autoComplete="username" required />
        </Field>
      )}
      <Field label={t.link.newPassword} help={t.link.passwordHelp} error={opinion && !opinion.accepted ? opinion.advice.join(' ') : null}>
        <PasswordInput value={password} onChange={setPassword} autoComplete="new-password" />
      </Field>
      <Button kind="primary" type="submit" disabled={busy}>
        {t.link.go}
      </Button>
    </form>
  );
}

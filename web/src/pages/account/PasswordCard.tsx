import { type FormEvent, useState } from 'react';
import { useApi } from '../../api/client.tsx';
import { useForget } from '../../api/personal.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Field, PasswordInput } from '../../ui/Field.tsx';
import { ProblemBar } from '../../ui/ProblemBar.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { useWords } from '../../words/language.tsx';
import { useSubmit } from '../signin/SignInForm.tsx';
import { useOpinion } from '../signin/useOpinion.ts';
import page from '../page.module.css';
import css from './Account.module.css';

export function PasswordCard() {
  const { t } = useWords();
  const api = useApi();
  const forget = useForget();
  const toast = useToast();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const opinion = useOpinion(next);
  const { busy, problem, run } = useSubmit();
  const change = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      await api.change('PUT', '/me/password', { in: {}, body: { current, password: next } });
      setCurrent('');
      setNext('');
      await forget('sessions');
      toast({ title: t.account.changed });
    });
  };
  return (
    <Card title={t.account.password}>
      <form className={page.form} onSubmit={change}>
        {problem && <ProblemBar what={problem} />}
        <Field label={t.account.current}>
          <PasswordInput value={current} onChange={setCurrent} autoComplete="current-password" />
        </Field>
        <Field label={t.account.next} help={t.link.passwordHelp} error={opinion && !opinion.accepted ? opinion.advice.join(' ') : null}>
          <PasswordInput value={next} onChange={setNext} autoComplete="new-password" />
        </Field>
        <Strength opinion={opinion} />
        <Button type="submit" disabled={busy || current === '' || next === ''}>
          {t.account.change}
        </Button>
      </form>
    </Card>
  );
}

// Its place is reserved: nothing moves while typing.
function Strength({ opinion }: { opinion: ReturnType<typeof useOpinion> }) {
  const { t } = useWords();
  return (
    <p className={css.strength} aria-live="polite">
      {opinion && (
        <>
          <span className={css.bars} aria-hidden="true">
            {[0, 1, 2, 3].map((at) => (
              <span key={at} data-on={at < opinion.score || undefined} />
            ))}
          </span>
          {t.account.strength}: {t.account.strengths[opinion.score] ?? ''}
        </>
      )}
    </p>
  );
}

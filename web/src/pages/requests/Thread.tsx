import { type FormEvent, useState } from 'react';
import { useApi } from '../../api/client.tsx';
import { type RequestDetail, useForget } from '../../api/personal.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Field, TextArea } from '../../ui/Field.tsx';
import { ProblemBar } from '../../ui/ProblemBar.tsx';
import { useWords } from '../../words/language.tsx';
import { useSubmit } from '../signin/SignInForm.tsx';
import css from './Requests.module.css';

export function Thread({ request }: { request: RequestDetail }) {
  const { t, f } = useWords();
  const api = useApi();
  const forget = useForget();
  const [text, setText] = useState('');
  const { busy, problem, run } = useSubmit();
  const post = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      await api.change('POST', '/requests/{id}/comments', { in: { id: request.id }, body: { text: text.trim() } });
      setText('');
      await forget('requests');
    });
  };
  return (
    <Card title={t.requests.thread}>
      {request.comments.length === 0 && <p className={css.note}>{t.requests.noThread}</p>}
      <ol className={css.thread}>
        {request.comments.map((one) => (
          <li key={one.position}>
            <p className={css.note}>
              <b>{one.by.title}</b> <time dateTime={one.at}>{f.instant(one.at)}</time>
            </p>
            <p className={css.said}>{one.erased ? t.register.erased : one.text}</p>
          </li>
        ))}
      </ol>
      {request.may.comment.allowed && (
        <form className={css.say} onSubmit={post}>
          {problem && <ProblemBar what={problem} />}
          <Field label={t.requests.saying}>
            <TextArea value={text} onChange={setText} rows={2} />
          </Field>
          <Button type="submit" disabled={busy || text.trim() === ''}>
            {t.requests.say}
          </Button>
        </form>
      )}
    </Card>
  );
}

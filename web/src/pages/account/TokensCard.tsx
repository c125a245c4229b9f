import { type FormEvent, useState } from 'react';
import { useApi } from '../../api/client.tsx';
import { useForget, type TokenLine, useTokens } from '../../api/personal.ts';
import { day } from '../../time/day.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Radio } from '../../ui/controls.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field, Input } from '../../ui/Field.tsx';
import { ProblemBar } from '../../ui/ProblemBar.tsx';
import { useWords } from '../../words/language.tsx';
import { useSubmit } from '../signin/SignInForm.tsx';
import page from '../page.module.css';
import css from './Account.module.css';

export function TokensCard() {
  const { t, f } = useWords();
  const api = useApi();
  const forget = useForget();
  const { data } = useTokens();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const { busy, problem, run } = useSubmit();
  const revoke = (token: TokenLine) =>
    run(async () => {
      await api.change('DELETE', '/me/tokens/{id}', { in: { id: token.id } });
      await forget('tokens');
    });
  return (
    <Card title={t.account.tokens}>
      <div className={page.form}>
        {problem && <ProblemBar what={problem} />}
        <p className={page.note}>{t.account.tokensText}</p>
        {data?.length === 0 && <p>{t.account.noTokens}</p>}
        <ul className={css.list}>
          {data?.map((token) => (
            <li key={token.id}>
              <div>
                <p className={page.name}>{token.name}</p>
                <p className={page.note}>
                  {t.account.scopes[token.scope]} ・ {t.account.tokenEndsOn(f.instant(token.ends))} ・{' '}
                  {token.lastUsed ? t.account.sessionUsed(f.instant(token.lastUsed)) : t.account.tokenUnused}
                </p>
              </div>
              <Button size="dense" disabled={busy} onClick={() => void revoke(token)}>
                {t.account.revoke}
              </Button>
            </li>
          ))}
        </ul>
        <div className={page.buttons}>
          <Button icon="plus" onClick={() => setMaking(true)}>
            {t.account.tokenMake}
          </Button>
        </div>
      </div>
      {making && <MakeDialog onClose={() => setMaking(false)} onMade={setMade} />}
      {made && <MadeDialog token={made} onClose={() => setMade(null)} />}
    </Card>
  );
}

const scopes: readonly TokenLine['scope'][] = ['read', 'write', 'admin'];

function MakeDialog({ onClose, onMade }: { onClose: () => void; onMade: (token: string) => void }) {
  const { t } = useWords();
  const api = useApi();
  const forget = useForget();
  const [name, setName] = useState('');
  const [scope, setScope] = useState<TokenLine['scope']>('read');
  const [ends, setEnds] = useState('');
  const { busy, problem, run } = useSubmit();
  const make = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      const answer = await api.change('POST', '/me/tokens', { in: {}, body: { name: name.trim(), scope, ends: day(ends) } });
      await forget('tokens');
      onClose();
      onMade(answer.token);
    });
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t.account.tokenMake}>
      <form className={page.form} onSubmit={make}>
        {problem && <ProblemBar what={problem} />}
        <Field label={t.account.tokenName} help={t.account.tokenNameHelp}>
          <Input value={name} onChange={setName} required />
        </Field>
        <Radio
          label={t.account.tokenScope}
          value={scope}
          onChange={(value) => setScope(scopes.find((one) => one === value) ?? 'read')}
          choices={scopes.map((value) => ({ value, label: t.account.scopes[value] }))}
        />
        <Field label={t.account.tokenEnds}>
          <Input type="date" value={ends} onChange={setEnds} required short />
        </Field>
        <Button type="submit" kind="primary" disabled={busy}>
          {t.account.tokenMake}
        </Button>
      </form>
    </Dialog>
  );
}

function MadeDialog({ token, onClose }: { token: string; onClose: () => void }) {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t.account.tokenMade}
      foot={
        <Button
          kind="primary"
          icon={copied ? 'check' : 'copy'}
          onClick={() => void navigator.clipboard.writeText(token).then(() => setCopied(true))}
        >
          {copied ? t.account.copied : t.account.copy}
        </Button>
      }
    >
      <p>{t.account.tokenOnce}</p>
      <code className={page.secret}>{token}</code>
    </Dialog>
  );
}

import { useMe } from '../../api/queries.ts';
import { useApi } from '../../api/client.tsx';
import { useForget, useSessions } from '../../api/personal.ts';
import { Button } from '../../ui/Button.tsx';
import { Card, Waiting } from '../../ui/Card.tsx';
import { Tag } from '../../ui/Chip.tsx';
import { ProblemBar } from '../../ui/ProblemBar.tsx';
import { useWords } from '../../words/language.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import { useSubmit } from '../signin/SignInForm.tsx';
import { Trouble } from '../Trouble.tsx';
import css from './Account.module.css';
import { PasswordCard } from './PasswordCard.tsx';
import { SecondFactorCard } from './SecondFactorCard.tsx';
import { TokensCard } from './TokensCard.tsx';

// What guards the own account.
export function AccountPage() {
  const { t } = useWords();
  const { data: me, error } = useMe();
  if (error && !me) return <Trouble error={error} />;
  if (!me) return <Waiting height={480} label={t.common.loading} />;
  return (
    <div className={page.page}>
      <PageHead
        title={t.account.title}
        sub={
          <>
            <span>{me.name}</span>
            <span>{me.mail}</span>
            <span>{me.roles.map((role) => role.label).join('、')}</span>
          </>
        }
      />
      <div className={css.columns}>
        <PasswordCard />
        <SecondFactorCard enrolled={me.secondFactor.enrolled} codesLeft={me.secondFactor.recoveryCodesLeft} />
        <SessionsCard />
        <TokensCard />
      </div>
    </div>
  );
}

// What a browser says about itself, short for people; the whole stands in the tooltip.
function deviceOf(agent: string): string {
  const browser = ['Edg', 'Firefox', 'Chrome', 'Safari'].find((one) => agent.includes(`${one}/`) || agent.includes(`Headless${one}/`));
  const system = ['iPhone', 'iPad', 'Android', 'Windows', 'Macintosh', 'Linux'].find((one) => agent.includes(one));
  return browser && system ? `${browser === 'Edg' ? 'Edge' : browser} · ${system === 'Macintosh' ? 'macOS' : system}` : agent;
}

function SessionsCard() {
  const { t, f } = useWords();
  const api = useApi();
  const forget = useForget();
  const { data, error } = useSessions();
  const { busy, problem, run } = useSubmit();
  const end = (which: number | 'others') =>
    run(async () => {
      if (which === 'others') await api.change('DELETE', '/me/sessions', { in: {} });
      else await api.change('DELETE', '/me/sessions/{id}', { in: { id: which } });
      await forget('sessions');
    });
  const others = data?.filter((session) => !session.here) ?? [];
  return (
    <Card title={t.account.sessions}>
      {problem && <ProblemBar what={problem} />}
      {error && !data && <Trouble error={error} />}
      <ul className={css.list}>
        {data?.map((session) => (
          <li key={session.id}>
            <div>
              <p className={page.name} title={session.device}>
                {deviceOf(session.device)} {session.here && <Tag weight="bold">{t.account.here}</Tag>}
              </p>
              <p className={page.note}>
                {session.address} ・ {t.account.sessionUsed(f.instant(session.lastUsed))}
              </p>
            </div>
            {!session.here && (
              <Button size="dense" disabled={busy} onClick={() => void end(session.id)}>
                {t.account.end}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <Button disabled={busy} onClick={() => void end('others')}>
          {t.account.endOthers}
        </Button>
      )}
    </Card>
  );
}

import { useState } from 'react';
import { useApi } from '../../api/client.tsx';
import { type MadeLink, useForget, type UserLine, useUsers } from '../../api/personal.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Card, EmptyState, Waiting } from '../../ui/Card.tsx';
import { Tag } from '../../ui/Chip.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { useWords } from '../../words/language.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import { useSubmit } from '../signin/SignInForm.tsx';
import { Trouble } from '../Trouble.tsx';
import { LinkDialog } from './LinkDialog.tsx';
import css from './People.module.css';
import { UserDialog } from './UserDialog.tsx';

// Who may sign in, with which roles; inviting, changing and ending them.
export function PeoplePage() {
  const { t } = useWords();
  const { data, error } = useUsers();
  const [editing, setEditing] = useState<UserLine | 'new' | null>(null);
  const [link, setLink] = useState<MadeLink | null>(null);
  return (
    <div className={page.page}>
      <PageHead title={t.people.title} sub={<span>{t.people.note}</span>}>
        <Button kind="primary" icon="plus" onClick={() => setEditing('new')}>
          {t.people.invite}
        </Button>
      </PageHead>
      {error && !data && <Trouble error={error} />}
      {!data && !error && <Waiting height={320} label={t.common.loading} />}
      {data?.length === 0 && <EmptyState title={t.people.none} text={t.people.noneText} />}
      {data && data.length > 0 && (
        <Card flush>
          <ul>
            {data.map((user) => (
              <Line key={user.id} user={user} onEdit={() => setEditing(user)} onLink={setLink} />
            ))}
          </ul>
        </Card>
      )}
      {editing && <UserDialog user={editing === 'new' ? null : editing} onClose={() => setEditing(null)} onInvited={setLink} />}
      {link && <LinkDialog link={link} onClose={() => setLink(null)} />}
    </div>
  );
}

function Line({ user, onEdit, onLink }: { user: UserLine; onEdit: () => void; onLink: (link: MadeLink) => void }) {
  const { t, f } = useWords();
  return (
    <li className={css.user}>
      <div className={css.who}>
        <p className={page.name}>{user.name}</p>
        <p className={page.note}>{user.mail}</p>
      </div>
      <p className={css.roles}>
        {user.roles.map((role) => (
          <Tag key={role.code}>{role.label}</Tag>
        ))}
      </p>
      <p className={page.note}>
        <Tag weight={user.state === 'active' ? 'plain' : 'bold'}>{t.people.states[user.state]}</Tag> {t.people.factor}:{' '}
        {user.secondFactor ? t.people.on : t.people.off}
        <br />
        {t.people.lastUsed}: {user.lastUsed ? f.instant(user.lastUsed) : t.people.never}
      </p>
      <div className={css.tools}>{user.manageable && <Tools user={user} onEdit={onEdit} onLink={onLink} />}</div>
    </li>
  );
}

function Tools({ user, onEdit, onLink }: { user: UserLine; onEdit: () => void; onLink: (link: MadeLink) => void }) {
  const { t } = useWords();
  const api = useApi();
  const forget = useForget();
  const toast = useToast();
  const { problem, run } = useSubmit();
  const act = (work: () => Promise<unknown>) =>
    run(async () => {
      await work();
      await forget('users');
      toast({ title: t.people.done });
    });
  const which = { in: { id: user.id } };
  const disabled = user.state === 'disabled';
  return (
    <>
      <Menu
        trigger={<IconButton icon="menu" label={`${t.people.actions} (${user.name})`} />}
        entries={[
          { kind: 'action', label: t.people.edit, onChoose: onEdit },
          {
            kind: 'action',
            label: t.people.link,
            onChoose: () => void run(async () => onLink(await api.change('POST', '/users/{id}/link', which))),
          },
          { kind: 'action', label: t.people.signOut, onChoose: () => void act(() => api.change('DELETE', '/users/{id}/sessions', which)) },
          ...(user.secondFactor
            ? [
                {
                  kind: 'action' as const,
                  label: t.people.resetFactor,
                  onChoose: () => void act(() => api.change('DELETE', '/users/{id}/second-factor', which)),
                },
              ]
            : []),
          {
            kind: 'action',
            label: disabled ? t.people.enable : t.people.disable,
            onChoose: () => void act(() => api.change('PATCH', '/users/{id}', { ...which, body: { disabled: !disabled } })),
          },
        ]}
      />
      {problem && (
        <p className={css.problem} role="alert">
          {problem}
        </p>
      )}
    </>
  );
}

import { useMe } from '../../api/queries.ts';
import { EmptyState, Waiting } from '../../ui/Card.tsx';
import { useWords } from '../../words/language.tsx';
import { Trouble } from '../Trouble.tsx';
import { Devices } from './Devices.tsx';
import { Done } from './Done.tsx';
import { Duties } from './Duties.tsx';
import { MyRequests } from './MyRequests.tsx';
import css from './My.module.css';

type Part = 'duties' | 'devices' | 'requests' | 'history';

// What one person has to do, uses, asked for and did. On a phone one part at a time, within the reach of a thumb.
export function MyPage({ part }: { part: Part }) {
  const { t } = useWords();
  const { data: me, error } = useMe();
  if (error && !me) return <Trouble error={error} />;
  if (!me) return <Waiting height={320} label={t.common.loading} />;
  if (!me.person)
    return (
      <div className={css.page}>
        <h1>{t.shell.mine}</h1>
        <EmptyState title={t.my.noPerson} text={t.my.noPersonText} />
      </div>
    );
  return (
    <div className={css.page}>
      {part === 'duties' && <Duties person={me.person} name={me.name} />}
      {part === 'devices' && <Devices person={me.person} />}
      {part === 'requests' && <MyRequests />}
      {part === 'history' && <Done person={me.person} />}
    </div>
  );
}

import { type RequestHead, useRequests, type Which } from '../../api/personal.ts';
import { oneOf, useSearchParameters } from '../../shell/search.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { Card, EmptyState, Waiting } from '../../ui/Card.tsx';
import { Seg } from '../../ui/Tabs.tsx';
import { useWords } from '../../words/language.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import { Trouble } from '../Trouble.tsx';
import { RequestDetailView } from './RequestDetailView.tsx';
import { RequestRow } from './RequestRow.tsx';
import css from './Requests.module.css';

const views: readonly Which[] = ['mine', 'to_approve', 'all'];
const parameters = { which: oneOf(views) };

// The list at the left, one request at the right; on a phone one after the other.
export function RequestsPage({ id }: { id: string | null }) {
  const { t } = useWords();
  const [{ which: chosen }, change] = useSearchParameters(parameters);
  const waiting = useRequests('to_approve');
  const which = chosen ?? (waiting.data?.length ? 'to_approve' : 'mine');
  const { data, error } = useRequests(which, chosen !== null || waiting.data !== undefined);
  return (
    <div className={page.page}>
      <PageHead title={t.shell.requests}>
        <ButtonLink kind="primary" icon="plus" href="/requests/new">
          {t.requests.create}
        </ButtonLink>
      </PageHead>
      <div className={css.columns} data-open={id !== null || undefined}>
        <div className={css.list}>
          <Seg
            label={t.requests.view}
            value={which}
            onChange={(next) => change({ which: next })}
            options={views.map((value) => ({ value, label: t.requests.views[value] }))}
          />
          {error && !data && <Trouble error={error} />}
          {!data && !error && <Waiting height={320} label={t.common.loading} />}
          {data && <List requests={data} which={which} id={id} />}
        </div>
        <div className={css.detail}>
          {id ? <RequestDetailView key={id} id={id} /> : data && data.length > 0 && <p className={css.choose}>{t.requests.choose}</p>}
        </div>
      </div>
    </div>
  );
}

function List({ requests, which, id }: { requests: RequestHead[]; which: Which; id: string | null }) {
  const { t } = useWords();
  if (requests.length === 0)
    return (
      <Card flush>
        <EmptyState title={t.requests.none[which]} text={t.requests.noneText[which]} />
      </Card>
    );
  return (
    <Card flush>
      <ul>
        {requests.map((one) => (
          <RequestRow key={one.id} request={one} href={`/requests/${one.id}?which=${which}`} chosen={String(one.id) === id} />
        ))}
      </ul>
    </Card>
  );
}

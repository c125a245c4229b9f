import { useRequests } from '../../api/personal.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { Card, EmptyState, Waiting } from '../../ui/Card.tsx';
import { useWords } from '../../words/language.tsx';
import { RequestRow } from '../requests/RequestRow.tsx';
import { Trouble } from '../Trouble.tsx';
import css from './My.module.css';

export function MyRequests() {
  const { t } = useWords();
  const { data, error } = useRequests('mine');
  return (
    <>
      <h1 className={css.title}>{t.my.requests}</h1>
      {error && !data && <Trouble error={error} />}
      {!data && !error && <Waiting height={160} label={t.common.loading} />}
      {data?.length === 0 && <EmptyState title={t.my.noRequests} text={t.my.noRequestsText} />}
      {data && data.length > 0 && (
        <Card flush>
          <ul>
            {data.map((request) => (
              <RequestRow key={request.id} request={request} href={`/requests/${request.id}`} chosen={false} />
            ))}
          </ul>
        </Card>
      )}
      <div className={css.wide}>
        <ButtonLink size="thumb" kind="primary" icon="plus" href="/requests/new">
          {t.my.newRequest}
        </ButtonLink>
      </div>
    </>
  );
}

import { useLatestChanges } from '../../api/queries.ts';
import { Card } from '../../ui/Card.tsx';
import { Timeline } from '../../ui/Timeline.tsx';
import { useWords } from '../../words/language.tsx';

export function ChangesCard() {
  const { t } = useWords();
  const { data } = useLatestChanges();
  if (!data) return null;
  return <Card title={t.home.changesTitle}>{data.length === 0 ? <p>{t.home.changesNone}</p> : <Timeline entries={data} />}</Card>;
}

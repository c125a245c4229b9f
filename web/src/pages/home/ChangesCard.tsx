import { useEntries } from '../../api/queries.ts';
import { Card } from '../../ui/Card.tsx';
import { Timeline } from '../../ui/Timeline.tsx';
import { useWords } from '../../words/language.tsx';
import { whatHappened } from '../whatHappened.tsx';

const shown = 8;

// Who changed what, newest first.
export function ChangesCard() {
  const { t } = useWords();
  const { data } = useEntries(shown);
  if (!data) return null;
  return (
    <Card title={t.home.changesTitle}>
      {data.length === 0 ? (
        <p>{t.home.changesNone}</p>
      ) : (
        <Timeline
          entries={data.map((entry) => ({ index: entry.index, at: entry.at, who: entry.by?.title ?? null, what: whatHappened(entry, t) }))}
        />
      )}
    </Card>
  );
}

import { useState } from 'react';
import { useEntries, useLedger, useMe } from '../../api/queries.ts';
import { Button } from '../../ui/Button.tsx';
import { Card, Waiting } from '../../ui/Card.tsx';
import { Hash } from '../../ui/Receipt.tsx';
import { Timeline } from '../../ui/Timeline.tsx';
import { useWords } from '../../words/language.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import { Trouble } from '../Trouble.tsx';
import { whatHappened } from '../whatHappened.tsx';
import { PackCard } from './PackCard.tsx';
import css from './Ledger.module.css';

const step = 30;
const most = 200;

// Size, root, signature and witnesses; below them who changed what.
export function LedgerPage() {
  const { t } = useWords();
  const [limit, setLimit] = useState(step);
  const entries = useEntries(limit);
  const { data: me } = useMe();
  return (
    <div className={page.page}>
      <PageHead title={t.shell.ledger} sub={<span>{t.ledger.explain}</span>} />
      <State />
      {me?.may.includes('export_packs') && <PackCard />}
      <Card title={t.ledger.entries}>
        {entries.error && !entries.data && <Trouble error={entries.error} />}
        {entries.data && (
          <Timeline
            entries={entries.data.map((entry) => ({
              index: entry.index,
              at: entry.at,
              who: entry.by?.title ?? null,
              what: whatHappened(entry, t),
            }))}
          />
        )}
        {limit < most && entries.data?.length === limit && (
          <Button size="dense" onClick={() => setLimit(Math.min(most, limit + step))}>
            {t.ledger.more}
          </Button>
        )}
      </Card>
    </div>
  );
}

function State() {
  const { t, f } = useWords();
  const { data, error } = useLedger();
  if (error && !data) return <Trouble error={error} />;
  if (!data) return <Waiting height={180} label={t.common.loading} />;
  return (
    <Card>
      <dl className={css.facts}>
        <div>
          <dt>{t.ledger.size}</dt>
          <dd className={css.size}>{f.number(data.size)}</dd>
        </div>
        <div>
          <dt>{t.ledger.root}</dt>
          <dd>
            <Hash value={data.root} name={t.ledger.root} />
          </dd>
        </div>
        <div>
          <dt>{t.ledger.signed}</dt>
          <dd>{data.checkpoint ? f.instant(data.checkpoint.signedAt) : t.ledger.none}</dd>
        </div>
        <div>
          <dt>{t.ledger.witnesses}</dt>
          <dd>
            {data.cosignatures?.length
              ? data.cosignatures.map((one) => (
                  <span key={one.witness} className={css.witness}>
                    {one.witness} · {f.instant(one.at)}
                  </span>
                ))
              : '–'}
          </dd>
        </div>
        {data.key && (
          <div>
            <dt>{t.ledger.key}</dt>
            <dd>
              <Hash value={data.key} name={t.ledger.key} />
            </dd>
          </div>
        )}
      </dl>
    </Card>
  );
}

import { useHealth, useLedger } from '../../api/queries.ts';
import type { Day } from '../../time/day.ts';
import { Card } from '../../ui/Card.tsx';
import { Meter } from '../../ui/Meter.tsx';
import { useWords } from '../../words/language.tsx';
import css from './Home.module.css';

// Whether the things that watch are themselves watched: devices that report, backups that were tried, witnesses that sign.
export function HealthCard({ today }: { today: Day }) {
  const { t, f } = useWords();
  const { seen, devices, backupOn, drillOn } = useHealth(today);
  const ledger = useLedger().data;
  return (
    <Card title={t.home.healthTitle} flush>
      <dl className={css.health}>
        <div>
          <dt>{t.home.seen}</dt>
          <dd>{devices > 0 ? <Meter good={seen} total={devices} /> : '–'}</dd>
        </div>
        <div>
          <dt>{t.home.backup}</dt>
          <dd>{backupOn ? t.when(f, backupOn, today) : '–'}</dd>
        </div>
        <div>
          <dt>{t.home.drill}</dt>
          <dd>{drillOn ? t.when(f, drillOn, today) : '–'}</dd>
        </div>
        <div>
          <dt>{t.home.signed}</dt>
          <dd>{ledger?.checkpoint ? f.instant(ledger.checkpoint.signedAt) : '–'}</dd>
        </div>
        <div>
          <dt>{t.home.witnesses}</dt>
          <dd>{f.number(ledger?.cosignatures?.length ?? 0)}</dd>
        </div>
      </dl>
    </Card>
  );
}

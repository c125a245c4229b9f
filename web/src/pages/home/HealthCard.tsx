import { useHealth } from '../../api/queries.ts';
import { Card } from '../../ui/Card.tsx';
import { Meter } from '../../ui/Meter.tsx';
import { useWords } from '../../words/language.tsx';
import css from './Home.module.css';

// Whether the things that watch are themselves watched: devices that report, backups that were tried, witnesses that sign.
export function HealthCard() {
  const { t, f } = useWords();
  const { data } = useHealth();
  if (!data) return null;
  return (
    <Card title={t.home.healthTitle} flush>
      <dl className={css.health}>
        {data.devices && (
          <div>
            <dt>{t.home.seen}</dt>
            <dd>
              <Meter good={data.devices.seen} total={data.devices.total} />
            </dd>
          </div>
        )}
        {data.backup && (
          <div>
            <dt>{t.home.backup}</dt>
            <dd>{f.instant(data.backup)}</dd>
          </div>
        )}
        {data.drill && (
          <div>
            <dt>{t.home.drill}</dt>
            <dd>{f.dayOfYear(data.drill)}</dd>
          </div>
        )}
        {data.witnesses && (
          <div>
            <dt>{t.home.witnesses}</dt>
            <dd>
              {f.number(data.witnesses.signed)} / {f.number(data.witnesses.total)}
            </dd>
          </div>
        )}
      </dl>
    </Card>
  );
}

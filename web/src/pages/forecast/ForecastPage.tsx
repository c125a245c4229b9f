import type { ApiForecast } from '../../api/answers.ts';
import { useApi } from '../../api/client.tsx';
import { useForecast } from '../../api/queries.ts';
import { Card, EmptyState, Waiting } from '../../ui/Card.tsx';
import { buttonClass } from '../../ui/Button.tsx';
import { type ForecastChange, ForecastGrid } from '../../ui/ForecastGrid.tsx';
import { Icon } from '../../ui/icons/Icon.tsx';
import { useWords } from '../../words/language.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import { PageTrouble } from '../Trouble.tsx';
import css from './Forecast.module.css';

const sheet = 'ipa-52';

const changesOf = (forecast: ApiForecast): ForecastChange[] =>
  forecast.items.map((item) => ({
    day: item.on,
    number: String(item.number),
    question: item.question,
    from: item.before.mark,
    to: item.after.mark,
    href: `/sheets/${sheet}/${item.number}`,
  }));

type Fall = ApiForecast['falls'][number];

// By who has to act; what nobody owns comes first, because it is nobody's until somebody looks.
export function byOwner(falls: Fall[]): { owner: string | null; falls: Fall[] }[] {
  const owners = new Map<string | null, Fall[]>();
  for (const fall of falls) owners.set(fall.owner?.title ?? null, [...(owners.get(fall.owner?.title ?? null) ?? []), fall]);
  return [...owners].map(([owner, own]) => ({ owner, falls: own })).sort((a, b) => Number(a.owner !== null) - Number(b.owner !== null));
}

// What falls when if nobody acts: the calendar, and the same as a list.
export function ForecastPage() {
  const { t } = useWords();
  const api = useApi();
  const { data, error } = useForecast(sheet);
  if (error && !data) return <PageTrouble error={error} />;
  if (!data) return <Waiting height={640} label={t.common.loading} />;
  return (
    <div className={page.page}>
      <PageHead title={t.ahead.headline(data.items.length)} sub={<span>{t.forecast.grid}</span>}>
        <a className={buttonClass({})} href={api.url(`/sheets/${sheet}/forecast`, { format: 'ics' })} download="maru.ics">
          <Icon name="calendarClock" />
          {t.ahead.calendar}
        </a>
      </PageHead>
      <ForecastGrid
        today={data.today}
        changes={changesOf(data)}
        holidays={data.holidays}
        hrefOfDay={(day) => `/sheets/${sheet}?on=${day}`}
      />
      {data.falls.length === 0 ? (
        <Card flush>
          <EmptyState title={t.forecast.none} text="" />
        </Card>
      ) : (
        byOwner(data.falls).map((group) => <Owner key={group.owner ?? ''} owner={group.owner} falls={group.falls} />)
      )}
    </div>
  );
}

function Owner({ owner, falls }: { owner: string | null; falls: Fall[] }) {
  const { t, f } = useWords();
  return (
    <Card title={owner ?? t.ahead.noOwner} note={String(falls.length)} flush>
      <ul>
        {falls.map((fall, at) => (
          <li key={at} className={css.fall}>
            <b className={css.day}>{f.dayShort(fall.on)}</b>
            <div className={css.text}>
              <p>
                {fall.title} <span className={css.note}>{t.ahead.rows(f.number(fall.count))}</span>
              </p>
              {fall.losing.length > 0 && <p className={css.note}>{t.ahead.losing(fall.losing.join(', '))}</p>}
            </div>
            <span className={css.note}>{t.ahead.actBy(f.dayShort(fall.actBy))}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

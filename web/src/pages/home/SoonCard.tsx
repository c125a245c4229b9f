import type { SheetItem } from '../../model.ts';
import type { Day } from '../../time/day.ts';
import { Card } from '../../ui/Card.tsx';
import { Change } from '../../ui/ForecastGrid.tsx';
import { Link } from '../../ui/Link.tsx';
import { useWords } from '../../words/language.tsx';
import { changesSoon } from '../pictureItems.ts';
import css from './Home.module.css';

const shownPerDay = 2;
const shownDays = 7;

export interface SoonDay {
  day: Day;
  items: SheetItem[];
}

export function soonDays(items: SheetItem[], today: Day): SoonDay[] {
  const days = new Map<Day, SheetItem[]>();
  for (const item of items) if (item.next && changesSoon(item, today)) days.set(item.next.day, [...(days.get(item.next.day) ?? []), item]);
  return [...days].map(([day, changed]) => ({ day, items: changed })).sort((a, b) => a.day.localeCompare(b.day));
}

// What flips within 30 days if nobody acts: two items a day, then how many more.
export function SoonCard({ items, today, sheet }: { items: SheetItem[]; today: Day; sheet: string }) {
  const { t } = useWords();
  const days = soonDays(items, today);
  const hidden = days.slice(shownDays).reduce((sum, day) => sum + day.items.length, 0);
  return (
    <Card title={t.home.soonTitle} note={t.home.soonNote} flush>
      {days.length === 0 && <p className={css.pad}>{t.home.soonNone}</p>}
      <ul>
        {days.slice(0, shownDays).map((day) => (
          <DayRow key={day.day} day={day} today={today} sheet={sheet} />
        ))}
      </ul>
      {hidden > 0 && (
        <p className={css.more}>
          <Link href="/forecast">{t.home.more(hidden)}</Link>
        </p>
      )}
    </Card>
  );
}

function DayRow({ day, today, sheet }: { day: SoonDay; today: Day; sheet: string }) {
  const { t, f } = useWords();
  const more = day.items.length - shownPerDay;
  return (
    <li className={css.day}>
      <div className={css.date}>
        <b>{f.dayShort(day.day)}</b>
        <span>{f.relative(day.day, today)}</span>
      </div>
      <ul className={css.dayItems}>
        {day.items.slice(0, shownPerDay).map((item) => (
          <li key={item.number}>
            <Link href={`/sheets/${sheet}/${item.number}`} className={css.flip}>
              <span className={css.number}>{item.number}</span>
              <span className={css.question}>{item.question}</span>
              {item.next && <Change from={item.verdict} to={item.next.verdict} />}
            </Link>
          </li>
        ))}
        {more > 0 && (
          <li>
            <Link href={`/forecast?on=${day.day}`} className={css.moreHere}>
              {t.home.more(more)}
            </Link>
          </li>
        )}
      </ul>
    </li>
  );
}

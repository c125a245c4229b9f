import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { type ItemView, type Moment, useItem, useItemHistory, useSeries, useSheet } from '../../api/queries.ts';
import type { SheetItem } from '../../model.ts';
import { useKeys } from '../../shell/keys.ts';
import { dayParameter, indexParameter, useSearchParameters, writeSearch } from '../../shell/search.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { Card, Waiting } from '../../ui/Card.tsx';
import { DateBar } from '../../ui/DateBar.tsx';
import { HistoryStrip } from '../../ui/HistoryStrip.tsx';
import { Icon } from '../../ui/icons/Icon.tsx';
import { Link } from '../../ui/Link.tsx';
import { VerdictTile } from '../../ui/Mark.tsx';
import { Pair } from '../../ui/Pair.tsx';
import { useWords } from '../../words/language.tsx';
import { GapCorner } from '../PageHead.tsx';
import page from '../page.module.css';
import { PageTrouble } from '../Trouble.tsx';
import { KnownAt } from '../sheet/KnownAt.tsx';
import { Aside } from './Aside.tsx';
import { CheckCard } from './CheckCard.tsx';
import { Story } from './Story.tsx';
import css from './Item.module.css';

const parameters = { on: dayParameter, known: indexParameter };

export function ItemPage({ sheet, number }: { sheet: string; number: string }) {
  const { t } = useWords();
  const [{ on, known }, change] = useSearchParameters(parameters);
  const moment: Moment = { on, known };
  const { data, error } = useItem(sheet, number, moment);
  const mend = useMendKey();
  const earned = useEarned(data?.item, number, on === null && known === null);
  if (error && !data) return <PageTrouble error={error} />;
  if (!data) return <Waiting height={640} label={t.common.loading} />;
  const search = writeSearch('', { on, known: known === null ? null : String(known) });
  return (
    <div className={page.page} ref={mend}>
      <Where sheet={sheet} number={number} area={data.area} search={search} />
      <When sheet={sheet} view={data} moment={moment} onChange={change} />
      <Head view={data} drawn={earned} />
      <p role="status" className={earned ? css.earned : 'hidden-text'}>
        {earned && t.item.earned(number)}
      </p>
      <Claimed view={data} />
      <History sheet={sheet} number={number} />
      <div className={css.columns}>
        <div className={css.checks}>
          {data.checks.length === 0 ? (
            <p>{t.item.noChecks}</p>
          ) : (
            data.checks.map((check, at) => (
              <CheckCard key={check.check} check={check} first={at === firstBroken(data)} readOnly={on !== null || known !== null} />
            ))
          )}
          <Past sheet={sheet} number={number} />
        </div>
        <Aside checks={data.checks} shortNames={(name) => (name === sheet ? null : name)} />
      </div>
    </div>
  );
}

const firstBroken = (view: ItemView) => view.checks.findIndex((check) => check.state !== 'satisfied');

// Items that were seen without their ○: whoever goes to mend one comes back to this page.
const seenBroken = new Set<string>();

// True when the verdict became ○ since it was seen otherwise: somebody mended the last row.
function useEarned(item: SheetItem | undefined, number: string, live: boolean): boolean {
  const [earned, setEarned] = useState<string | null>(null);
  useEffect(() => {
    if (!item || item.number !== number || !live) return;
    if (item.verdict !== 'full') seenBroken.add(item.code);
    else if (seenBroken.delete(item.code)) setEarned(item.code);
  }, [item, number, live]);
  return item !== undefined && earned === item.code && item.verdict === 'full';
}

// e opens what is mended first.
function useMendKey(): RefObject<HTMLDivElement | null> {
  const page = useRef<HTMLDivElement>(null);
  useKeys({ e: () => page.current?.querySelector<HTMLElement>('tbody td:last-child > a')?.click() });
  return page;
}

// The same way through time as the sheet's own.
function When({
  sheet,
  view,
  moment,
  onChange,
}: {
  sheet: string;
  view: ItemView;
  moment: Moment;
  onChange: (to: Partial<Moment>) => void;
}) {
  const { t } = useWords();
  const series = useSeries(sheet).data;
  if (!series) return <Waiting height={112} label={t.common.loading} />;
  return (
    <div>
      <DateBar series={series} on={moment.on ?? series.today} onChange={(day) => onChange({ on: day === series.today ? null : day })} />
      <KnownAt known={moment.known} entries={view.entries} onChange={(known) => onChange({ known })} />
    </div>
  );
}

function Past({ sheet, number }: { sheet: string; number: string }) {
  const { data } = useItemHistory(sheet, number);
  return data ? <Story sheet={sheet} number={number} steps={data.steps} /> : null;
}

function Where({ sheet, number, area, search }: { sheet: string; number: string; area: string; search: string }) {
  const { t } = useWords();
  const { data } = useSheet(sheet);
  const at = data?.items.findIndex((item) => item.number === number) ?? -1;
  const [previous, next] = [data?.items[at - 1], at < 0 ? undefined : data?.items[at + 1]];
  const step = (item: SheetItem | undefined, label: string, icon: 'chevronLeft' | 'chevronRight'): ReactNode =>
    item && (
      <Link
        href={`/sheets/${sheet}/${item.number}${search}`}
        className={css.step}
        aria-label={`${label} ${item.number}`}
        title={`${item.number} ${item.question}`}
      >
        <Icon name={icon} />
      </Link>
    );
  return (
    <div className={css.where} data-noprint>
      <nav aria-label={t.item.breadcrumb} className={css.crumbs}>
        <Link href={`/sheets/${sheet}${search}`}>{t.shell.sheet}</Link>
        <span aria-hidden="true">/</span>
        <span>{area}</span>
      </nav>
      <span className={css.steps}>
        {step(previous, t.item.previousItem, 'chevronLeft')}
        {step(next, t.item.nextItem, 'chevronRight')}
      </span>
    </div>
  );
}

function Head({ view: { item }, drawn }: { view: ItemView; drawn: boolean }) {
  const { t, f } = useWords();
  return (
    <header className={css.head}>
      <VerdictTile key={String(drawn)} of={item.verdict} box={104} size={62} drawn={drawn} />
      <div className={css.headText}>
        <p className={css.small}>{t.item.item(item.number)}</p>
        <h1>{item.question}</h1>
        <dl className={css.facts}>
          <div>
            <dt className="hidden-text">{t.sheet.columns.pair}</dt>
            <dd>
              <Pair claim={item.claim.mark} verdict={item.verdict} stands={!item.gap} words="beside" />
            </dd>
          </div>
          <div>
            <dt>{t.item.rows}</dt>
            <dd>
              <b>{f.number(item.good)}</b> / {f.number(item.total)}
            </dd>
          </div>
          {item.next && (
            <div>
              <dt>{t.item.next}</dt>
              <dd>
                <b>{f.day(item.next.day)}</b>
              </dd>
            </div>
          )}
        </dl>
        {item.next && item.verdict === 'full' && item.next.verdict !== 'full' && (
          <p className={css.warning}>{t.item.becomes(f.dayOfYear(item.next.day), markText[item.next.verdict])}</p>
        )}
      </div>
    </header>
  );
}

function History({ sheet, number }: { sheet: string; number: string }) {
  const { t } = useWords();
  const { data, error } = useItemHistory(sheet, number);
  if (error) return null;
  return (
    <Card title={t.history.months}>
      {data ? (
        <HistoryStrip
          weeks={data.weeks}
          fullDays={data.fullDays}
          days={data.days}
          hrefOf={(day) => `/sheets/${sheet}/${number}?on=${day}`}
        />
      ) : (
        <Waiting height={62} label={t.common.loading} />
      )}
    </Card>
  );
}

// In a sentence the printed sign is right; as a verdict it is always drawn.
const markText = { full: '○', partial: '△', none: '×', unknown: '？', not_applicable: '－' } as const;

function Claimed({ view: { item, checks } }: { view: ItemView }) {
  const { t, f } = useWords();
  const gap = item.gap;
  if (item.claim.mark === null && item.claim.remark === '') return null;
  const worst = checks.flatMap((check) => check.rows).find((row) => row.state !== 'satisfied');
  return (
    <section className={css.claim} data-gap={gap || undefined} aria-label={t.item.remarkTitle}>
      <div className={css.claimText}>
        <p className={css.small}>{t.item.remarkTitle}</p>
        <p lang="ja">{item.claim.remark || t.item.remarkNone}</p>
        {item.claim.plannedOn && (
          <p className={css.small}>
            {t.item.planned(f.dayOfYear(item.claim.plannedOn))} {item.claim.planned}
          </p>
        )}
      </div>
      {gap && (
        <div className={css.ways} data-noprint>
          <span className={css.gapWord}>
            <GapCorner />
            {t.claim.notEarned}
          </span>
          {worst && (
            <Button size="dense" onClick={() => document.getElementById(`row-${worst.subject}`)?.scrollIntoView({ block: 'center' })}>
              {t.item.mend}
            </Button>
          )}
          <ButtonLink kind="quiet" size="dense" href={`/registers/claim?q=${item.code}`}>
            {t.item.changeClaim}
          </ButtonLink>
        </div>
      )}
    </section>
  );
}

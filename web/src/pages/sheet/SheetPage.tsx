import { useMemo } from 'react';
import { type Moment, type SheetView, useSeries, useSheet } from '../../api/queries.ts';
import { type Mode, modeOf, type SheetArea, type SheetItem } from '../../model.ts';
import { dayParameter, indexParameter, oneOf, useSearchParameters, writeSearch } from '../../shell/search.ts';
import { addDays, type Day } from '../../time/day.ts';
import { Button } from '../../ui/Button.tsx';
import { Waiting } from '../../ui/Card.tsx';
import { DateBar } from '../../ui/DateBar.tsx';
import { Seg } from '../../ui/Tabs.tsx';
import { SheetPicture } from '../../ui/SheetPicture.tsx';
import { useWords } from '../../words/language.tsx';
import { PageHead, PrintFoot } from '../PageHead.tsx';
import page from '../page.module.css';
import { pictureOf } from '../pictureItems.ts';
import { PageTrouble } from '../Trouble.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { BetweenDays } from './Between.tsx';
import { KnownAt } from './KnownAt.tsx';
import { SheetTable } from './SheetTable.tsx';
import css from './Sheet.module.css';

export const sheetViews = ['all', 'work', 'gaps', 'changed'] as const;
export type SheetViewName = (typeof sheetViews)[number];

const parameters = { on: dayParameter, known: indexParameter, with: dayParameter, view: oneOf(sheetViews) };

export function itemsShown(items: SheetItem[], view: SheetViewName, before: ReadonlyMap<string, SheetItem> | undefined): SheetItem[] {
  switch (view) {
    case 'all':
      return items;
    case 'work':
      return items.filter((item) => item.verdict === 'partial' || item.verdict === 'none' || item.verdict === 'unknown');
    case 'gaps':
      return items.filter((item) => item.gap);
    case 'changed':
      return items.filter((item) => differs(item, before?.get(item.number)));
  }
}

function differs(item: SheetItem, before: SheetItem | undefined): boolean {
  return before !== undefined && (before.verdict !== item.verdict || before.good !== item.good || before.total !== item.total);
}

function onlyWith(areas: SheetArea[], items: SheetItem[]): SheetArea[] {
  const kept = new Set(items);
  return areas.map((area) => ({ ...area, items: area.items.filter((item) => kept.has(item)) })).filter((area) => area.items.length > 0);
}

export function SheetPage({ sheet }: { sheet: string }) {
  const { t, f } = useWords();
  const [{ on, known, with: compareDay, view }, change] = useSearchParameters(parameters);
  const moment: Moment = { on, known };
  const { data, error } = useSheet(sheet, moment);
  const series = useSeries(sheet);
  const compared = useCompared(sheet, compareDay, known);
  const today = series.data?.today ?? data?.day;
  if (error && !data) return <PageTrouble error={error} />;
  if (!data || !today) return <Waiting height={640} label={t.common.loading} />;
  const shownDay = on ?? today;
  const mode = modeOf(shownDay, today);
  const setDay = (day: Day) => change({ on: day === today ? null : day });
  return (
    <div className={page.page}>
      <PageHead
        title={data.label}
        sub={
          <>
            <span>{f.day(data.day)}</span>
            <span>{t.sheet.items(data.items.length)}</span>
            <span>{t.home.entry(f.number(data.entries))}</span>
          </>
        }
      >
        <ExportMenu sheet={sheet} moment={moment} />
      </PageHead>
      {series.data ? (
        <DateBar series={series.data} on={shownDay} onChange={setDay} compare={compareDay} onCompare={(day) => change({ with: day })} />
      ) : (
        <Waiting height={112} label={t.common.loading} />
      )}
      <KnownAt known={known} entries={data.entries} onChange={(next) => change({ known: next })} />
      <SheetPicture areas={pictureOf(data.areas, data.day, compared)} mode={mode} hrefOf={(item) => hrefOf(sheet, item.number, moment)} />
      <Tools
        view={view ?? (compareDay ? 'changed' : 'all')}
        comparing={compareDay !== null}
        onView={(next) => change({ view: next })}
        onCompare={() => change(compareDay ? { with: null, view: null } : { with: addDays(shownDay, -90), view: 'changed' })}
      />
      {compareDay && <Compared sheet={sheet} one={compareDay} other={shownDay} today={today} />}
      <Listed
        data={data}
        sheet={sheet}
        moment={moment}
        mode={mode}
        view={view ?? (compareDay ? 'changed' : 'all')}
        compared={compared}
        onShowAll={() => change({ view: 'all' })}
        onView={(next) => change({ view: next })}
      />
      <PrintFoot view={data} />
    </div>
  );
}

const hrefOf = (sheet: string, number: string, { on, known }: Moment) =>
  `/sheets/${sheet}/${number}${writeSearch('', { on, known: known === null ? null : String(known) })}`;

// Causes are known up to today.
function Compared({ sheet, one, other, today }: { sheet: string; one: Day; other: Day; today: Day }) {
  const { t } = useWords();
  const [from, to] = one < other ? [one, other] : [other, one];
  if (to > today) return <p className={css.none}>{t.between.ahead}</p>;
  return <BetweenDays sheet={sheet} from={from} to={to} />;
}

function useCompared(sheet: string, day: Day | null, known: number | null): ReadonlyMap<string, SheetItem> | undefined {
  const { data } = useSheet(sheet, { on: day, known });
  return useMemo(() => (day && data ? new Map(data.items.map((item) => [item.number, item])) : undefined), [day, data]);
}

interface ToolsProps {
  view: SheetViewName;
  comparing: boolean;
  onView: (view: SheetViewName) => void;
  onCompare: () => void;
}

function Tools({ view, comparing, onView, onCompare }: ToolsProps) {
  const { t } = useWords();
  const views = sheetViews.filter((one) => one !== 'changed' || comparing);
  return (
    <div className={css.tools} data-noprint>
      <Seg
        label={t.sheet.viewLabel}
        value={view}
        onChange={onView}
        options={views.map((one) => ({ value: one, label: t.sheet.views[one] }))}
      />
      <Button kind="quiet" size="dense" onClick={onCompare}>
        {comparing ? t.sheet.compareEnd : t.sheet.compare}
      </Button>
    </div>
  );
}

interface ListedProps {
  data: SheetView;
  sheet: string;
  moment: Moment;
  mode: Mode;
  view: SheetViewName;
  compared: ReadonlyMap<string, SheetItem> | undefined;
  onShowAll: () => void;
  onView: (view: SheetViewName) => void;
}

function Listed({ data, sheet, moment, mode, view, compared, onShowAll, onView }: ListedProps) {
  const { t } = useWords();
  const shown = itemsShown(data.items, view, compared);
  if (shown.length === 0)
    return (
      <div className={css.none}>
        <p>{t.sheet.none}</p>
        <Button size="dense" onClick={onShowAll}>
          {t.sheet.showAll}
        </Button>
      </div>
    );
  return (
    <SheetTable
      areas={onlyWith(data.areas, shown)}
      compared={compared}
      mode={mode}
      hrefOf={(item) => hrefOf(sheet, item.number, moment)}
      onGaps={() => onView(view === 'gaps' ? 'all' : 'gaps')}
    />
  );
}

import { useState } from 'react';
import type { MarkKind, Mode } from '../model.ts';
import type { Day } from '../time/day.ts';
import { useWords, type Wording } from '../words/language.tsx';
import { VerdictTile } from './Mark.tsx';
import { Ring } from './Ring.tsx';
import { Tile, type TileItem } from './Tile.tsx';
import css from './SheetPicture.module.css';

export interface PictureItem extends TileItem {
  question: string;
  next: Day | null;
}

export interface PictureArea {
  number: string;
  name: string;
  items: PictureItem[];
}

export type PictureFilter = MarkKind | 'gap' | 'soon' | null;

interface Props {
  areas: PictureArea[];
  hrefOf: (item: PictureItem) => string;
  mode?: Mode;
  earned?: string | null; // number of the item that the person just turned ○
}

const legendMarks: readonly MarkKind[] = ['partial', 'none', 'unknown', 'not_applicable'];

function shows(item: PictureItem, filter: PictureFilter): boolean {
  if (filter === null) return true;
  if (filter === 'gap') return item.gap;
  if (filter === 'soon') return item.soon;
  return item.verdict === filter;
}

// A sheet of 150 criteria keeps the same rows with small tiles.
const smallFrom = 100;

// Area rows and item tiles in the sheet's own order, so that items are found by place; beside them ring and legend.
export function SheetPicture({ areas, hrefOf, mode = 'now', earned = null }: Props) {
  const { t } = useWords();
  const [filter, setFilter] = useState<PictureFilter>(null);
  const items = areas.flatMap((area) => area.items);
  return (
    <section className={css.picture} data-mode={mode} aria-label={t.sheetPicture.label}>
      <Summary items={items} filter={filter} onFilter={setFilter} />
      <ol className={css.areas} data-small={items.length >= smallFrom || undefined}>
        {areas.map((area) => (
          <AreaRow
            key={area.number + area.name}
            area={area}
            filter={filter}
            hrefOf={hrefOf}
            small={items.length >= smallFrom}
            earned={earned}
          />
        ))}
      </ol>
    </section>
  );
}

interface AreaProps extends Pick<Props, 'hrefOf'> {
  area: PictureArea;
  filter: PictureFilter;
  small: boolean;
  earned: string | null;
}

function AreaRow({ area, filter, hrefOf, small, earned }: AreaProps) {
  const wording = useWords();
  const judged = area.items.filter((item) => item.verdict !== 'not_applicable').length;
  const good = area.items.filter((item) => item.verdict === 'full').length;
  return (
    <li className={css.area}>
      <span className={css.areaNumber}>{area.number}</span>
      <span className={css.areaName}>{area.name}</span>
      <span className={css.areaCount} data-whole={(judged > 0 && good === judged) || undefined}>
        {good} / {judged}
      </span>
      <ul className={css.tiles}>
        {area.items.map((item) => (
          <li key={item.number}>
            <Tile
              item={item}
              href={hrefOf(item)}
              name={tileName(item, wording)}
              small={small}
              faded={!shows(item, filter)}
              drawn={earned === item.number}
            />
          </li>
        ))}
      </ul>
    </li>
  );
}

export function tileName(item: PictureItem, { t, f }: Wording): string {
  const parts = [
    t.sheetPicture.tile(item.number, item.question, t.marks[item.verdict]),
    t.common.ratio(f.number(item.good), f.number(item.total)),
  ];
  if (item.next) parts.push(t.sheetPicture.next(f.day(item.next)));
  if (item.gap) parts.push(t.claim.gap);
  return parts.join(' · ');
}

interface SummaryProps {
  items: PictureItem[];
  filter: PictureFilter;
  onFilter: (filter: PictureFilter) => void;
}

function Summary({ items, filter, onFilter }: SummaryProps) {
  const { t } = useWords();
  const count = (kind: MarkKind) => items.filter((item) => item.verdict === kind).length;
  const good = count('full');
  const entries: { key: Exclude<PictureFilter, null>; label: string; count: number }[] = [
    ...legendMarks.map((kind) => ({ key: kind, label: t.marks[kind], count: count(kind) })),
    { key: 'gap', label: t.sheetPicture.gaps, count: items.filter((item) => item.gap).length },
    { key: 'soon', label: t.sheetPicture.soon, count: items.filter((item) => item.soon).length },
  ];
  return (
    <div className={css.summary}>
      <Ring good={good} total={items.length - count('not_applicable')} />
      <div className={css.legend} role="group" aria-label={t.sheetPicture.legend}>
        <p className={css.earned}>{t.sheetPicture.earned}</p>
        {entries.map((entry) => (
          <LegendButton
            key={entry.key}
            entry={entry}
            pressed={filter === entry.key}
            onPress={() => onFilter(filter === entry.key ? null : entry.key)}
          />
        ))}
      </div>
    </div>
  );
}

interface LegendProps {
  entry: { key: Exclude<PictureFilter, null>; label: string; count: number };
  pressed: boolean;
  onPress: () => void;
}

function LegendButton({ entry, pressed, onPress }: LegendProps) {
  const { f } = useWords();
  return (
    <button type="button" className={css.entry} aria-pressed={pressed} onClick={onPress}>
      {entry.key === 'gap' || entry.key === 'soon' ? (
        <span className={css[entry.key]} aria-hidden="true" />
      ) : (
        <VerdictTile of={entry.key} box={22} size={13} />
      )}
      <span>{entry.label}</span>
      <b data-alarm={(entry.key === 'gap' && entry.count > 0) || undefined}>{f.number(entry.count)}</b>
    </button>
  );
}

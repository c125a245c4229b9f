import type { MarkKind } from '../model.ts';
import { Link } from './Link.tsx';
import { Mark, tintOf } from './Mark.tsx';
import { shareOf } from './Meter.tsx';
import css from './Tile.module.css';

export interface TileItem {
  number: string;
  verdict: MarkKind;
  good: number;
  total: number;
  gap: boolean; // claimed ○ and not earned
  soon: boolean; // changes within 30 days
  before?: MarkKind | undefined; // when two days are compared
}

interface Props {
  item: TileItem;
  name: string; // accessible name; begins with the number, which is visible
  href: string;
  faded?: boolean;
  small?: boolean; // 24 px: the mark only
  drawn?: boolean;
}

function Foot({ item }: { item: TileItem }) {
  if (item.verdict === 'partial') {
    return (
      <span className={css.bar} data-bar aria-hidden="true">
        <span className={css.share} style={{ width: `${shareOf(item.good, item.total)}%` }} />
      </span>
    );
  }
  return item.soon && item.verdict === 'full' ? <span className={css.soon} aria-hidden="true" /> : null;
}

// One item of the sheet. The share bar, the corner and the dotted foot belong to the mark.
export function Tile({ item, name, href, faded = false, small = false, drawn = false }: Props) {
  const halves = item.before !== undefined && item.before !== item.verdict;
  return (
    <Link
      href={href}
      className={`${css.tile} ${tintOf(item.verdict)}`}
      aria-label={name}
      title={name}
      data-mark-tile={item.verdict}
      data-small={small || undefined}
      data-faded={faded || undefined}
    >
      {halves && item.before && (
        <span className={`${css.before} ${tintOf(item.before)}`} data-of={item.before} aria-hidden="true">
          <Mark of={item.before} size={14} />
        </span>
      )}
      {item.gap && <span className={css.corner} data-on={item.verdict} aria-hidden="true" />}
      {!small && <span className={css.number}>{item.number}</span>}
      <Mark of={item.verdict} size={small ? 14 : halves ? 16 : 21} drawn={drawn} className={halves ? css.after : css.mark} />
      {!small && !halves && <Foot item={item} />}
    </Link>
  );
}

import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { type KeyboardEvent, memo, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useWords } from '../words/language.tsx';
import { Icon } from './icons/Icon.tsx';
import css from './VirtualGrid.module.css';

export interface GridColumn<Row> {
  name: string;
  label: string;
  width: string; // of a CSS grid: "minmax(160px, 2fr)"
  cell: (row: Row) => ReactNode;
  align?: 'end';
  sortable?: boolean;
}

export interface Sorting {
  column: string;
  down: boolean;
}

interface Props<Row> {
  label: string;
  columns: GridColumn<Row>[];
  count: number;
  rowAt: (index: number) => Row | undefined; // undefined: not here yet
  keyOf: (row: Row) => string;
  onRange: (first: number, last: number) => void; // rows that are wanted
  onOpen: (row: Row, how: 'pointer' | 'key') => void;
  sorting?: Sorting | null;
  onSort?: (column: string) => void;
  selected?: ReadonlySet<string>;
  onSelect?: (keys: string[]) => void; // toggles all of them
  empty?: ReactNode;
}

const rowHeight = 38;
const overscan = 12;
const pageRows = 14;

// 100,000 rows: only those in sight are in the page. One tab stop; arrow keys move, Enter opens, x selects, with Shift a range.
export function VirtualGrid<Row>(props: Props<Row>) {
  const { label, columns, count, onRange, empty } = props;
  const { t } = useWords();
  const viewport = useRef<HTMLDivElement>(null);
  const id = useId();
  const [active, setActive] = useState(0);
  const virtual = useVirtualizer({ count, getScrollElement: () => viewport.current, estimateSize: () => rowHeight, overscan });
  const items = virtual.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  useEffect(() => onRange(first, last), [first, last, onRange]);
  const onKeyDown = useGridKeys(props, active, (next) => {
    setActive(next);
    virtual.scrollToIndex(next);
  });
  const template = columns.map((column) => column.width).join(' ');
  return (
    <div className={css.frame}>
      <div
        ref={viewport}
        className={css.viewport}
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={count + 1}
        aria-colcount={columns.length}
        aria-multiselectable={props.onSelect ? true : undefined}
        aria-activedescendant={count > 0 && active >= first && active <= last ? `${id}-${active}` : undefined}
        onKeyDown={onKeyDown}
      >
        <Head {...props} template={template} />
        {count === 0 && (
          <div role="row" className={css.empty}>
            <div role="gridcell">{empty ?? t.grid.empty}</div>
          </div>
        )}
        <div role="rowgroup" className={css.sheet} style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => (
            <Line
              key={keyOfLine(props, item)}
              {...props}
              item={item}
              template={template}
              id={`${id}-${item.index}`}
              active={item.index === active}
              onActive={setActive}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

function keyOfLine<Row>({ rowAt, keyOf }: Props<Row>, item: VirtualItem): string {
  const row = rowAt(item.index);
  return row === undefined ? `waiting-${item.index}` : keyOf(row);
}

const jumps: Record<string, number> = {
  ArrowDown: 1,
  j: 1,
  ArrowUp: -1,
  k: -1,
  PageDown: pageRows,
  PageUp: -pageRows,
  Home: -Infinity,
  End: Infinity,
};

function useGridKeys<Row>({ count, rowAt, keyOf, onOpen, onSelect }: Props<Row>, active: number, move: (index: number) => void) {
  return (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
    const jump = jumps[event.key];
    const row = rowAt(active);
    if (jump !== undefined) {
      event.preventDefault();
      const next = Math.max(0, Math.min(count - 1, active + jump));
      if (event.shiftKey && onSelect) selectRange(rowAt, keyOf, onSelect, active, next);
      move(next);
    } else if (event.key === 'Enter' && row !== undefined) onOpen(row, 'key');
    else if ((event.key === 'x' || event.key === ' ') && row !== undefined && onSelect) {
      event.preventDefault();
      onSelect([keyOf(row)]);
    }
  };
}

function selectRange<Row>(
  rowAt: Props<Row>['rowAt'],
  keyOf: Props<Row>['keyOf'],
  onSelect: (keys: string[]) => void,
  from: number,
  to: number,
) {
  const step = Math.sign(to - from);
  const keys: string[] = [];
  for (let at = from + step; step !== 0 && at !== to + step; at += step) {
    const row = rowAt(at);
    if (row !== undefined) keys.push(keyOf(row));
  }
  onSelect(keys);
}

function Head<Row>({ columns, sorting, onSort, template }: Props<Row> & { template: string }) {
  const { t } = useWords();
  return (
    <div role="row" className={css.head} aria-rowindex={1} style={{ gridTemplateColumns: template }}>
      {columns.map((column) => {
        const sorted = sorting?.column === column.name;
        return (
          <div
            key={column.name}
            role="columnheader"
            className={css.headCell}
            data-align={column.align}
            aria-sort={sorted ? (sorting.down ? 'descending' : 'ascending') : undefined}
          >
            {column.sortable && onSort ? (
              <button type="button" onClick={() => onSort(column.name)}>
                {column.label}
                {sorted && (
                  <span data-down={sorting.down || undefined} className={css.arrow}>
                    <Icon name="chevronDown" size={14} />
                    <span className="hidden-text">{sorting.down ? t.grid.sortedDown : t.grid.sortedUp}</span>
                  </span>
                )}
              </button>
            ) : (
              column.label
            )}
          </div>
        );
      })}
    </div>
  );
}

interface LineProps<Row> extends Props<Row> {
  item: VirtualItem;
  template: string;
  id: string;
  active: boolean;
  onActive: (index: number) => void;
}

function Line<Row>(props: LineProps<Row>) {
  const { item, rowAt, keyOf, columns, template, id, active, selected, onActive, onOpen } = props;
  const row = rowAt(item.index);
  const open = () => {
    onActive(item.index);
    if (row !== undefined) onOpen(row, 'pointer');
  };
  return (
    <div
      id={id}
      role="row"
      className={css.row}
      aria-rowindex={item.index + 2}
      aria-selected={row !== undefined && selected ? selected.has(keyOf(row)) : undefined}
      data-active={active || undefined}
      onClick={open}
      style={{ gridTemplateColumns: template, transform: `translateY(${item.start}px)` }}
    >
      {row === undefined ? <Waiting count={columns.length} /> : <Cells row={row} columns={columns as GridColumn<unknown>[]} />}
    </div>
  );
}

// Drawn again only when the row or the columns change, not at every step of scrolling.
const Cells = memo(function Cells({ row, columns }: { row: unknown; columns: GridColumn<unknown>[] }) {
  return columns.map((column) => (
    <div key={column.name} role="gridcell" className={css.cell} data-align={column.align}>
      {column.cell(row)}
    </div>
  ));
});

function Waiting({ count }: { count: number }) {
  const { t } = useWords();
  return Array.from({ length: count }, (_, at) => (
    <div key={at} role="gridcell" className={css.cell}>
      {at === 0 ? <span className="hidden-text">{t.grid.loading}</span> : at === 2 && <span className={css.waiting} />}
    </div>
  ));
}

import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, memo, type MouseEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
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
  onSelect?: (rows: Row[]) => void; // toggles all of them
  onSelectAll?: () => void;
  onSelectNone?: () => void; // Escape
  empty?: ReactNode;
}

const rowHeight = 38;
const overscan = 8;
const pageRows = 14;
const boxWidth = '40px';

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
  const template = [...(props.onSelect ? [boxWidth] : []), ...columns.map((column) => column.width)].join(' ');
  const acts = useActs(props, active, setActive);
  return (
    <div className={css.frame}>
      <div
        ref={viewport}
        className={css.viewport}
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={count + 1}
        aria-colcount={columns.length + (props.onSelect ? 1 : 0)}
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
          {items.map((item) => {
            const row = props.rowAt(item.index);
            return (
              <Line
                key={row === undefined ? `waiting-${item.index}` : props.keyOf(row)}
                index={item.index}
                start={item.start}
                row={row}
                columns={columns as GridColumn<unknown>[]}
                template={template}
                id={`${id}-${item.index}`}
                active={item.index === active}
                chosen={props.onSelect ? row !== undefined && (props.selected?.has(props.keyOf(row)) ?? false) : null}
                acts={acts}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
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

function useGridKeys<Row>(
  { count, rowAt, onOpen, onSelect, onSelectAll, onSelectNone }: Props<Row>,
  active: number,
  move: (index: number) => void,
) {
  return (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.target !== event.currentTarget) return;
    if ((event.ctrlKey || event.metaKey) && event.key === 'a' && onSelectAll) {
      event.preventDefault();
      return onSelectAll();
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const jump = jumps[event.key];
    const row = rowAt(active);
    if (jump !== undefined) {
      event.preventDefault();
      const next = Math.max(0, Math.min(count - 1, active + jump));
      if (event.shiftKey && onSelect) onSelect(rowsBetween(rowAt, active, next));
      move(next);
    } else if (event.key === 'Enter' && row !== undefined) onOpen(row, 'key');
    else if (event.key === 'Escape') onSelectNone?.();
    else if ((event.key === 'x' || event.key === ' ') && row !== undefined && onSelect) {
      event.preventDefault();
      onSelect([row]);
    }
  };
}

// Those behind `from` up to `to`; rows that are not here yet cannot be chosen.
function rowsBetween<Row>(rowAt: Props<Row>['rowAt'], from: number, to: number): Row[] {
  const step = Math.sign(to - from);
  const rows: Row[] = [];
  for (let at = from + step; step !== 0 && at !== to + step; at += step) {
    const row = rowAt(at);
    if (row !== undefined) rows.push(row);
  }
  return rows;
}

interface Acts {
  open: (index: number) => void;
  pick: (index: number, range: boolean) => void;
}

// The same functions for every row and every step of scrolling, so that rows are drawn again only when they changed.
function useActs<Row>(props: Props<Row>, active: number, setActive: (index: number) => void): Acts {
  const latest = useRef({ props, active });
  latest.current = { props, active };
  return useMemo(
    () => ({
      open: (index) => {
        setActive(index);
        const row = latest.current.props.rowAt(index);
        if (row !== undefined) latest.current.props.onOpen(row, 'pointer');
      },
      pick: (index, range) => {
        const { props: now, active: from } = latest.current;
        setActive(index);
        const row = now.rowAt(index);
        if (range) now.onSelect?.(rowsBetween(now.rowAt, from, index));
        else if (row !== undefined) now.onSelect?.([row]);
      },
    }),
    [setActive],
  );
}

function Head<Row>({ columns, sorting, onSort, onSelect, onSelectAll, selected, template }: Props<Row> & { template: string }) {
  const { t } = useWords();
  return (
    <div role="row" className={css.head} aria-rowindex={1} style={{ gridTemplateColumns: template }}>
      {onSelect && (
        <div role="columnheader" className={css.boxCell}>
          {onSelectAll ? (
            <button type="button" aria-label={t.grid.select} title={t.grid.select} onClick={onSelectAll}>
              <Box on={(selected?.size ?? 0) > 0} partly />
            </button>
          ) : (
            <span className="hidden-text">{t.grid.select}</span>
          )}
        </div>
      )}
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

interface LineProps {
  index: number;
  start: number;
  row: unknown;
  columns: GridColumn<unknown>[];
  template: string;
  id: string;
  active: boolean;
  chosen: boolean | null; // null: rows cannot be chosen
  acts: Acts;
}

// A range of rows is chosen with Shift, not a range of text.
const keepText = (event: MouseEvent) => event.shiftKey && event.preventDefault();

const Line = memo(function Line({ index, start, row, columns, template, id, active, chosen, acts }: LineProps) {
  const pick = (event: MouseEvent) => {
    event.stopPropagation();
    acts.pick(index, event.shiftKey);
  };
  return (
    <div
      id={id}
      role="row"
      className={css.row}
      aria-rowindex={index + 2}
      aria-selected={chosen ?? undefined}
      data-active={active || undefined}
      onClick={() => acts.open(index)}
      style={{ gridTemplateColumns: template, transform: `translateY(${start}px)` }}
    >
      {chosen !== null && (
        <div role="gridcell" className={css.boxCell} onClick={pick} onMouseDown={keepText} data-pick>
          <Box on={chosen} />
        </div>
      )}
      {row === undefined ? <Waiting count={columns.length} /> : <Cells row={row} columns={columns} />}
    </div>
  );
});

// Drawn only: the row itself says whether it is selected.
function Box({ on, partly = false }: { on: boolean; partly?: boolean }) {
  return (
    <span className={css.box} data-on={on || undefined} aria-hidden="true">
      {on && (partly ? <span className={css.dash} /> : <Icon name="check" size={13} />)}
    </span>
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

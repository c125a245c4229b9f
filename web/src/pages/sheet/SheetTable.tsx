import { useState } from 'react';
import type { Mode, SheetArea, SheetItem } from '../../model.ts';
import { useKeys } from '../../shell/keys.ts';
import { Change } from '../../ui/ForecastGrid.tsx';
import { Link, useGo } from '../../ui/Link.tsx';
import { Meter } from '../../ui/Meter.tsx';
import { Pair } from '../../ui/Pair.tsx';
import { useWords } from '../../words/language.tsx';
import css from './Sheet.module.css';

interface Props {
  areas: SheetArea[];
  compared: ReadonlyMap<string, SheetItem> | undefined;
  mode: Mode;
  hrefOf: (item: SheetItem) => string;
  onGaps: () => void;
}

// The four familiar columns of the sheet, with the verdict beside the claim, its numbers and the day on which it changes.
export function SheetTable({ areas, compared, mode, hrefOf, onGaps }: Props) {
  const { t } = useWords();
  const current = useRowKeys(
    areas.flatMap((area) => area.items),
    hrefOf,
    onGaps,
  );
  return (
    <table className={css.table} role="table" data-mode={mode}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            {t.sheet.columns.number}
          </th>
          <th role="columnheader" scope="col">
            {t.sheet.columns.question}
          </th>
          <th role="columnheader" scope="col">
            {t.sheet.columns.pair}
          </th>
          <th role="columnheader" scope="col" className={css.right}>
            {t.sheet.columns.rows}
          </th>
          <th role="columnheader" scope="col">
            {t.sheet.columns.next}
          </th>
          <th role="columnheader" scope="col">
            {t.sheet.columns.remark}
          </th>
        </tr>
      </thead>
      {areas.map((area) => (
        <tbody key={area.number + area.name} role="rowgroup">
          <tr role="row" className={css.area}>
            <th role="rowheader" scope="rowgroup" colSpan={6}>
              {area.number} {area.name}
            </th>
          </tr>
          {area.items.map((item) => (
            <ItemRow
              key={item.number}
              item={item}
              before={compared?.get(item.number)}
              href={hrefOf(item)}
              current={item.number === current}
            />
          ))}
        </tbody>
      ))}
    </table>
  );
}

// j and k walk, Enter opens, e goes to the remark, g g shows only the gaps.
function useRowKeys(items: SheetItem[], hrefOf: (item: SheetItem) => string, onGaps: () => void): string | null {
  const [current, setCurrent] = useState<string | null>(null);
  const navigate = useGo();
  const step = (by: number) => {
    const at = items.findIndex((item) => item.number === current);
    const next = items[Math.max(0, Math.min(items.length - 1, at + by))];
    if (!next) return;
    setCurrent(next.number);
    document.getElementById(`item-${next.number}`)?.scrollIntoView({ block: 'nearest' });
    document.querySelector<HTMLElement>(`#item-${next.number} a`)?.focus({ preventScroll: true });
  };
  const open = () => {
    const item = items.find((one) => one.number === current);
    if (item) navigate(hrefOf(item));
  };
  const remark = () => {
    const item = items.find((one) => one.number === current);
    if (item) navigate(`/registers/claim?q=${item.code}`);
  };
  useKeys({ j: () => step(1), k: () => step(-1), 'g g': onGaps, o: open, e: remark });
  return current;
}

function ItemRow({ item, before, href, current }: { item: SheetItem; before: SheetItem | undefined; href: string; current: boolean }) {
  const { t, f } = useWords();
  return (
    <tr role="row" id={`item-${item.number}`} className={css.row} data-current={current || undefined} data-gap={item.gap || undefined}>
      <td role="cell" className={css.number}>
        {item.number}
      </td>
      <th role="rowheader" scope="row" className={css.question}>
        <Link href={href}>{item.question}</Link>
      </th>
      <td role="cell" className={css.pair}>
        {before && before.verdict !== item.verdict && (
          <span className={css.change}>
            <Change from={before.verdict} to={item.verdict} />
          </span>
        )}
        <Pair claim={item.claim.mark} verdict={item.verdict} stands={!item.gap} />
      </td>
      <td role="cell" className={css.rows}>
        {item.total > 0 ? <Meter good={item.good} total={item.total} width={72} /> : '–'}
      </td>
      <td role="cell" className={css.next}>
        {item.next ? (
          <>
            <span>{f.dayOfYear(item.next.day)}</span>
            <Change from={item.verdict} to={item.next.verdict} />
          </>
        ) : (
          <span className={css.quiet}>{t.sheet.noNext}</span>
        )}
      </td>
      <td role="cell" className={css.remark}>
        {item.claim.remark}
      </td>
    </tr>
  );
}

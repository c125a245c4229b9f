import { useCallback, useMemo, useState } from 'react';
import { type ApiRecord, type ListQuery, type Register, usePages } from '../../../api/registers.ts';
import { ButtonLink } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/Card.tsx';
import { useGo } from '../../../ui/Link.tsx';
import { VirtualGrid } from '../../../ui/VirtualGrid.tsx';
import { useWords } from '../../../words/language.tsx';
import { useListWords } from '../../../words/lists.ts';
import { Trouble } from '../../Trouble.tsx';
import { columnsOf } from '../cells.tsx';
import css from './List.module.css';
import type { Pinned } from './usePinned.ts';
import type { Selection } from './useSelection.ts';

interface Props {
  register: Register;
  columns: string[];
  query: ListQuery;
  pinned: Pinned;
  selection: Selection | null; // null: nothing can be done to many
  onSort: (column: string) => void;
  onOpen: (id: string) => void;
}

const keyOf = (record: ApiRecord) => String(record.id);

export function ListGrid({ register, columns, query, pinned, selection, onSort, onOpen }: Props) {
  const wording = useWords();
  const go = useGo();
  const [range, setRange] = useState({ first: 0, last: 40 });
  const { rowAt, error } = usePages(register.name, query, pinned.at, { ...range, total: pinned.total });
  const onRange = useCallback(
    (first: number, last: number) => setRange((before) => (before.first === first && before.last === last ? before : { first, last })),
    [],
  );
  const shown = useMemo(() => columnsOf(register, columns, wording), [register, columns, wording]);
  const sorting = query.sort ? { column: query.sort.replace(/^-/, ''), down: query.sort.startsWith('-') } : null;
  const open = (record: ApiRecord, how: 'pointer' | 'key') =>
    how === 'key' ? go(`/registers/${register.name}/${record.id}`) : onOpen(String(record.id));
  if (error) return <Trouble error={error} />;
  const isAsked = query.q !== null || query.filter.length > 0;
  return (
    <VirtualGrid
      label={register.label}
      columns={shown}
      count={pinned.total}
      rowAt={rowAt}
      keyOf={keyOf}
      onRange={onRange}
      onOpen={open}
      sorting={sorting}
      onSort={onSort}
      {...(selection && {
        selected: selection.keys,
        onSelect: selection.toggle,
        onSelectAll: selection.all,
        onSelectNone: selection.clear,
      })}
      empty={isAsked ? wording.t.grid.empty : <FirstRecord register={register} />}
    />
  );
}

function FirstRecord({ register }: { register: Register }) {
  const { t } = useWords();
  const words = useListWords().imports;
  return (
    <EmptyState
      title={t.register.emptyTitle}
      text={`${register.help} ${t.register.emptyText}`}
      action={
        <span className={css.actions}>
          {register.write === 'all' && (
            <ButtonLink kind="primary" icon="upload" href={`/registers/${register.name}/import`}>
              {words.go}
            </ButtonLink>
          )}
          {register.write !== 'none' && (
            <ButtonLink icon="plus" href={`/registers/${register.name}/new`}>
              {t.form.add}
            </ButtonLink>
          )}
        </span>
      }
    />
  );
}

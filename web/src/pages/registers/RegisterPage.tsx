import { useCallback, useMemo, useState } from 'react';
import { useApi } from '../../api/client.tsx';
import { type ApiRecord, type ListQuery, type Register, useListHead, usePages, useRegister } from '../../api/registers.ts';
import { textParameter, useSearchParameters } from '../../shell/search.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { EmptyState, Waiting } from '../../ui/Card.tsx';
import { Drawer } from '../../ui/Dialog.tsx';
import { useGo } from '../../ui/Link.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { ProblemBar } from '../../ui/ProblemBar.tsx';
import { VirtualGrid } from '../../ui/VirtualGrid.tsx';
import { useWords } from '../../words/language.tsx';
import { PageHead } from '../PageHead.tsx';
import { PageTrouble, Trouble } from '../Trouble.tsx';
import { columnsOf, defaultSort } from './cells.tsx';
import { RecordView } from './RecordView.tsx';
import { SearchField } from './SearchField.tsx';
import { useColumns } from './useColumns.ts';
import css from './Registers.module.css';

const parameters = { q: textParameter, sort: textParameter, open: textParameter };

export function RegisterPage({ name }: { name: string }) {
  const { t } = useWords();
  const { data, error } = useRegister(name);
  if (error && !data) return <PageTrouble error={error} />;
  if (!data || data.name !== name) return <Waiting height={480} label={t.common.loading} />;
  return <RegisterList key={name} register={data} />;
}

function RegisterList({ register }: { register: Register }) {
  const { t, f } = useWords();
  const [{ q, sort, open }, change] = useSearchParameters(parameters);
  const order = sort ?? defaultSort(register);
  const query = useMemo<ListQuery>(() => ({ q, sort: order, filter: [] }), [q, order]);
  const head = useListHead(register.name, query);
  const [columns, toggleColumn] = useColumns(register);
  const pinned = usePinned(head.data, query);
  if (head.error && !head.data) return <PageTrouble error={head.error} />;
  return (
    <div className={css.page}>
      <PageHead title={register.label} sub={<span>{pinned ? t.register.count(f.number(pinned.total)) : ' '}</span>}>
        <Actions register={register} />
      </PageHead>
      <div className={css.tools}>
        <SearchField value={q ?? ''} onChange={(text) => change({ q: text === '' ? null : text })} />
        <Menu
          trigger={
            <Button size="dense" icon="columns">
              {t.register.columns}
            </Button>
          }
          entries={register.fields.map((field) => ({
            kind: 'choice',
            label: field.label,
            chosen: columns.includes(field.name),
            onChoose: () => toggleColumn(field.name),
          }))}
        />
      </div>
      {pinned?.stale && <ProblemBar tone="notice" what={t.register.changed} onRetry={pinned.renew} />}
      <div className={css.grid}>
        {pinned && (
          <Grid
            register={register}
            columns={columns}
            query={query}
            at={pinned.at}
            total={pinned.total}
            onSort={(column) => change({ sort: order === column ? `-${column}` : column })}
            onOpen={(id) => change({ open: id })}
          />
        )}
      </div>
      <Drawer open={open !== null} onOpenChange={() => change({ open: null })} title={register.label}>
        {open !== null && <RecordView register={register} id={open} panel />}
      </Drawer>
    </div>
  );
}

interface Pinned {
  at: number;
  total: number;
  stale: boolean; // the ledger went on meanwhile
  renew: () => void;
}

// The list stays at the index at which it was opened; whoever wants the newest asks for it.
function usePinned(head: { at: number; total: number } | undefined, query: ListQuery): Pinned | null {
  const [pin, setPin] = useState<{ at: number; total: number; query: ListQuery } | null>(null);
  if (!head) return null;
  if (!pin || pin.query !== query) {
    const next = { ...head, query };
    setPin(next);
    return { ...next, stale: false, renew: () => undefined };
  }
  return { at: pin.at, total: pin.total, stale: head.total !== pin.total, renew: () => setPin({ ...head, query }) };
}

function Actions({ register }: { register: Register }) {
  const { t } = useWords();
  const api = useApi();
  const file = (format: string) => api.url(`/registers/${register.name}/export`, { format });
  return (
    <span className={css.actions}>
      <Menu
        trigger={<Button icon="download">{t.sheet.export}</Button>}
        entries={(['xlsx', 'csv', 'tsv'] as const).map((format) => ({
          kind: 'link',
          label: t.sheet.formats[format],
          href: file(format),
          icon: 'fileText',
          download: `${register.name}.${format}`,
        }))}
      />
      {register.write !== 'none' && (
        <ButtonLink kind="primary" icon="plus" href={`/registers/${register.name}/new`}>
          {t.form.add}
        </ButtonLink>
      )}
    </span>
  );
}

interface GridProps {
  register: Register;
  columns: string[];
  query: ListQuery;
  at: number;
  total: number;
  onSort: (column: string) => void;
  onOpen: (id: string) => void;
}

function Grid({ register, columns, query, at, total, onSort, onOpen }: GridProps) {
  const wording = useWords();
  const go = useGo();
  const [range, setRange] = useState({ first: 0, last: 40 });
  const { rowAt, error } = usePages(register.name, query, at, range);
  const onRange = useCallback(
    (first: number, last: number) => setRange((before) => (before.first === first && before.last === last ? before : { first, last })),
    [],
  );
  const shown = useMemo(() => columnsOf(register, columns, wording), [register, columns, wording]);
  const sorting = query.sort ? { column: query.sort.replace(/^-/, ''), down: query.sort.startsWith('-') } : null;
  const open = (record: ApiRecord, how: 'pointer' | 'key') =>
    how === 'key' ? go(`/registers/${register.name}/${record.id}`) : onOpen(String(record.id));
  if (error) return <Trouble error={error} />;
  return (
    <VirtualGrid
      label={register.label}
      columns={shown}
      count={total}
      rowAt={rowAt}
      keyOf={(record) => String(record.id)}
      onRange={onRange}
      onOpen={open}
      sorting={sorting}
      onSort={onSort}
      empty={query.q ? wording.t.grid.empty : <FirstRecord register={register} />}
    />
  );
}

function FirstRecord({ register }: { register: Register }) {
  const { t } = useWords();
  return (
    <EmptyState
      title={t.register.emptyTitle}
      text={`${register.help} ${t.register.emptyText}`}
      action={
        register.write !== 'none' && (
          <ButtonLink kind="primary" icon="plus" href={`/registers/${register.name}/new`}>
            {t.form.add}
          </ButtonLink>
        )
      }
    />
  );
}

import { useMemo } from 'react';
import { type ListQuery, type Register, useListHead, useRegister } from '../../api/registers.ts';
import { listParameter, textParameter, useSearchParameters } from '../../shell/search.ts';
import { Waiting } from '../../ui/Card.tsx';
import { Drawer } from '../../ui/Dialog.tsx';
import { ProblemBar } from '../../ui/ProblemBar.tsx';
import { useWords } from '../../words/language.tsx';
import { PageHead } from '../PageHead.tsx';
import { PageTrouble } from '../Trouble.tsx';
import { SelectionBar } from './bulk/SelectionBar.tsx';
import { defaultSort } from './cells.tsx';
import { Actions } from './list/Actions.tsx';
import { FilterPills } from './list/FilterPills.tsx';
import css from './list/List.module.css';
import { ListGrid } from './list/ListGrid.tsx';
import { ListTools } from './list/ListTools.tsx';
import { useColumns } from './list/useColumns.ts';
import { usePinned } from './list/usePinned.ts';
import { useSelection } from './list/useSelection.ts';
import { RecordView } from './RecordView.tsx';

const parameters = { q: textParameter, sort: textParameter, filter: listParameter, open: textParameter };

export function RegisterPage({ name }: { name: string }) {
  const { t } = useWords();
  const { data, error } = useRegister(name);
  if (error && !data) return <PageTrouble error={error} />;
  if (!data || data.name !== name) return <Waiting height={480} label={t.common.loading} />;
  return <RegisterList key={name} register={data} />;
}

const orNull = (filters: string[]) => (filters.length > 0 ? filters : null);

function RegisterList({ register }: { register: Register }) {
  const { t, f } = useWords();
  const [{ q, sort, filter, open }, change] = useSearchParameters(parameters);
  const order = sort ?? defaultSort(register);
  const conditions = JSON.stringify(filter ?? []); // the same text as long as nothing else of the address changes
  const query = useMemo<ListQuery>(() => ({ q, sort: order, filter: JSON.parse(conditions) as string[] }), [q, order, conditions]);
  const head = useListHead(register.name, query);
  const columns = useColumns(register);
  // While another query is on its way its predecessor's answer stands in for it: that says nothing of this one.
  const pinned = usePinned(register.name, head.isPlaceholderData ? undefined : head.data, query);
  const selection = useSelection(register, pinned?.query ?? query, pinned?.at ?? null);
  if (head.error && !head.data) return <PageTrouble error={head.error} />;
  return (
    <div className={css.page}>
      <PageHead title={register.label} sub={<span>{pinned ? t.register.count(f.number(pinned.total)) : ' '}</span>}>
        <Actions register={register} query={query} columns={columns.shown} total={pinned?.total ?? 0} />
      </PageHead>
      <ListTools register={register} query={query} sort={sort} columns={columns} onChange={change} />
      <FilterPills register={register} filters={query.filter} onChange={(filters) => change({ filter: orNull(filters) })} />
      {pinned?.stale && <ProblemBar tone="notice" what={t.register.changed} retry={t.errors.refresh} onRetry={pinned.renew} />}
      <div className={css.grid}>
        {pinned && (
          <ListGrid
            register={register}
            columns={columns.shown}
            query={pinned.query}
            pinned={pinned}
            selection={register.write === 'all' ? selection : null}
            onSort={(column) => change({ sort: order === column ? `-${column}` : column })}
            onOpen={(id) => change({ open: id })}
          />
        )}
      </div>
      <SelectionBar register={register} records={selection.records} onClear={selection.clear} />
      <Drawer open={open !== null} onOpenChange={() => change({ open: null })} title={register.label}>
        {open !== null && <RecordView register={register} id={open} panel onGone={() => change({ open: null })} />}
      </Drawer>
    </div>
  );
}

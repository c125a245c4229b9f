import type { ListQuery, Register } from '../../../api/registers.ts';
import { Button } from '../../../ui/Button.tsx';
import { Menu } from '../../../ui/Menu.tsx';
import { useWords } from '../../../words/language.tsx';
import { SearchField } from '../SearchField.tsx';
import { FilterMenu } from './FilterMenu.tsx';
import { withFilters } from './filters.ts';
import css from './List.module.css';
import type { Columns } from './useColumns.ts';
import { ViewsMenu } from './ViewsMenu.tsx';

interface Props {
  register: Register;
  query: ListQuery;
  sort: string | null; // as in the address: null is the register's own order
  columns: Columns;
  onChange: (changes: { q?: string | null; sort?: string | null; filter?: string[] | null }) => void;
}

// What is looked for, and what is shown of it.
export function ListTools({ register, query, sort, columns, onChange }: Props) {
  const { t } = useWords();
  return (
    <div className={css.tools} data-noprint>
      <SearchField value={query.q ?? ''} onChange={(text) => onChange({ q: text === '' ? null : text })} />
      <FilterMenu register={register} onAdd={(added) => onChange({ filter: withFilters(query.filter, added) })} />
      <ViewsMenu
        register={register.name}
        now={{ q: query.q, sort, filter: query.filter, columns: columns.shown }}
        onShow={(view) => {
          columns.show(view?.columns ?? null);
          const filter = view && view.filter.length > 0 ? view.filter : null;
          onChange({ q: view?.q ?? null, sort: view?.sort ?? null, filter });
        }}
      />
      <Menu
        trigger={
          <Button size="dense" icon="columns">
            {t.register.columns}
          </Button>
        }
        entries={register.fields.map((field) => ({
          kind: 'choice',
          label: field.label,
          chosen: columns.shown.includes(field.name),
          onChoose: () => columns.toggle(field.name),
          stays: true,
        }))}
      />
    </div>
  );
}

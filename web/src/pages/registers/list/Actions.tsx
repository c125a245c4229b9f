import { useApi } from '../../../api/client.tsx';
import type { ListQuery, Register } from '../../../api/registers.ts';
import { Button, ButtonLink } from '../../../ui/Button.tsx';
import { Menu, type MenuEntry } from '../../../ui/Menu.tsx';
import { useWords } from '../../../words/language.tsx';
import { useListWords } from '../../../words/lists.ts';
import css from './List.module.css';

interface Props {
  register: Register;
  query: ListQuery;
  columns: string[];
  total: number;
}

const formats = ['xlsx', 'csv', 'tsv'] as const;

// Files of what is shown and of the whole register; files into it; one record more.
export function Actions({ register, query, columns, total }: Props) {
  const { t, f } = useWords();
  const words = useListWords();
  const api = useApi();
  const links = (asked: Record<string, string | string[] | null>): MenuEntry[] =>
    formats.map((format) => ({
      kind: 'link',
      label: t.sheet.formats[format],
      href: api.url(`/registers/${register.name}/export`, { ...asked, format }),
      icon: 'fileText',
      download: `${register.name}.${format}`,
    }));
  return (
    <span className={css.actions}>
      {register.read === 'all' && (
        <Menu
          trigger={<Button icon="download">{t.sheet.export}</Button>}
          entries={[
            { kind: 'heading', label: words.export.shown(f.number(total)), entries: links({ ...query, columns: columns.join(',') }) },
            { kind: 'heading', label: words.export.whole, entries: links({}) },
          ]}
        />
      )}
      {register.write === 'all' && (
        <ButtonLink icon="upload" href={`/registers/${register.name}/import`}>
          {words.imports.go}
        </ButtonLink>
      )}
      {register.write !== 'none' && (
        <ButtonLink kind="primary" icon="plus" href={`/registers/${register.name}/new`}>
          {t.form.add}
        </ButtonLink>
      )}
    </span>
  );
}

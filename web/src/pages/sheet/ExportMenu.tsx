import { useApi } from '../../api/client.tsx';
import type { Moment } from '../../api/queries.ts';
import { Button } from '../../ui/Button.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { useWords } from '../../words/language.tsx';

const formats = ['xlsx', 'tsv', 'csv', 'json'] as const;

// The state that is shown, as a file.
export function ExportMenu({ sheet, moment }: { sheet: string; moment: Moment }) {
  const { t } = useWords();
  const api = useApi();
  const href = (format: string) => api.url(`/sheets/${sheet}/export`, { format, on: moment.on, at: moment.known });
  return (
    <Menu
      trigger={<Button icon="download">{t.sheet.export}</Button>}
      entries={formats.map((format) => ({
        kind: 'link',
        label: t.sheet.formats[format],
        href: href(format),
        icon: 'fileText',
        download: `${sheet}.${format}`,
      }))}
    />
  );
}

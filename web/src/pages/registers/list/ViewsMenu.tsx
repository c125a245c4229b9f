import { type FormEvent, useState } from 'react';
import { useApi } from '../../../api/client.tsx';
import { useMe } from '../../../api/queries.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Field, Input } from '../../../ui/Field.tsx';
import { Menu, type MenuEntry } from '../../../ui/Menu.tsx';
import { useWords } from '../../../words/language.tsx';
import { useListWords } from '../../../words/lists.ts';
import css from './List.module.css';
import { keyOf, type Place, readViews, type View, withView } from './views.ts';

function stored(place: Place): View[] {
  try {
    return readViews(localStorage.getItem(keyOf(place)));
  } catch {
    return [];
  }
}

function keep(place: Place, views: View[]) {
  try {
    localStorage.setItem(keyOf(place), JSON.stringify(views));
  } catch {
    // Without storage a view lasts as long as the page.
  }
}

interface Props {
  register: string;
  now: Omit<View, 'name'>;
  onShow: (view: Omit<View, 'name'> | null) => void; // null: as a list is at first
}

// Saved views, saving this one, and the way back to the list as it is at first.
export function ViewsMenu({ register, now, onShow }: Props) {
  const words = useListWords().views;
  const { organisation } = useApi();
  const user = useMe().data?.user ?? 0;
  const place = { organisation, user, register };
  const [, changed] = useState(0);
  const [naming, setNaming] = useState(false);
  const views = stored(place);
  const write = (next: View[]) => {
    keep(place, next);
    changed((count) => count + 1);
  };
  const saved: MenuEntry[] =
    views.length === 0
      ? [{ kind: 'action', label: words.none, onChoose: () => undefined, disabled: true }]
      : views.map((view) => ({ kind: 'action', label: view.name, onChoose: () => onShow(view) }));
  const entries: MenuEntry[] = [
    { kind: 'heading', label: words.saved, entries: saved },
    { kind: 'rule' },
    { kind: 'action', label: words.save, icon: 'plus', onChoose: () => setNaming(true) },
    { kind: 'action', label: words.standard, icon: 'undo', onChoose: () => onShow(null) },
    ...(views.length > 0 ? [{ kind: 'rule' as const }] : []),
    ...views.map((view) => ({
      kind: 'action' as const,
      label: words.remove(view.name),
      onChoose: () => write(views.filter((one) => one.name !== view.name)),
    })),
  ];
  return (
    <>
      <Menu trigger={<Button size="dense">{words.title}</Button>} entries={entries} align="start" />
      {naming && (
        <NameDialog
          onClose={() => setNaming(false)}
          onName={(name) => {
            write(withView(views, { ...now, name }));
            setNaming(false);
          }}
        />
      )}
    </>
  );
}

function NameDialog({ onClose, onName }: { onClose: () => void; onName: (name: string) => void }) {
  const { t } = useWords();
  const words = useListWords().views;
  const [name, setName] = useState('');
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') onName(name.trim());
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={words.save}>
      <form className={css.filter} onSubmit={save}>
        <Field label={words.name} help={words.nameHelp}>
          <Input value={name} onChange={setName} autoFocus maxLength={60} />
        </Field>
        <div className={css.filterFoot}>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button type="submit" kind="primary" disabled={name.trim() === ''}>
            {t.save.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

import { Autocomplete as Base } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { useWords } from '../words/language.tsx';
import { Icon } from './icons/Icon.tsx';
import type { IconName } from './icons/drawings.ts';
import css from './PaletteDialog.module.css';
import overlay from './overlays.module.css';

export interface PaletteEntry {
  id: string;
  icon: IconName;
  label: string;
  detail?: string;
}

export interface PaletteGroup {
  label: string;
  entries: PaletteEntry[];
}

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  groups: PaletteGroup[]; // already filtered
  typed: string;
  onType: (text: string) => void;
  onChoose: (entry: PaletteEntry) => void;
}

// One field that finds pages, items, records and actions.
export function PaletteDialog({ open, onOpenChange, groups, typed, onType, onChoose }: Props) {
  const { t } = useWords();
  const items = groups.map((group) => ({ value: group.label, items: group.entries }));
  return (
    <Dialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Dialog.Portal>
        <Dialog.Backdrop className={overlay.veil} />
        <Dialog.Popup className={css.popup} aria-label={t.palette.title}>
          <Base.Root
            open
            inline
            items={items}
            filter={null}
            autoHighlight="always"
            value={typed}
            onValueChange={onType}
            itemToStringValue={(entry: PaletteEntry) => entry.label}
          >
            <span className={css.field}>
              <Icon name="search" size={21} />
              <Base.Input className={css.input} placeholder={t.palette.placeholder} aria-label={t.palette.title} />
            </span>
            <Base.Empty className={overlay.empty}>{t.palette.nothing}</Base.Empty>
            <Base.List className={css.list}>
              {(group: { value: string; items: PaletteEntry[] }) => (
                <Base.Group key={group.value} items={group.items}>
                  <Base.GroupLabel className={overlay.group}>{group.value}</Base.GroupLabel>
                  <Base.Collection>
                    {(entry: PaletteEntry) => (
                      <Base.Item key={entry.id} value={entry} className={overlay.item} onClick={() => onChoose(entry)}>
                        <Icon name={entry.icon} />
                        {entry.detail && <b className={css.detail}>{entry.detail}</b>}
                        <span className={css.label}>{entry.label}</span>
                      </Base.Item>
                    )}
                  </Base.Collection>
                </Base.Group>
              )}
            </Base.List>
          </Base.Root>
          <p className={css.hint}>{t.palette.keys}</p>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

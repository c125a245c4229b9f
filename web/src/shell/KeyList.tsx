import { useState } from 'react';
import { Switch } from '../ui/controls.tsx';
import { Kbd } from '../ui/Chip.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { useWords } from '../words/language.tsx';
import { singleKeysOn, switchSingleKeys } from './keys.ts';
import css from './Palette.module.css';

export function KeyList({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useWords();
  const [off, setOff] = useState(!singleKeysOn());
  const keys: [string, string][] = [
    ['Ctrl K', t.keys.palette],
    ['/', t.keys.search],
    ['g h', t.keys.home],
    ['g s', t.keys.sheet],
    ['j', t.keys.down],
    ['k', t.keys.up],
    ['Enter', t.keys.open],
    ['x', t.keys.select],
    ['Shift J', t.keys.range],
    ['Ctrl A', t.keys.all],
    ['Esc', t.keys.none],
    ['g g', t.keys.gaps],
    ['e', t.keys.edit],
    ['Ctrl S', t.keys.save],
    ['?', t.keys.list],
  ];
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t.keys.title}>
      <dl className={css.keys}>
        {keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <Kbd>{key}</Kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <Switch
        label={t.keys.off}
        checked={off}
        onChange={(next) => {
          switchSingleKeys(!next);
          setOff(next);
        }}
      />
    </Dialog>
  );
}

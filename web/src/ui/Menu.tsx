import { Menu as Base } from '@base-ui/react/menu';
import type { ReactElement, ReactNode } from 'react';
import { Icon } from './icons/Icon.tsx';
import type { IconName } from './icons/drawings.ts';
import css from './overlays.module.css';

export type MenuEntry =
  | { kind: 'action'; label: string; onChoose: () => void; icon?: IconName; danger?: boolean; disabled?: boolean }
  | { kind: 'link'; label: string; href: string; icon?: IconName; download?: string }
  | { kind: 'choice'; label: string; chosen: boolean; onChoose: () => void; stays?: boolean } // stays: more may be chosen
  | { kind: 'heading'; label: string; entries: MenuEntry[] }
  | { kind: 'rule' };

function Entry({ entry }: { entry: MenuEntry }) {
  switch (entry.kind) {
    case 'action':
      return (
        <Base.Item className={css.item} onClick={entry.onChoose} disabled={entry.disabled ?? false} data-danger={entry.danger || undefined}>
          {entry.icon && <Icon name={entry.icon} />}
          {entry.label}
        </Base.Item>
      );
    case 'link':
      return (
        <Base.Item className={css.item} render={<a href={entry.href} download={entry.download} />}>
          {entry.icon && <Icon name={entry.icon} />}
          {entry.label}
        </Base.Item>
      );
    case 'choice':
      return (
        <Base.CheckboxItem className={css.item} checked={entry.chosen} onCheckedChange={entry.onChoose} closeOnClick={!entry.stays}>
          {entry.label}
          <Base.CheckboxItemIndicator className={css.check}>
            <Icon name="check" />
          </Base.CheckboxItemIndicator>
        </Base.CheckboxItem>
      );
    case 'heading':
      return (
        <Base.Group>
          <Base.GroupLabel className={css.group}>{entry.label}</Base.GroupLabel>
          {entry.entries.map((inner, at) => (
            <Entry key={at} entry={inner} />
          ))}
        </Base.Group>
      );
    case 'rule':
      return <Base.Separator className={css.rule} />;
  }
}

interface Props {
  trigger: ReactElement;
  entries: MenuEntry[];
  align?: 'start' | 'end';
  children?: ReactNode; // stands above the entries
}

export function Menu({ trigger, entries, align = 'end', children }: Props) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={css.above} sideOffset={6} align={align}>
          <Base.Popup className={css.float}>
            {children}
            {entries.map((entry, at) => (
              <Entry key={at} entry={entry} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

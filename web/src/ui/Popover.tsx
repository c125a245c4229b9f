import { Popover as Base } from '@base-ui/react/popover';
import { Tooltip as BaseTooltip } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';
import css from './overlays.module.css';

interface Props {
  trigger: ReactElement;
  title: string;
  children: ReactNode;
  open?: boolean; // when its owner closes it
  onOpenChange?: (open: boolean) => void;
}

export function Popover({ trigger, title, children, open, onOpenChange }: Props) {
  return (
    <Base.Root {...(open !== undefined && { open })} {...(onOpenChange && { onOpenChange: (next) => onOpenChange(next) })}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={css.above} sideOffset={6} align="start">
          <Base.Popup className={`${css.float} ${css.padded}`}>
            <Base.Title className={css.title}>{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

// Says more about what is under the pointer or has the focus; never the only place of a fact.
export function Tooltip({ text, children }: { text: ReactNode; children: ReactElement }) {
  return (
    <BaseTooltip.Root>
      <BaseTooltip.Trigger render={children} />
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner className={css.above} sideOffset={6}>
          <BaseTooltip.Popup className={css.tip}>{text}</BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  );
}

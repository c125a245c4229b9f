import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { useWords } from '../words/language.tsx';
import { IconButton } from './Button.tsx';
import css from './overlays.module.css';

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  children: ReactNode;
  foot?: ReactNode; // buttons
  wide?: boolean;
}

function Head({ title }: { title: string }) {
  const { t } = useWords();
  return (
    <div className={css.head}>
      <Base.Title className={css.title}>{title}</Base.Title>
      <Base.Close render={<IconButton icon="x" label={t.common.close} />} />
    </div>
  );
}

export function Dialog({ open, onOpenChange, title, children, foot, wide = false }: Props) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className={css.veil} />
        <Base.Popup className={css.dialog} data-wide={wide || undefined}>
          <Head title={title} />
          {children}
          {foot && <div className={css.foot}>{foot}</div>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

interface DrawerProps extends Omit<Props, 'foot' | 'wide'> {
  side?: 'right' | 'left';
}

// A panel at the side: a record beside its list, the navigation on a phone.
export function Drawer({ open, onOpenChange, title, children, side = 'right' }: DrawerProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className={css.veil} />
        <Base.Popup className={css.drawer} data-side={side}>
          <Head title={title} />
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

import { Button as Base } from '@base-ui/react/button';
import type { ComponentProps, ReactNode } from 'react';
import { Icon } from './icons/Icon.tsx';
import type { IconName } from './icons/drawings.ts';
import { Link } from './Link.tsx';
import css from './Button.module.css';

export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger';

interface Look {
  kind?: ButtonKind;
  size?: 'normal' | 'dense' | 'thumb'; // thumb: 48 px, for a phone
  icon?: IconName;
}

export function buttonClass({ kind = 'plain', size = 'normal' }: Look): string {
  return `${css.button} ${css[kind]} ${css[size]}`;
}

type ButtonProps = Look & Omit<ComponentProps<typeof Base>, 'className'>;

export function Button({ kind, size, icon, children, type = 'button', ...rest }: ButtonProps) {
  return (
    <Base {...rest} type={type} className={buttonClass({ ...(kind && { kind }), ...(size && { size }) })}>
      {icon && <Icon name={icon} />}
      {children}
    </Base>
  );
}

type IconButtonProps = Omit<ComponentProps<typeof Base>, 'className' | 'aria-label' | 'children'> & { icon: IconName; label: string };

// A button without a word: its name is its tooltip too.
export function IconButton({ icon, label, type = 'button', ...rest }: IconButtonProps) {
  return (
    <Base {...rest} type={type} className={css.icon} aria-label={label} title={label}>
      <Icon name={icon} />
    </Base>
  );
}

// A link that looks like a button because it is the next step.
export function ButtonLink({ href, children, icon, ...look }: Look & { href: string; children: ReactNode }) {
  return (
    <Link href={href} className={buttonClass(look)}>
      {icon && <Icon name={icon} />}
      {children}
    </Link>
  );
}

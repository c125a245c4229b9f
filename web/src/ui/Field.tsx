import { Field as Base } from '@base-ui/react/field';
import { type ComponentProps, type ReactNode, useState } from 'react';
import { useWords } from '../words/language.tsx';
import { IconButton } from './Button.tsx';
import { Icon } from './icons/Icon.tsx';
import css from './fields.module.css';

interface Props {
  label: string;
  help?: string | undefined;
  error?: string | null | undefined;
  required?: boolean;
  unit?: string | undefined;
  personal?: boolean; // reading it is recorded
  children: ReactNode; // the control
}

// Label above, help below, error below that. Required is marked, optional is not.
export function Field({ label, help, error, required = false, unit, personal = false, children }: Props) {
  const { t } = useWords();
  return (
    <Base.Root className={css.field} invalid={Boolean(error)}>
      <Base.Label className={css.label}>
        <span>
          {label}
          {unit && <span className={css.unit}>{t.form.unit(unit)}</span>}
        </span>
        {required && <span className={css.required}>{t.form.required}</span>}
        {personal && (
          <span className={css.private} title={t.form.personal}>
            <Icon name="shieldCheck" size={14} />
            <span className="hidden-text">{t.form.personal}</span>
          </span>
        )}
      </Base.Label>
      {children}
      {help && <Base.Description className={css.help}>{help}</Base.Description>}
      {error && (
        <Base.Error match className={css.error}>
          <Icon name="triangleAlert" size={15} />
          {error}
        </Base.Error>
      )}
    </Base.Root>
  );
}

type InputProps = Omit<ComponentProps<'input'>, 'className' | 'onChange' | 'value' | 'defaultValue'> & {
  value: string;
  onChange: (text: string) => void;
  short?: boolean;
};

export function Input({ onChange, short = false, ...rest }: InputProps) {
  return (
    <Base.Control {...rest} className={`${css.control} ${short ? css.short : ''}`} onChange={(event) => onChange(event.target.value)} />
  );
}

export function TextArea({ value, onChange, rows = 4 }: { value: string; onChange: (text: string) => void; rows?: number }) {
  return (
    <Base.Control
      render={<textarea rows={rows} />}
      className={css.control}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

// Paste is allowed; what was typed can be shown.
export function PasswordInput({
  value,
  onChange,
  autoComplete,
}: {
  value: string;
  onChange: (text: string) => void;
  autoComplete: 'current-password' | 'new-password';
}) {
  const { t } = useWords();
  const [seen, setSeen] = useState(false);
  return (
    <span style={{ display: 'flex', gap: 4 }}>
      <Input
        type={seen ? 'text' : 'password'}
        value={value}
        onChange={onChange}
        autoComplete={autoComplete}
        spellCheck={false}
        autoCapitalize="none"
        required
      />
      <IconButton icon={seen ? 'x' : 'eye'} label={seen ? t.form.hidePassword : t.form.showPassword} onClick={() => setSeen(!seen)} />
    </span>
  );
}

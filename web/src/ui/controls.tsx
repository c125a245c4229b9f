import { Checkbox as BaseCheckbox } from '@base-ui/react/checkbox';
import { NumberField as BaseNumber } from '@base-ui/react/number-field';
import { Progress as BaseProgress } from '@base-ui/react/progress';
import { Radio as BaseRadio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import { Select as BaseSelect } from '@base-ui/react/select';
import { Switch as BaseSwitch } from '@base-ui/react/switch';
import { useWords } from '../words/language.tsx';
import { Icon } from './icons/Icon.tsx';
import css from './fields.module.css';
import overlay from './overlays.module.css';

export interface Choice {
  value: string;
  label: string;
}

interface SelectProps {
  choices: Choice[];
  value: string | null;
  onChange: (value: string | null) => void;
  id?: string;
  label?: string; // when no Field stands around it
  optional?: boolean; // offers "none"
  invalid?: boolean;
}

export function Select({ choices, value, onChange, id, label, optional = false, invalid = false }: SelectProps) {
  const { t } = useWords();
  const items = [...(optional ? [{ value: null, label: t.form.none }] : []), ...choices];
  return (
    <BaseSelect.Root items={items} value={value} onValueChange={(next) => onChange(next)}>
      <BaseSelect.Trigger className={`${css.control} ${css.select}`} id={id} aria-label={label} aria-invalid={invalid || undefined}>
        <BaseSelect.Value>
          {(current: string | null) =>
            choices.find((choice) => choice.value === current)?.label ?? <span className={css.unset}>{t.form.choose}</span>
          }
        </BaseSelect.Value>
        <Icon name="chevronDown" />
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner className={overlay.above} sideOffset={4} alignItemWithTrigger={false}>
          <BaseSelect.Popup className={overlay.float}>
            {items.map((choice) => (
              <BaseSelect.Item key={choice.value ?? ''} value={choice.value} className={overlay.item}>
                <BaseSelect.ItemText>{choice.label}</BaseSelect.ItemText>
                <BaseSelect.ItemIndicator className={overlay.check}>
                  <Icon name="check" />
                </BaseSelect.ItemIndicator>
              </BaseSelect.Item>
            ))}
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  );
}

interface CheckProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  label: string;
  hideLabel?: boolean;
  partly?: boolean; // some of many
  disabled?: boolean;
}

export function Checkbox({ checked, onChange, label, hideLabel = false, partly = false, disabled = false }: CheckProps) {
  return (
    <label className={css.option}>
      <BaseCheckbox.Root
        className={css.box}
        checked={checked}
        indeterminate={partly}
        disabled={disabled}
        onCheckedChange={(next) => onChange(next)}
      >
        <BaseCheckbox.Indicator>{partly ? <span className={css.dash} /> : <Icon name="check" size={14} />}</BaseCheckbox.Indicator>
      </BaseCheckbox.Root>
      <span className={hideLabel ? 'hidden-text' : undefined}>{label}</span>
    </label>
  );
}

export function Switch({ checked, onChange, label, disabled = false }: Pick<CheckProps, 'checked' | 'onChange' | 'label' | 'disabled'>) {
  return (
    <label className={css.option}>
      <BaseSwitch.Root className={css.switch} checked={checked} disabled={disabled} onCheckedChange={(next) => onChange(next)}>
        <BaseSwitch.Thumb className={css.thumb} />
      </BaseSwitch.Root>
      <span>{label}</span>
    </label>
  );
}

interface RadioProps {
  choices: Choice[];
  value: string;
  onChange: (value: string) => void;
  labelledBy?: string;
  label?: string;
}

export function Radio({ choices, value, onChange, labelledBy, label }: RadioProps) {
  return (
    <RadioGroup
      className={css.options}
      value={value}
      onValueChange={(next) => onChange(String(next))}
      aria-labelledby={labelledBy}
      aria-label={label}
    >
      {choices.map((choice) => (
        <label key={choice.value} className={css.option}>
          <BaseRadio.Root value={choice.value} className={css.box} data-round>
            <BaseRadio.Indicator className={css.dot} />
          </BaseRadio.Root>
          <span>{choice.label}</span>
        </label>
      ))}
    </RadioGroup>
  );
}

interface NumberProps {
  value: number | null;
  onChange: (value: number | null) => void;
  id?: string;
  label?: string;
  min?: number;
  max?: number;
}

// For settings that count something; register fields take text, because people paste "１，２００".
export function NumberField({ value, onChange, id, label, min, max }: NumberProps) {
  return (
    <BaseNumber.Root
      value={value}
      onValueChange={(next) => onChange(next)}
      {...(id !== undefined && { id })}
      {...(min !== undefined && { min })}
      {...(max !== undefined && { max })}
    >
      <BaseNumber.Group className={css.number}>
        <BaseNumber.Input className={css.control} aria-label={label} />
      </BaseNumber.Group>
    </BaseNumber.Root>
  );
}

export function Progress({ value, max, label }: { value: number | null; max: number; label: string }) {
  const { f } = useWords();
  const share = value === null ? null : Math.min(100, max > 0 ? (100 * value) / max : 0);
  return (
    <BaseProgress.Root value={share} aria-valuetext={value === null ? label : `${f.number(value)} / ${f.number(max)}`}>
      <div className={css.progressLabel}>
        <BaseProgress.Label>{label}</BaseProgress.Label>
        {value !== null && (
          <span>
            {f.number(value)} / {f.number(max)}
          </span>
        )}
      </div>
      <BaseProgress.Track className={css.progress}>
        <BaseProgress.Indicator className={css.progressBar} />
      </BaseProgress.Track>
    </BaseProgress.Root>
  );
}

import { Tabs as Base } from '@base-ui/react/tabs';
import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup as BaseGroup } from '@base-ui/react/toggle-group';
import type { ReactNode } from 'react';
import css from './Tabs.module.css';

export interface Tab {
  value: string;
  label: string;
  content: ReactNode;
}

export function Tabs({ tabs, value, onChange }: { tabs: Tab[]; value: string; onChange: (value: string) => void }) {
  return (
    <Base.Root value={value} onValueChange={(next) => onChange(String(next))}>
      <Base.List className={css.list} data-noprint>
        {tabs.map((tab) => (
          <Base.Tab key={tab.value} value={tab.value} className={css.tab}>
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className={css.panel}>
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}

interface SegOption<T extends string> {
  value: T;
  label: ReactNode;
  lang?: string;
}

interface SegProps<T extends string> {
  options: readonly SegOption<T>[];
  value: T;
  onChange: (value: T) => void;
  label: string;
}

// One of a few, all visible: views of a list, the language.
export function Seg<T extends string>({ options, value, onChange, label }: SegProps<T>) {
  const choose = (next: T | undefined) => {
    if (next !== undefined) onChange(next); // pressing the chosen one again changes nothing
  };
  return (
    <BaseGroup<T> className={css.seg} value={[value]} onValueChange={(next) => choose(next[0])} aria-label={label}>
      {options.map((option) => (
        <Toggle key={option.value} value={option.value} className={css.option} lang={option.lang}>
          {option.label}
        </Toggle>
      ))}
    </BaseGroup>
  );
}

interface GroupProps<T extends string> extends Omit<SegProps<T>, 'value' | 'onChange'> {
  values: T[];
  onChange: (values: T[]) => void;
}

// Any number of a few.
export function ToggleGroup<T extends string>({ options, values, onChange, label }: GroupProps<T>) {
  return (
    <BaseGroup<T> multiple className={css.group} value={values} onValueChange={(next) => onChange([...next])} aria-label={label}>
      {options.map((option) => (
        <Toggle key={option.value} value={option.value} className={css.toggle} lang={option.lang}>
          {option.label}
        </Toggle>
      ))}
    </BaseGroup>
  );
}

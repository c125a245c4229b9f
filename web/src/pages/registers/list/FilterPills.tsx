import { type Register, useRecord } from '../../../api/registers.ts';
import { parseDay } from '../../../time/day.ts';
import { Button } from '../../../ui/Button.tsx';
import { Pill } from '../../../ui/Chip.tsx';
import type { RegisterField } from '../../../ui/fieldModel.ts';
import { useWords } from '../../../words/language.tsx';
import { useListWords } from '../../../words/lists.ts';
import { type Filter, readFilter, referred } from './filters.ts';
import css from './List.module.css';

interface Props {
  register: Register;
  filters: string[];
  onChange: (filters: string[]) => void;
}

// Every condition that is on, in words; each can be taken off.
export function FilterPills({ register, filters, onChange }: Props) {
  const words = useListWords().filter;
  const known = filters.flatMap((text) => {
    const filter = readFilter(text);
    return filter ? [{ text, filter, field: register.fields.find((one) => one.name === filter.field) }] : [];
  });
  if (known.length === 0) return null;
  return (
    <ul className={css.pills} aria-label={words.on}>
      {known.map(({ text, filter, field }) => (
        <li key={text}>
          <FilterPill field={field} filter={filter} onRemove={() => onChange(filters.filter((one) => one !== text))} />
        </li>
      ))}
      {known.length > 1 && (
        <li>
          <Button size="dense" kind="quiet" onClick={() => onChange([])}>
            {words.clear}
          </Button>
        </li>
      )}
    </ul>
  );
}

function FilterPill({ field, filter, onRemove }: { field: RegisterField | undefined; filter: Filter; onRemove: () => void }) {
  const words = useListWords().filter.pill;
  const value = useValueText(field, filter);
  const name = field?.label ?? filter.field;
  const isDay = field?.type === 'date';
  const say = () => {
    if (filter.operator === 'empty' || filter.operator === 'filled') return words[filter.operator](name);
    if (isDay && filter.operator === 'ge') return words.from(name, value);
    if (isDay && filter.operator === 'le') return words.to(name, value);
    return words[filter.operator](name, value);
  };
  return <Pill label={say()} onRemove={onRemove} />;
}

// A record by its title, a choice by its label, a day as days are written.
function useValueText(field: RegisterField | undefined, filter: Filter): string {
  const { t, f } = useWords();
  const target = referred(field, filter);
  const record = useRecord(target?.register ?? '', target?.id ?? null).data;
  if (target) return record?.title || record?.key || filter.value;
  if (field?.type === 'boolean') return filter.value === 'true' ? t.form.yes : t.form.no;
  const day = field?.type === 'date' ? parseDay(filter.value) : null;
  if (day) return f.dayOfYear(day);
  return field?.choices?.find((choice) => choice.value === filter.value)?.label ?? filter.value;
}

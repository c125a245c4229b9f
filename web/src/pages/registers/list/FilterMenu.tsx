import { type FormEvent, useState } from 'react';
import type { Register } from '../../../api/registers.ts';
import { Button } from '../../../ui/Button.tsx';
import { Select } from '../../../ui/controls.tsx';
import { Field } from '../../../ui/Field.tsx';
import { FieldFor } from '../../../ui/FieldFor.tsx';
import { type FieldValue, isEmpty, normalise, type RegisterField } from '../../../ui/fieldModel.ts';
import { Popover } from '../../../ui/Popover.tsx';
import { useListWords } from '../../../words/lists.ts';
import { useReferenceSearch } from '../RecordEditor.tsx';
import { type Condition, conditionsOf, type Filter, valueField } from './filters.ts';
import css from './List.module.css';

// A field, a condition that its type knows, and a value.
export function FilterMenu({ register, onAdd }: { register: Register; onAdd: (filters: Filter[]) => void }) {
  const words = useListWords().filter;
  const [open, setOpen] = useState(false);
  return (
    <Popover
      title={words.add}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="dense" icon="listFilter">
          {words.add}
        </Button>
      }
    >
      <FilterForm
        register={register}
        onAdd={(filters) => {
          setOpen(false);
          onAdd(filters);
        }}
      />
    </Popover>
  );
}

function writtenOf(field: RegisterField, value: FieldValue): string {
  if (value === null || Array.isArray(value)) return '';
  if (typeof value === 'object') return 'label' in value ? `#${value.id}` : '';
  return normalise(field.type, String(value)).trim();
}

function FilterForm({ register, onAdd }: { register: Register; onAdd: (filters: Filter[]) => void }) {
  const words = useListWords().filter;
  const [field, setField] = useState<RegisterField | null>(null);
  const [condition, setCondition] = useState<Condition>('eq');
  const [value, setValue] = useState<FieldValue>(null);
  const [until, setUntil] = useState<FieldValue>(null);
  const references = useReferenceSearch();
  const conditions = field ? conditionsOf(field.type) : [];
  const isBare = condition === 'empty' || condition === 'filled';
  const choose = (name: string | null) => {
    const next = register.fields.find((one) => one.name === name) ?? null;
    setField(next);
    setCondition((next && conditionsOf(next.type)[0]) ?? 'eq');
    setValue(null);
    setUntil(null);
  };
  const ready = field !== null && (isBare || !isEmpty(value) || (condition === 'between' && !isEmpty(until)));
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (!field || !ready) return;
    const one = (operator: Filter['operator'], typed: FieldValue) => ({ field: field.name, operator, value: writtenOf(field, typed) });
    if (condition !== 'between') return onAdd([one(condition, value)]);
    onAdd([...(isEmpty(value) ? [] : [one('ge', value)]), ...(isEmpty(until) ? [] : [one('le', until)])]);
  };
  const control = (label: string, typed: FieldValue, onChange: (next: FieldValue) => void) =>
    field && (
      <FieldFor key={`${field.name} ${label}`} field={valueField(field, label)} value={typed} onChange={onChange} references={references} />
    );
  return (
    <form className={css.filter} onSubmit={add}>
      <Field label={words.field}>
        <Select
          label={words.field}
          choices={register.fields.map((one) => ({ value: one.name, label: one.label }))}
          value={field?.name ?? null}
          onChange={choose}
        />
      </Field>
      {field && conditions.length > 1 && (
        <Field label={words.condition}>
          <Select
            label={words.condition}
            choices={conditions.map((one) => ({ value: one, label: words.conditions[one] }))}
            value={condition}
            onChange={(next) => setCondition(conditions.find((one) => one === next) ?? 'eq')}
          />
        </Field>
      )}
      {condition === 'between' ? (
        <>
          {control(words.from, value, setValue)}
          {control(words.to, until, setUntil)}
        </>
      ) : (
        !isBare && control(words.value, value, setValue)
      )}
      <div className={css.filterFoot}>
        <Button type="submit" kind="primary" disabled={!ready}>
          {words.apply}
        </Button>
      </div>
    </form>
  );
}

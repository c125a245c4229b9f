// Filters as the address and the API write them ("field:operator:value"), and which conditions a field knows.
import type { FieldType, RegisterField } from '../../../ui/fieldModel.ts';

export type Operator = 'contains' | 'eq' | 'ne' | 'ge' | 'le' | 'empty' | 'filled';
export type Condition = Operator | 'between'; // between: two filters, of a day

export interface Filter {
  field: string;
  operator: Operator;
  value: string;
}

const operators: readonly Operator[] = ['contains', 'eq', 'ne', 'ge', 'le', 'empty', 'filled'];

// null for what is no filter: addresses are typed by people.
export function readFilter(text: string): Filter | null {
  const [field, operator, ...rest] = text.split(':');
  const known = operators.find((one) => one === operator);
  return field && known ? { field, operator: known, value: rest.join(':') } : null;
}

export function writeFilter({ field, operator, value }: Filter): string {
  return operator === 'empty' || operator === 'filled' ? `${field}:${operator}` : `${field}:${operator}:${value}`;
}

const ends: Condition[] = ['empty', 'filled'];

export function conditionsOf(type: FieldType): Condition[] {
  switch (type) {
    case 'date':
      return ['between', ...ends];
    case 'choice':
    case 'reference':
    case 'person':
      return ['eq', 'ne', ...ends];
    case 'boolean':
      return ['eq', ...ends];
    case 'integer':
    case 'decimal':
    case 'money':
      return ['ge', 'le', 'eq', ...ends];
    case 'list':
      return ['contains', ...ends];
    case 'file':
    case 'sha256':
    case 'instant':
      return ends;
    case 'text':
    case 'long_text':
    case 'url':
    case 'mail':
    case 'mac_address':
      return ['contains', 'eq', ...ends];
  }
}

// The field as the value of a condition is typed: one member of a list, never required, without bounds.
export function valueField(field: RegisterField, label: string): RegisterField {
  const type = field.type === 'list' ? (field.of ?? 'text') : field.type;
  return {
    name: field.name,
    type: type === 'long_text' || type === 'url' || type === 'mail' ? 'text' : type,
    label,
    required: false,
    personal: false,
    ...(field.choices && { choices: field.choices }),
    ...(field.to && { to: field.to }),
    ...(field.unit && { unit: field.unit }),
  };
}

// A new filter; of the same field and operator it takes the old one's place.
export function withFilters(before: string[], added: Filter[]): string[] {
  const replaced = (text: string) => {
    const old = readFilter(text);
    return added.some((one) => one.field === old?.field && one.operator === old.operator);
  };
  return [...before.filter((text) => !replaced(text)), ...added.map(writeFilter)];
}

// "#12" refers to a record.
export function referred(field: RegisterField | undefined, filter: Filter): { register: string; id: string } | null {
  const type = field?.type === 'list' ? field.of : field?.type;
  const register = type === 'person' ? 'person' : type === 'reference' ? (field?.to ?? '') : '';
  return register !== '' && /^#\d+$/.test(filter.value) ? { register, id: filter.value.slice(1) } : null;
}

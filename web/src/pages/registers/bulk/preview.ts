// What a new value would change, before anything is sent.
import { type ApiRecord, formValue } from '../../../api/registers.ts';
import { type FieldValue, type RegisterField, sameValue } from '../../../ui/fieldModel.ts';
import type { Wording } from '../../../words/language.tsx';
import { textOf } from '../cells.tsx';

export interface Group {
  text: string; // the value of now; "" is empty
  count: number;
  same: boolean; // already what it shall be
}

// Records by their value of now, the largest group first.
export function groupsOf(field: RegisterField, records: ApiRecord[], next: FieldValue, wording: Wording): Group[] {
  const groups = new Map<string, Group>();
  for (const record of records) {
    const value = record.fields[field.name];
    const text = textOf(field, value, wording);
    const group = groups.get(text) ?? { text, count: 0, same: sameValue(formValue(field, value), next) };
    groups.set(text, { ...group, count: group.count + 1 });
  }
  return [...groups.values()].sort((a, b) => b.count - a.count);
}

export const changing = (groups: Group[]) => groups.reduce((sum, group) => sum + (group.same ? 0 : group.count), 0);

const unfit: ReadonlySet<RegisterField['type']> = new Set(['file']);

// Fields that many records may share: not the key, not what a file proves.
export function sharedFields(fields: RegisterField[], key: string[]): RegisterField[] {
  return fields.filter((field) => !key.includes(field.name) && !unfit.has(field.type));
}

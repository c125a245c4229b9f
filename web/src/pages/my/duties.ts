// What a task of the person asks: which card, which buttons. Pure.
import type { Schemas } from '../../api/addresses.ts';
import type { ApiDuty } from '../../api/personal.ts';
import { idIn, textIn } from '../../api/personal.ts';
import type { ApiRecord } from '../../api/registers.ts';
import type { Day } from '../../time/day.ts';
import type { IconName } from '../../ui/icons/drawings.ts';

export type DutyKind = 'document' | 'training' | 'device' | 'stocktake' | 'access' | 'record';

export interface Duty {
  key: string; // the same duty at the next answer
  kind: DutyKind;
  task: ApiDuty;
}

export const iconOf: Record<DutyKind, IconName> = {
  document: 'filePenLine',
  training: 'graduationCap',
  device: 'laptop',
  stocktake: 'laptop',
  access: 'users',
  record: 'table',
};

function kindOf({ check, subjectRegister }: ApiDuty): DutyKind {
  if (check.endsWith('-acknowledged')) return 'document';
  if (/train|course|briefed|drill/.test(check)) return 'training';
  if (check.includes('stocktaken')) return 'stocktake';
  if (/access|account|privileged/.test(check)) return 'access';
  return subjectRegister === 'device' ? 'device' : 'record';
}

// A document's duty stays one card while the rows of several checks name it.
function keyOf(task: ApiDuty): string {
  return kindOf(task) === 'document' ? `document/${task.subject}/${task.todo}` : `${task.check}/${task.subject}`;
}

export function dutiesOf(tasks: ApiDuty[]): Duty[] {
  const seen = new Map<string, Duty>();
  for (const task of tasks) {
    const key = keyOf(task);
    if (!seen.has(key)) seen.set(key, { key, kind: kindOf(task), task });
  }
  return [...seen.values()];
}

// The document that the task's sentence names: the longest name, so that 規程 does not stand for 入退室規程.
export function documentOf(task: ApiDuty, documents: ApiRecord[]): ApiRecord | null {
  const named = documents.filter((one) => task.todo.includes(`${textIn(one, 'name')} ${textIn(one, 'edition')}`));
  return named.sort((a, b) => textIn(b, 'name').length - textIn(a, 'name').length)[0] ?? null;
}

export function signature(person: number, document: ApiRecord, today: Day): Schemas['RecordFields']['fields'] {
  return {
    person: { id: person },
    document: { id: document.id },
    edition: textIn(document, 'edition'),
    acknowledged_on: today,
    method: 'click',
  };
}

export const isSubject = (record: ApiRecord, person: number): boolean => idIn(record, 'person') === person;

// Where the record can be seen and mended.
export function hrefOf(task: ApiDuty): string {
  if (task.subjectRegister !== '' && /^\d+$/.test(task.subject)) return `/registers/${task.subjectRegister}/${task.subject}`;
  return `/sheets/ipa-52/${task.items[0] ?? ''}`;
}

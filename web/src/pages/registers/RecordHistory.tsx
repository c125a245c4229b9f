import { useApi } from '../../api/client.tsx';
import { useRefresh } from '../../api/refresh.ts';
import { type ApiRecord, formValue, type RecordVersion, type Register, useRecordHistory } from '../../api/registers.ts';
import { Waiting } from '../../ui/Card.tsx';
import { Diff, type FieldChange } from '../../ui/Diff.tsx';
import { sameValue } from '../../ui/fieldModel.ts';
import { Timeline, type TimelineEntry } from '../../ui/Timeline.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { useWords, type Wording } from '../../words/language.tsx';
import { Trouble } from '../Trouble.tsx';
import { textOf } from './cells.tsx';
import { change, saveReceipt, storedValues } from './saving.ts';

function changedBetween(register: Register, before: ApiRecord | undefined, after: ApiRecord): string[] {
  return register.fields
    .filter((field) => !sameValue(formValue(field, before?.fields[field.name]), formValue(field, after.fields[field.name])))
    .map((field) => field.name);
}

function changesOf(register: Register, before: ApiRecord | undefined, after: ApiRecord, wording: Wording): FieldChange[] {
  const names = changedBetween(register, before, after);
  return register.fields
    .filter((field) => names.includes(field.name))
    .map((field) => ({
      field: field.label,
      before: textOf(field, before?.fields[field.name], wording) || null,
      after: textOf(field, after.fields[field.name], wording) || null,
    }));
}

// Every version: who, when, field by field. The newest can be undone: a new entry with the old values.
export function RecordHistory({ register, record }: { register: Register; record: ApiRecord }) {
  const wording = useWords();
  const { t } = wording;
  const api = useApi();
  const undo = useUndo(register, record);
  const { data, error } = useRecordHistory(register.name, String(record.id));
  if (error && !data) return <Trouble error={error} />;
  if (!data) return <Waiting height={200} label={t.common.loading} />;
  const entryOf = (version: RecordVersion, at: number): TimelineEntry => {
    const before = data[at - 1];
    const isNewest = at === data.length - 1;
    return {
      index: version.entry.index,
      at: version.entry.at,
      who: version.entry.by?.title ?? null,
      what: before ? t.register.changedThis : t.register.addedThis,
      details: before ? (
        <Diff changes={changesOf(register, before, version, wording)} />
      ) : (
        <p>{t.timeline.fields(changedBetween(register, undefined, version).length)}</p>
      ),
      ...(isNewest && { onReceipt: () => void saveReceipt(api, register.name, record.id) }),
      ...(isNewest && before && register.write !== 'none' && { onUndo: () => void undo(before, version) }),
    };
  };
  return <Timeline entries={data.map(entryOf).reverse()} />;
}

function useUndo(register: Register, record: ApiRecord): (before: ApiRecord, after: ApiRecord) => Promise<void> {
  const { t } = useWords();
  const api = useApi();
  const refresh = useRefresh();
  const say = useToast();
  return async (before, after) => {
    await change(api, register, record, changedBetween(register, before, after), storedValues(register, before));
    refresh(register.name);
    say({ title: t.register.restored });
  };
}

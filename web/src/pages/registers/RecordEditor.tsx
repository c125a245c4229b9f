import { useMemo, useState } from 'react';
import { useApi } from '../../api/client.tsx';
import { useDraft } from '../../api/draft.ts';
import { Problem } from '../../api/problem.ts';
import { useRefresh } from '../../api/refresh.ts';
import { type ApiRecord, type RecordVersion, type Register, useReferences } from '../../api/registers.ts';
import type { ConflictField } from '../../ui/Diff.tsx';
import type { References } from '../../ui/FieldFor.tsx';
import type { FieldValue } from '../../ui/fieldModel.ts';
import { RecordForm, type Values } from '../../ui/RecordForm.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { useWords } from '../../words/language.tsx';
import { useAttempt } from './useAttempt.ts';
import { useQuickCreate } from './useQuickCreate.tsx';
import { ConflictDialog } from './ConflictDialog.tsx';
import { change, changedNames, conflictsOf, create, saveReceipt, withLinks, type Written } from './saving.ts';

// Searches one register at a time: the one whose field has the focus.
export function useReferenceSearch(): References {
  const [asked, setAsked] = useState<{ register: string | null; q: string }>({ register: null, q: '' });
  const found = useReferences(asked.register, asked.q);
  return useMemo(
    () => ({ found: (register) => (register === asked.register ? found : []), search: (register, q) => setAsked({ register, q }) }),
    [asked.register, found],
  );
}

interface Props {
  register: Register;
  record: ApiRecord | null; // null: a new one
  initial?: Values; // of a new one: what is known already
  onCreated?: (written: Written) => void;
}

interface Conflicted {
  theirs: RecordVersion;
  fields: ConflictField[];
}

export function RecordEditor({ register, record, initial, onCreated }: Props) {
  const { t } = useWords();
  const api = useApi();
  const stored = useMemo(() => ({ ...withLinks(api, register, record), ...initial }), [api, register, record, initial]);
  const personal = useMemo(() => new Set(register.fields.filter((field) => field.personal).map((field) => field.name)), [register]);
  const draft = useDraft<FieldValue>({
    key: `${api.organisation}/${register.name}/${record?.id ?? 'new'}`,
    stored,
    version: record?.version ?? 0,
    personal,
  });
  const [references, creating] = useQuickCreate(useReferenceSearch());
  const saver = useSaver({ register, record, stored, values: draft.values, onDone: draft.clear, ...(onCreated && { onCreated }) });
  return (
    <>
      <RecordForm
        groups={[{ title: null, fields: register.fields }]}
        stored={record ? stored : {}}
        values={draft.values}
        onChange={draft.set}
        onSave={() => void saver.save()}
        onDiscard={draft.clear}
        saving={saver.busy}
        serverErrors={saver.problem?.byField() ?? {}}
        problem={saver.problem && { what: saver.problem.detail || t.errors.offline, reference: saver.problem.reference }}
        references={references}
      />
      {creating}
      {saver.conflict && <ConflictDialog {...saver.conflict} onCancel={saver.giveUp} onChoose={saver.resolve} />}
    </>
  );
}

interface SaverOptions {
  register: Register;
  record: ApiRecord | null;
  stored: Values;
  values: Values;
  onDone: () => void;
  onCreated?: (written: Written) => void;
}

function useSaver({ register, record, stored, values, onDone, onCreated }: SaverOptions) {
  const api = useApi();
  const wording = useWords();
  const refresh = useRefresh();
  const announce = useAnnounce(register);
  const { busy, problem, attempt } = useAttempt();
  const [conflict, setConflict] = useState<Conflicted | null>(null);
  const names = changedNames(register, stored, values);

  const finish = (written: Written) => {
    setConflict(null);
    onDone();
    refresh(register.name);
    announce(written);
    onCreated?.(written);
  };

  // Somebody was faster: what only they changed stays theirs; what both changed is asked.
  const meet = async (base: ApiRecord) => {
    const { versions } = await api.get('/registers/{register}/records/{id}/history', { in: { register: register.name, id: base.id } });
    const theirs = versions.at(-1);
    if (!theirs) return;
    const fields = conflictsOf(register, base, theirs, values, names, wording);
    if (fields.length === 0) finish(await change(api, register, theirs, names, values));
    else setConflict({ theirs, fields });
  };

  const save = () =>
    attempt(async () => {
      try {
        finish(record ? await change(api, register, record, names, values) : await create(api, register, values));
      } catch (error) {
        const beaten = error instanceof Problem && (error.kind === 'changed' || error.kind === 'conflict');
        if (!record || !beaten) throw error;
        await meet(record);
      }
    });

  const resolve = (chosen: ConflictField[]) => {
    const mine = names.filter((name) => !chosen.some((one) => one.name === name && one.choice === 'theirs'));
    void attempt(async () => {
      if (conflict) finish(await change(api, register, conflict.theirs, mine, values));
    });
  };
  return { busy, problem, conflict, save, resolve, giveUp: () => setConflict(null) };
}

// Says that it is recorded and offers the receipt.
function useAnnounce(register: Register): (written: Written) => void {
  const { t } = useWords();
  const api = useApi();
  const say = useToast();
  return (written) =>
    say({
      title: t.register.recorded,
      text: t.register.recordedText,
      action: { label: t.receipt.title, onPress: () => void saveReceipt(api, register.name, written.id) },
    });
}

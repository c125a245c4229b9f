import { useState } from 'react';
import { type ApiRecord, type Register, writtenValue } from '../../../api/registers.ts';
import { Button } from '../../../ui/Button.tsx';
import { Select } from '../../../ui/controls.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Field, TextArea } from '../../../ui/Field.tsx';
import { FieldFor } from '../../../ui/FieldFor.tsx';
import { checkField, type FieldValue, type RegisterField } from '../../../ui/fieldModel.ts';
import { ProblemBar } from '../../../ui/ProblemBar.tsx';
import { useWords } from '../../../words/language.tsx';
import { useListWords } from '../../../words/lists.ts';
import { textOfTyped } from '../cells.tsx';
import { useReferenceSearch } from '../RecordEditor.tsx';
import css from './Bulk.module.css';
import { changing, type Group, groupsOf, sharedFields } from './preview.ts';
import { Refusals } from './Refusals.tsx';
import { type Entries, useChanges } from './useBatch.ts';

export interface Done {
  what: string;
  entries: Entries | null; // none: nothing was written
}

interface Props {
  register: Register;
  records: ApiRecord[];
  onClose: () => void;
  onDone: (done: Done) => void;
}

// One field of many records: what it is now, what it becomes, for how many.
export function ChangeDialog({ register, records, onClose, onDone }: Props) {
  const wording = useWords();
  const { t, f } = wording;
  const words = useListWords().bulk;
  const fields = sharedFields(register.fields, register.key);
  const [field, setField] = useState<RegisterField | null>(null);
  const [value, setValue] = useState<FieldValue>(null);
  const references = useReferenceSearch();
  const { busy, problem, refused, change } = useChanges(register);
  const groups = field ? groupsOf(field, records, value, wording) : [];
  const wrong = field && checkField(field, value, t, f);
  const count = changing(groups);
  const go = async () => {
    if (!field) return;
    const report = await change(
      records.map((record) => record.id),
      { [field.name]: writtenValue(value) },
    );
    if (report) onDone({ what: words.done(f.number(report.changed)), entries: report.entries ?? null });
  };
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={words.title(f.number(records.length))}
      foot={
        <>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button kind="primary" disabled={busy || !field || Boolean(wrong) || count === 0} onClick={() => void go()}>
            {field && count === 0 ? words.nothing : words.go(f.number(count))}
          </Button>
        </>
      }
    >
      <div className={css.body}>
        {problem && <ProblemBar what={problem.detail || t.errors.offline} reference={problem.reference} />}
        {refused && <Refusals title={words.refused(f.number(refused.problemCount))} report={refused} register={register} />}
        <Field label={words.field}>
          <Select
            label={words.field}
            choices={fields.map((one) => ({ value: one.name, label: one.label }))}
            value={field?.name ?? null}
            onChange={(name) => {
              setField(fields.find((one) => one.name === name) ?? null);
              setValue(null);
            }}
          />
        </Field>
        {field && <FieldFor key={field.name} field={field} value={value} onChange={setValue} references={references} />}
        {field && !wrong && <Preview field={field} groups={groups} next={textOfTyped(field, value, wording)} />}
      </div>
    </Dialog>
  );
}

const shownGroups = 8;

function Preview({ field, groups, next }: { field: RegisterField; groups: Group[]; next: string }) {
  const { f } = useWords();
  const words = useListWords().bulk;
  const more = groups.length - shownGroups;
  return (
    <table className={css.preview}>
      <caption>
        {words.preview}: {field.label}
      </caption>
      <thead>
        <tr>
          <th scope="col">{words.now}</th>
          <th scope="col">{words.next}</th>
          <th scope="col">{words.records}</th>
        </tr>
      </thead>
      <tbody>
        {groups.slice(0, shownGroups).map((group) => (
          <tr key={group.text} data-same={group.same || undefined}>
            <td>{group.text || <span className={css.quiet}>{words.empty}</span>}</td>
            <td>
              {group.same ? <span className={css.quiet}>{words.same}</span> : next || <span className={css.quiet}>{words.empty}</span>}
            </td>
            <td>{f.number(group.count)}</td>
          </tr>
        ))}
        {more > 0 && (
          <tr>
            <td colSpan={3} className={css.quiet}>
              {words.others(f.number(more))}
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

const shownNames = 6;

export function RetireDialog({ register, records, onClose, onDone }: Props) {
  const { t, f } = useWords();
  const words = useListWords().bulk;
  const [reason, setReason] = useState('');
  const { busy, problem, refused, retire } = useChanges(register);
  const go = async () => {
    const report = await retire(
      records.map((record) => record.id),
      reason.trim(),
    );
    if (report) onDone({ what: words.retired(f.number(report.changed)), entries: report.entries ?? null });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.retireTitle(f.number(records.length))}
      foot={
        <>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button kind="danger" disabled={busy} onClick={() => void go()}>
            {words.retireGo(f.number(records.length))}
          </Button>
        </>
      }
    >
      <div className={css.body}>
        {problem && <ProblemBar what={problem.detail || t.errors.offline} reference={problem.reference} />}
        {refused && <Refusals title={words.refused(f.number(refused.problemCount))} report={refused} register={register} />}
        <p>{words.retireText}</p>
        <ul className={css.names}>
          {records.slice(0, shownNames).map((record) => (
            <li key={record.id}>{record.title || record.key}</li>
          ))}
          {records.length > shownNames && <li className={css.quiet}>{words.more(f.number(records.length - shownNames))}</li>}
        </ul>
        <Field label={words.reason}>
          <TextArea value={reason} onChange={setReason} rows={2} />
        </Field>
      </div>
    </Dialog>
  );
}

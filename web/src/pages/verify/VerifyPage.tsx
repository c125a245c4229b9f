import { type ChangeEvent, type DragEvent, useId, useRef, useState } from 'react';
import { useApi } from '../../api/client.tsx';
import { useLedger } from '../../api/queries.ts';
import { useReferences, useRegisters } from '../../api/registers.ts';
import { useSearchParameters, textParameter } from '../../shell/search.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { type Reference, ReferenceField } from '../../ui/Combobox.tsx';
import { Select } from '../../ui/controls.tsx';
import { Field, Input, TextArea } from '../../ui/Field.tsx';
import { ProblemBar } from '../../ui/ProblemBar.tsx';
import { ProofSteps } from '../../ui/ProofSteps.tsx';
import { useWords } from '../../words/language.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import { useSubmit } from '../signin/SignInForm.tsx';
import { type DisclosedField } from './disclosure.ts';
import { type Files, type Proven, verifyReceipt, waitingSteps } from './verification.ts';
import css from './Verify.module.css';

const parameters = { register: textParameter, record: textParameter };

// A receipt, checked in this browser: nothing is asked of the server once the files are here.
export function VerifyPage() {
  const { t } = useWords();
  const ledger = useLedger();
  const [ownKey, setOwnKey] = useState<string | null>(null);
  const [proven, setProven] = useState<Proven | null>(null);
  const [steps, setSteps] = useState(waitingSteps());
  const [ownWitnesses, setOwnWitnesses] = useState<string | null>(null);
  const key = ownKey ?? ledger.data?.key ?? '';
  const witnessKeys = ownWitnesses ?? ledger.data?.witnessKeys.join('\n') ?? '';
  const verify = async (files: Given) => {
    setSteps(waitingSteps());
    setProven(await verifyReceipt({ ...files, key, witnessKeys }, t, setSteps));
  };
  return (
    <div className={page.page}>
      <PageHead title={t.verify.title} sub={<span>{t.verify.note}</span>} />
      <div className={css.columns}>
        <div className={css.column}>
          <Dropped onFiles={verify} />
          <Picked onFiles={verify} />
          <Card>
            <Field label={t.verify.key} help={t.verify.keyHelp}>
              <Input value={key} onChange={setOwnKey} spellCheck={false} />
            </Field>
            <Field label={t.witness.keys} help={t.witness.keysHelp}>
              <TextArea value={witnessKeys} onChange={setOwnWitnesses} rows={2} />
            </Field>
          </Card>
        </div>
        <div className={css.column}>
          <Card>
            {proven && <Outcome proven={proven} />}
            <ProofSteps steps={steps} />
          </Card>
          {proven?.disclosure && <Recorded proven={proven} fields={proven.disclosure.fields} />}
          <details className={css.tools}>
            <summary>{t.proof.tools}</summary>
            <pre>{`maru ledger verify FILE.tlog-proof --key '${key}'\npython3 check-receipt.py FILE.tlog-proof FILE.json '${key}'`}</pre>
          </details>
        </div>
      </div>
    </div>
  );
}

type Given = Pick<Files, 'receipt' | 'record'>;
type OnFiles = (files: Given) => Promise<void>;

async function readFiles(list: Iterable<File>): Promise<Given> {
  const out = { receipt: '', record: '' };
  for (const file of list) {
    const text = await file.text();
    if (text.startsWith('{')) out.record = text;
    else out.receipt = text;
  }
  return out;
}

function Dropped({ onFiles }: { onFiles: OnFiles }) {
  const { t } = useWords();
  const [over, setOver] = useState(false);
  const [names, setNames] = useState<string[]>([]);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const take = (list: File[]) => {
    setNames(list.map((file) => file.name));
    void readFiles(list).then(onFiles);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take([...event.dataTransfer.files]);
  };
  const choose = (event: ChangeEvent<HTMLInputElement>) => take([...(event.target.files ?? [])]);
  return (
    <Card>
      <div
        className={css.drop}
        data-over={over || undefined}
        onDrop={drop}
        onDragLeave={() => setOver(false)}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
      >
        <label htmlFor={id}>{t.verify.drop}</label>
        <p className={css.help}>{names.length > 0 ? names.join('、') : t.verify.both}</p>
        <input ref={input} id={id} type="file" multiple hidden accept=".tlog-proof,.json" onChange={choose} />
        <Button icon="upload" onClick={() => input.current?.click()}>
          {t.form.chooseFile}
        </Button>
      </div>
    </Card>
  );
}

function Picked({ onFiles }: { onFiles: OnFiles }) {
  const { t } = useWords();
  const api = useApi();
  const { busy, problem, run } = useSubmit();
  const [{ register, record }, change] = useSearchParameters(parameters);
  const registers = useRegisters().data?.filter((one) => one.read !== 'none') ?? [];
  const [q, setQ] = useState('');
  const found = useReferences(register, q);
  const [chosen, setChosen] = useState<Reference | null>(null);
  const id = chosen?.id ?? record;
  const fetchReceipt = () =>
    run(async () => {
      const answer = await api.get('/registers/{register}/records/{id}/receipt', { in: { register: register ?? '', id: id ?? '' } });
      await onFiles({ receipt: answer.proof, record: answer.record });
    });
  return (
    <Card title={t.verify.orPick}>
      <div className={css.form}>
        {problem && <ProblemBar what={problem} />}
        <Field label={t.verify.register}>
          <Select
            choices={registers.map((one) => ({ value: one.name, label: one.label }))}
            value={register}
            label={t.verify.register}
            onChange={(next) => {
              setChosen(null);
              change({ register: next, record: null });
            }}
          />
        </Field>
        <Field label={t.verify.record}>
          <ReferenceField
            found={found}
            value={chosen ?? (record ? { id: record, label: `#${record}` } : null)}
            onChange={(next) => {
              setChosen(next);
              change({ record: next?.id ?? null });
            }}
            onSearch={setQ}
          />
        </Field>
        <Button kind="primary" disabled={busy || !register || !id} onClick={() => void fetchReceipt()}>
          {t.verify.fetch}
        </Button>
      </div>
    </Card>
  );
}

function Outcome({ proven }: { proven: Proven }) {
  const { t, f } = useWords();
  if (proven.ok === false)
    return (
      <p className={css.outcome} data-ok="no" role="alert">
        {t.proof.refuted}
      </p>
    );
  if (proven.ok === null) return <p className={css.outcome}>{t.verify.noWebCrypto}</p>;
  return (
    <p className={css.outcome} data-ok="yes" role="status">
      {proven.witnessedAt ? t.proof.verified(f.instant(proven.witnessedAt)) : t.witness.signedOnly}
    </p>
  );
}

function Recorded({ proven, fields }: { proven: Proven; fields: DisclosedField[] | null }) {
  const { t, f } = useWords();
  const head = proven.disclosure;
  if (!head) return null;
  return (
    <Card title={t.verify.what} note={`${head.register} ${head.record} · ${t.verify.entry(f.number(proven.index ?? 0))}`}>
      <dl className={css.fields}>
        {(fields ?? []).map((field) => (
          <div key={field.number}>
            <dt>
              {field.number} <code>{field.name}</code>
            </dt>
            <dd data-empty={field.value === undefined || undefined}>
              {field.value === undefined ? t.verify.withheld : JSON.stringify(field.value)}
            </dd>
          </div>
        ))}
        {fields === null && <p>{t.verify.erased}</p>}
      </dl>
      <p className={css.help}>
        {t.verify.nameNote} {t.verify.notLater}
      </p>
    </Card>
  );
}

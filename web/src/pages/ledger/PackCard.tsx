import { type FormEvent, useState } from 'react';
import { useApi } from '../../api/client.tsx';
import { useProgress } from '../../api/events.ts';
import { parseDay } from '../../time/day.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Progress } from '../../ui/controls.tsx';
import { Field, Input } from '../../ui/Field.tsx';
import { ProblemBar } from '../../ui/ProblemBar.tsx';
import { saveBlob } from '../../ui/saveFile.ts';
import { useWords } from '../../words/language.tsx';
import page from '../page.module.css';
import { useSubmit } from '../signin/SignInForm.tsx';
import css from './Ledger.module.css';

const sheet = 'ipa-52';

// A period's pack for auditors, made while one waits and saved.
export function PackCard() {
  const { t } = useWords();
  const api = useApi();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [job, setJob] = useState<string | null>(null);
  const [saved, setSaved] = useState<string | null>(null);
  const { busy, problem, run } = useSubmit();
  const progress = useProgress(busy ? job : null);
  const make = (event: FormEvent) => {
    event.preventDefault();
    const name = crypto.randomUUID();
    setJob(name);
    setSaved(null);
    void run(async () => {
      const query = { from: parseDay(from) ?? undefined, to: parseDay(to) ?? undefined, job: name };
      const pack = await api.file('/sheets/{sheet}/pack', { in: { sheet }, query });
      const file = [api.organisation, sheet, from, to].filter(Boolean).join('-') + '.zip';
      saveBlob(file, pack);
      setSaved(file);
    });
  };
  return (
    <Card title={t.ledger.pack}>
      <p>{t.ledger.packExplain}</p>
      <form className={page.form} onSubmit={make}>
        {problem && <ProblemBar what={problem} />}
        <div className={css.period}>
          <Field label={t.ledger.packFrom} help={t.ledger.packFromHelp}>
            <Input type="date" value={from} onChange={setFrom} short />
          </Field>
          <Field label={t.ledger.packTo} help={t.ledger.packToHelp}>
            <Input type="date" value={to} onChange={setTo} short />
          </Field>
        </div>
        {busy && <Progress label={t.ledger.packMaking} value={progress?.done ?? null} max={progress?.total ?? 0} />}
        {saved && !busy && <p role="status">{t.ledger.packMade(saved)}</p>}
        <div>
          <Button type="submit" icon="download" disabled={busy}>
            {t.ledger.packMake}
          </Button>
        </div>
      </form>
    </Card>
  );
}

import { type FormEvent, useState } from 'react';
import type { Schemas } from '../../api/addresses.ts';
import { useApi } from '../../api/client.tsx';
import { useForget } from '../../api/personal.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field, Input } from '../../ui/Field.tsx';
import { ProblemBar } from '../../ui/ProblemBar.tsx';
import { useWords } from '../../words/language.tsx';
import { useSubmit } from '../signin/SignInForm.tsx';
import page from '../page.module.css';
import css from './Account.module.css';

type Offer = Schemas['TotpOffer'];
type Step = 'enrol' | 'remove' | 'codes';

const plain = (code: string) => code.normalize('NFKC').replace(/\s/g, '');

export function SecondFactorCard({ enrolled, codesLeft }: { enrolled: boolean; codesLeft: number }) {
  const { t } = useWords();
  const api = useApi();
  const forget = useForget();
  const [offer, setOffer] = useState<Offer | null>(null);
  const [step, setStep] = useState<Step | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const { busy, problem, run } = useSubmit();
  const begin = () =>
    run(async () => {
      setOffer(await api.change('POST', '/me/totp', { in: {} }));
      setStep('enrol');
    });
  const confirmed = async (made: string[] | null) => {
    setStep(null);
    setOffer(null);
    setCodes(made);
    await forget('me');
  };
  return (
    <Card title={t.account.factor}>
      <div className={page.form}>
        {problem && <ProblemBar what={problem} />}
        <p>{enrolled ? t.account.factorOn : t.account.factorOff}</p>
        {enrolled && <p className={page.note}>{t.account.codesLeft(codesLeft)}</p>}
        <div className={page.buttons}>
          {!enrolled && (
            <Button kind="primary" disabled={busy} onClick={() => void begin()}>
              {t.account.factorBegin}
            </Button>
          )}
          {enrolled && <Button onClick={() => setStep('codes')}>{t.account.codesNew}</Button>}
          {enrolled && (
            <Button kind="quiet" onClick={() => setStep('remove')}>
              {t.account.factorRemove}
            </Button>
          )}
        </div>
      </div>
      {step && <CodeDialog step={step} offer={offer} onClose={() => setStep(null)} onDone={confirmed} />}
      {codes && <CodesDialog codes={codes} onClose={() => setCodes(null)} />}
    </Card>
  );
}

interface CodeProps {
  step: Step;
  offer: Offer | null;
  onClose: () => void;
  onDone: (codes: string[] | null) => Promise<void>;
}

const addressOf = { enrol: '/me/totp/confirm', remove: '/me/totp/remove', codes: '/me/recovery-codes' } as const;

function CodeDialog({ step, offer, onClose, onDone }: CodeProps) {
  const { t } = useWords();
  const api = useApi();
  const [code, setCode] = useState('');
  const { busy, problem, run } = useSubmit();
  const title = { enrol: t.account.factorBegin, remove: t.account.factorRemove, codes: t.account.codesNew }[step];
  const send = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      const answer = await api.change('POST', addressOf[step], { in: {}, body: { code: plain(code) } });
      await onDone(answer && 'recoveryCodes' in answer ? answer.recoveryCodes : null);
    });
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title}>
      <form className={page.form} onSubmit={send}>
        {problem && <ProblemBar what={problem} />}
        {offer && step === 'enrol' && <Qr offer={offer} />}
        <Field label={t.account.factorCode}>
          <Input value={code} onChange={setCode} autoComplete="one-time-code" inputMode="numeric" short autoFocus required />
        </Field>
        <Button type="submit" kind={step === 'remove' ? 'danger' : 'primary'} disabled={busy || code === ''}>
          {step === 'enrol' ? t.account.factorConfirm : title}
        </Button>
      </form>
    </Dialog>
  );
}

// The path of the code's dark squares, made by the server; white around it whatever the theme, or cameras cannot read it.
function Qr({ offer }: { offer: Offer }) {
  const { t } = useWords();
  const { size, path } = offer.qr;
  return (
    <>
      <p>{t.account.factorScan}</p>
      <svg className={css.qr} viewBox={`-4 -4 ${size + 8} ${size + 8}`} width="220" height="220" role="img" aria-label={t.account.qr}>
        <rect x="-4" y="-4" width={size + 8} height={size + 8} fill="#fff" />
        <path d={path} fill="#000" />
      </svg>
      <p className={page.note}>
        {t.account.factorSecret}: <code className={css.breakable}>{offer.secret}</code>
      </p>
    </>
  );
}

function CodesDialog({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard.writeText(codes.join('\n')).then(() => setCopied(true));
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t.account.codes}
      foot={
        <>
          <Button icon={copied ? 'check' : 'copy'} onClick={copy}>
            {copied ? t.account.copied : t.account.codesCopy}
          </Button>
          <Button kind="primary" onClick={onClose}>
            {t.account.saved}
          </Button>
        </>
      }
    >
      <p>{t.account.codesText}</p>
      <ul className={css.codes}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

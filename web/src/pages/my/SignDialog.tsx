import { useApi } from '../../api/client.tsx';
import { idIn, textIn, useRecords } from '../../api/personal.ts';
import { useRefresh } from '../../api/refresh.ts';
import type { ApiRecord } from '../../api/registers.ts';
import type { Day } from '../../time/day.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ProblemBar } from '../../ui/ProblemBar.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { useWords } from '../../words/language.tsx';
import { useSubmit } from '../signin/SignInForm.tsx';
import { signature } from './duties.ts';
import css from './My.module.css';

interface Props {
  document: ApiRecord;
  person: number;
  today: Day;
  onClose: () => void;
  onDone: () => void;
}

// The text, as far as it is kept here, and at its end what is signed. Scrolling is no proof of reading, so nothing waits for it.
export function SignDialog({ document, person, today, onClose, onDone }: Props) {
  const { t } = useWords();
  const api = useApi();
  const refresh = useRefresh();
  const toast = useToast();
  const { busy, problem, run } = useSubmit();
  const name = textIn(document, 'name');
  const edition = textIn(document, 'edition');
  const sign = () =>
    run(async () => {
      await api.change('POST', '/registers/{register}/records', {
        in: { register: 'acknowledgement' },
        body: { fields: signature(person, document, today) },
      });
      refresh('acknowledgement');
      toast({ title: t.my.signed, text: t.my.signTitle(name, edition) });
      onClose();
      onDone();
    });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t.my.signTitle(name, edition)}
      foot={
        <>
          <Button size="thumb" onClick={onClose}>
            {t.my.later}
          </Button>
          <Button size="thumb" kind="primary" disabled={busy} onClick={() => void sign()}>
            {t.my.signNow}
          </Button>
        </>
      }
    >
      {problem && <ProblemBar what={problem} />}
      <Text document={document} />
      <p className={css.signs}>{t.my.signs(name, edition)}</p>
    </Dialog>
  );
}

function Text({ document }: { document: ApiRecord }) {
  const { t } = useWords();
  const clauses = useRecords('clause', []).data?.filter((one) => idIn(one, 'document') === document.id) ?? [];
  if (clauses.length === 0) return <p className={css.note}>{t.my.noText}</p>;
  return (
    <ol className={css.text} lang="ja">
      {clauses.map((clause) => (
        <li key={clause.id}>
          <h3>{textIn(clause, 'name')}</h3>
          <p>{textIn(clause, 'body')}</p>
        </li>
      ))}
    </ol>
  );
}

import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ProblemBar } from '../../ui/ProblemBar.tsx';
import { useWords } from '../../words/language.tsx';
import { useSubmit } from '../signin/SignInForm.tsx';

// "Do you have it?" Two answers; "no" says first what to do when it is lost.
export function Stocktake({ first, onAnswer }: { first: boolean; onAnswer: (present: boolean) => Promise<void> }) {
  const { t } = useWords();
  const [asked, setAsked] = useState(false);
  const { busy, problem, run } = useSubmit();
  return (
    <>
      <Button size="thumb" kind={first ? 'primary' : 'plain'} disabled={busy} onClick={() => void run(() => onAnswer(true))}>
        {t.my.present}
      </Button>
      <Button size="thumb" kind="quiet" disabled={busy} onClick={() => setAsked(true)}>
        {t.my.absent}
      </Button>
      {problem && <ProblemBar what={problem} />}
      <Dialog
        open={asked}
        onOpenChange={setAsked}
        title={t.my.absentTitle}
        foot={
          <>
            <Button onClick={() => setAsked(false)}>{t.common.cancel}</Button>
            <Button kind="danger" disabled={busy} onClick={() => void run(() => onAnswer(false)).then(() => setAsked(false))}>
              {t.my.absentGo}
            </Button>
          </>
        }
      >
        <p>{t.my.absentText}</p>
      </Dialog>
    </>
  );
}

import { lazy, type ReactNode, Suspense } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { useApi, useSession } from '../api/client.tsx';
import { useMe } from '../api/queries.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { useWords } from '../words/language.tsx';

const SignInPage = lazy(() => import('../pages/signin/SignInPage.tsx').then((file) => ({ default: file.SignInPage })));
const SignInForm = lazy(() => import('../pages/signin/SignInForm.tsx').then((file) => ({ default: file.SignInForm })));
const ForgotPage = lazy(() => import('../pages/signin/ForgotPage.tsx').then((file) => ({ default: file.ForgotPage })));
const LinkPage = lazy(() => import('../pages/signin/LinkPage.tsx').then((file) => ({ default: file.LinkPage })));

// Who is signed in sees the pages. Who was, and is not any more, signs in over the page: what was typed stays.
export function SessionGate({ children }: { children: ReactNode }) {
  const [, navigate] = useLocation();
  return (
    <Suspense>
      <Switch>
        <Route path="/link">
          <LinkPage onDone={() => navigate('/')} />
        </Route>
        <Route path="/forgot">
          <ForgotPage />
        </Route>
        <Route path="/sign-out">
          <SignOut onDone={() => navigate('/')} />
        </Route>
        <Route>
          <Guarded>{children}</Guarded>
        </Route>
      </Switch>
    </Suspense>
  );
}

function Guarded({ children }: { children: ReactNode }) {
  const { t } = useWords();
  const { signedOut, signedIn } = useSession();
  const me = useMe();
  if (signedOut && !me.data) return <SignInPage />;
  return (
    <>
      {children}
      <Dialog open={signedOut} onOpenChange={() => undefined} title={t.errors.signedOut}>
        <p>{t.errors.signedOutTodo}</p>
        <Suspense>
          <SignInForm onDone={signedIn} />
        </Suspense>
      </Dialog>
    </>
  );
}

function SignOut({ onDone }: { onDone: () => void }) {
  const api = useApi();
  const { t } = useWords();
  const leave = () => void api.change('DELETE', '/session', { in: {} }).finally(() => location.assign(`/o/${api.organisation}/`));
  return (
    <main>
      <Dialog open onOpenChange={onDone} title={t.shell.signOut} foot={<SignOutButtons onLeave={leave} onStay={onDone} />}>
        <p>{t.shell.signOutText}</p>
      </Dialog>
    </main>
  );
}

function SignOutButtons({ onLeave, onStay }: { onLeave: () => void; onStay: () => void }) {
  const { t } = useWords();
  return (
    <>
      <Button onClick={onStay}>{t.common.cancel}</Button>
      <Button kind="primary" onClick={onLeave}>
        {t.shell.signOut}
      </Button>
    </>
  );
}

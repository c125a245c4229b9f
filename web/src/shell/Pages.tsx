import { type ReactNode, Suspense, useEffect } from 'react';
import { Route, Router, Switch, useLocation } from 'wouter';
import { useApi } from '../api/client.tsx';
import { useChanges } from '../api/events.ts';
import { useRequests } from '../api/personal.ts';
import { useMe, useTasks, useSheet } from '../api/queries.ts';
import { HomePage } from '../pages/home/HomePage.tsx';
import { SheetPage } from '../pages/sheet/SheetPage.tsx';
import { NotFound } from '../pages/Trouble.tsx';
import { Waiting } from '../ui/Card.tsx';
import { useWords } from '../words/language.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { baseOf } from './organisation.ts';
import {
  AccessRecordPage,
  AccountPage,
  ChangeRequestPage,
  ForecastPage,
  ImportPage,
  ItemPage,
  LedgerPage,
  MyPage,
  NewRequestPage,
  PeoplePage,
  RecordPage,
  RegisterPage,
  RegistersPage,
  RequestsPage,
  TasksPage,
  VerifyPage,
} from './pages.ts';
import { SessionGate } from './SessionGate.tsx';
import { isStaff } from './staff.ts';
import { Shell } from './Shell.tsx';

export function Pages() {
  const { organisation } = useApi();
  return (
    <Router base={baseOf(organisation)}>
      <SessionGate>
        <InShell>
          <Guarded>
            <Routes />
          </Guarded>
        </InShell>
      </SessionGate>
    </Router>
  );
}

function Guarded({ children }: { children: ReactNode }) {
  const [path] = useLocation();
  return <ErrorBoundary place={path}>{children}</ErrorBoundary>;
}

function InShell({ children }: { children: ReactNode }) {
  const me = useMe().data;
  const sheet = useSheet('ipa-52').data;
  const tasks = useTasks('me').data;
  const waiting = useRequests('to_approve', me !== undefined).data;
  useChanges();
  useTitles();
  const staff = isStaff(me);
  return (
    <Shell
      me={me ? { name: me.name, organisation: sheet?.organisation ?? '', staff } : null}
      counts={{
        gaps: sheet?.tally.gaps ?? 0,
        tasks: tasks?.tasks.length ?? 0,
        requests: waiting?.length ?? 0,
        mine: tasks?.tasks.length ?? 0,
      }}
    >
      {children}
    </Shell>
  );
}

// The tab says which page it is; a new page begins at its top, unless the address names a place in it.
function useTitles() {
  const [path] = useLocation();
  const { language } = useWords();
  useEffect(() => {
    if (!location.hash) window.scrollTo(0, 0);
    const timer = setTimeout(() => {
      const heading = document.querySelector('main h1')?.textContent;
      document.title = heading ? `${heading} – maru` : 'maru';
    }, 400);
    return () => clearTimeout(timer);
  }, [path, language]);
}

function Routes() {
  const { t } = useWords();
  return (
    <Suspense fallback={<Waiting height={480} label={t.common.loading} />}>
      <Switch>
        <Route path="/">
          <HomePage />
        </Route>
        <Route path="/sheets/:sheet">{({ sheet }) => <SheetPage sheet={sheet} />}</Route>
        <Route path="/sheets/:sheet/:item">{({ sheet, item }) => <ItemPage sheet={sheet} number={item} />}</Route>
        <Route path="/tasks">
          <TasksPage />
        </Route>
        <Route path="/requests">
          <RequestsPage id={null} />
        </Route>
        <Route path="/requests/new">
          <NewRequestPage />
        </Route>
        <Route path="/requests/:id/change">{({ id }) => <ChangeRequestPage id={id} />}</Route>
        <Route path="/requests/:id">{({ id }) => <RequestsPage id={id} />}</Route>
        <Route path="/forecast">
          <ForecastPage />
        </Route>
        <Route path="/registers">
          <RegistersPage />
        </Route>
        <Route path="/registers/:name">{({ name }) => <RegisterPage name={name} />}</Route>
        <Route path="/registers/:name/import">{({ name }) => <ImportPage name={name} />}</Route>
        <Route path="/registers/:name/:id">{({ name, id }) => <RecordPage key={`${name}/${id}`} name={name} id={id} />}</Route>
        <Route path="/ledger">
          <LedgerPage />
        </Route>
        <Route path="/me">
          <MyPage part="duties" />
        </Route>
        <Route path="/me/devices">
          <MyPage part="devices" />
        </Route>
        <Route path="/me/requests">
          <MyPage part="requests" />
        </Route>
        <Route path="/me/history">
          <MyPage part="history" />
        </Route>
        <Route path="/users">
          <PeoplePage />
        </Route>
        <Route path="/account">
          <AccountPage />
        </Route>
        <Route path="/access-record">
          <AccessRecordPage />
        </Route>
        <Route path="/verify">
          <VerifyPage />
        </Route>
        <Route>
          <NotFound />
        </Route>
      </Switch>
    </Suspense>
  );
}

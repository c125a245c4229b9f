// Pages and where they live. Home and sheet are in the first load; the others come when their link is near.
import { lazy } from 'react';

const item = () => import('../pages/item/ItemPage.tsx').then((file) => ({ default: file.ItemPage }));
const soon = () => import('../pages/SoonPage.tsx').then((file) => ({ default: file.SoonPage }));
const registers = () => import('../pages/registers/RegistersPage.tsx').then((file) => ({ default: file.RegistersPage }));
const register = () => import('../pages/registers/RegisterPage.tsx').then((file) => ({ default: file.RegisterPage }));
const importing = () => import('../pages/registers/import/ImportPage.tsx').then((file) => ({ default: file.ImportPage }));
const record = () => import('../pages/registers/RecordPage.tsx').then((file) => ({ default: file.RecordPage }));
const tasks = () => import('../pages/tasks/TasksPage.tsx').then((file) => ({ default: file.TasksPage }));
const forecast = () => import('../pages/forecast/ForecastPage.tsx').then((file) => ({ default: file.ForecastPage }));
const ledger = () => import('../pages/ledger/LedgerPage.tsx').then((file) => ({ default: file.LedgerPage }));

const my = () => import('../pages/my/MyPage.tsx').then((file) => ({ default: file.MyPage }));
const requests = () => import('../pages/requests/RequestsPage.tsx').then((file) => ({ default: file.RequestsPage }));
const newRequest = () => import('../pages/requests/NewRequestPage.tsx').then((file) => ({ default: file.NewRequestPage }));
const changeRequest = () => import('../pages/requests/NewRequestPage.tsx').then((file) => ({ default: file.ChangeRequestPage }));
const people = () => import('../pages/people/PeoplePage.tsx').then((file) => ({ default: file.PeoplePage }));
const account = () => import('../pages/account/AccountPage.tsx').then((file) => ({ default: file.AccountPage }));
const access = () => import('../pages/access/AccessRecordPage.tsx').then((file) => ({ default: file.AccessRecordPage }));
const verify = () => import('../pages/verify/VerifyPage.tsx').then((file) => ({ default: file.VerifyPage }));

export const ItemPage = lazy(item);
export const SoonPage = lazy(soon);
export const RegistersPage = lazy(registers);
export const RegisterPage = lazy(register);
export const ImportPage = lazy(importing);
export const RecordPage = lazy(record);
export const TasksPage = lazy(tasks);
export const ForecastPage = lazy(forecast);
export const LedgerPage = lazy(ledger);
export const MyPage = lazy(my);
export const RequestsPage = lazy(requests);
export const NewRequestPage = lazy(newRequest);
export const ChangeRequestPage = lazy(changeRequest);
export const PeoplePage = lazy(people);
export const AccountPage = lazy(account);
export const AccessRecordPage = lazy(access);
export const VerifyPage = lazy(verify);

const loaders: [RegExp, () => Promise<unknown>][] = [
  [/^\/sheets\/[^/]+\/[^/]+$/, item],
  [/^\/registers$/, registers],
  [/^\/registers\/[^/]+$/, register],
  [/^\/registers\/[^/]+\/import$/, importing],
  [/^\/registers\/[^/]+\/[^/]+$/, record],
  [/^\/tasks/, tasks],
  [/^\/forecast/, forecast],
  [/^\/ledger/, ledger],
  [/^\/me/, my],
  [/^\/requests\/new/, newRequest],
  [/^\/requests/, requests],
  [/^\/users/, people],
  [/^\/account/, account],
  [/^\/access-record/, access],
  [/^\/verify/, verify],
];

// Called when a link is under the pointer or has the focus.
export function prefetch(href: string): void {
  const found = loaders.find(([pattern]) => pattern.test(href));
  if (found) void found[1]();
}

// Pages and where they live. Home and sheet are in the first load; the others come when their link is near.
import { lazy } from 'react';

const item = () => import('../pages/item/ItemPage.tsx').then((file) => ({ default: file.ItemPage }));
const soon = () => import('../pages/SoonPage.tsx').then((file) => ({ default: file.SoonPage }));
const registers = () => import('../pages/registers/RegistersPage.tsx').then((file) => ({ default: file.RegistersPage }));
const register = () => import('../pages/registers/RegisterPage.tsx').then((file) => ({ default: file.RegisterPage }));
const record = () => import('../pages/registers/RecordPage.tsx').then((file) => ({ default: file.RecordPage }));
const tasks = () => import('../pages/tasks/TasksPage.tsx').then((file) => ({ default: file.TasksPage }));
const forecast = () => import('../pages/forecast/ForecastPage.tsx').then((file) => ({ default: file.ForecastPage }));
const ledger = () => import('../pages/ledger/LedgerPage.tsx').then((file) => ({ default: file.LedgerPage }));

export const ItemPage = lazy(item);
export const SoonPage = lazy(soon);
export const RegistersPage = lazy(registers);
export const RegisterPage = lazy(register);
export const RecordPage = lazy(record);
export const TasksPage = lazy(tasks);
export const ForecastPage = lazy(forecast);
export const LedgerPage = lazy(ledger);

const loaders: [RegExp, () => Promise<unknown>][] = [
  [/^\/sheets\/[^/]+\/[^/]+$/, item],
  [/^\/registers$/, registers],
  [/^\/registers\/[^/]+$/, register],
  [/^\/registers\/[^/]+\/[^/]+$/, record],
  [/^\/tasks/, tasks],
  [/^\/forecast/, forecast],
  [/^\/ledger/, ledger],
];

// Called when a link is under the pointer or has the focus.
export function prefetch(href: string): void {
  const found = loaders.find(([pattern]) => pattern.test(href));
  if (found) void found[1]();
}

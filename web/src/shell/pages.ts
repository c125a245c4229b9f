// Pages and where they live. Home and sheet are in the first load; the others come when their link is near.
import { lazy } from 'react';

const item = () => import('../pages/item/ItemPage.tsx').then((file) => ({ default: file.ItemPage }));
const soon = () => import('../pages/SoonPage.tsx').then((file) => ({ default: file.SoonPage }));

export const ItemPage = lazy(item);
export const SoonPage = lazy(soon);

const loaders: [RegExp, () => Promise<unknown>][] = [[/^\/sheets\/[^/]+\/[^/]+$/, item]];

// Called when a link is under the pointer or has the focus.
export function prefetch(href: string): void {
  const found = loaders.find(([pattern]) => pattern.test(href));
  if (found) void found[1]();
}

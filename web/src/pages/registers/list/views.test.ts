import { expect, it } from 'vitest';
import { keyOf, readViews, withView } from './views.ts';

const view = (name: string) => ({ name, q: null, sort: '-name', filter: ['note:empty'], columns: ['name'] });

it('reads back saved views and forgets what cannot be read', () => {
  expect(readViews(JSON.stringify([view('備考なし'), { name: 3 }, null]))).toEqual([view('備考なし')]);
  expect(readViews('{')).toEqual([]);
  expect(readViews(null)).toEqual([]);
});

it('keeps one view of a name', () => {
  const views = withView(withView([], view('b')), view('a'));
  expect(withView(views, { ...view('b'), q: '新' }).map((one) => [one.name, one.q])).toEqual([
    ['a', null],
    ['b', '新'],
  ]);
});

it('keeps users of one browser apart', () => {
  const place = { organisation: 'midori', register: 'asset' };
  expect(keyOf({ ...place, user: 1 })).not.toBe(keyOf({ ...place, user: 2 }));
});

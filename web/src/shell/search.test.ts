import { expect, it } from 'vitest';
import { day } from '../time/day.ts';
import { organisationOf } from './organisation.ts';
import { dayParameter, indexParameter, oneOf, readSearch, writeSearch } from './search.ts';

const shape = { on: dayParameter, known: indexParameter, view: oneOf(['all', 'gaps']) };

it('reads what fits and leaves out what does not', () => {
  expect(readSearch(shape, 'on=2026-07-26&known=48213&view=gaps')).toEqual({ on: day('2026-07-26'), known: 48213, view: 'gaps' });
  expect(readSearch(shape, 'on=2026-02-30&known=-1&view=<script>')).toEqual({ on: null, known: null, view: null });
  expect(readSearch(shape, '')).toEqual({ on: null, known: null, view: null });
});

it('changes only what it was asked to', () => {
  expect(writeSearch('?utm=1&on=2026-07-26', { on: '2026-07-27' })).toBe('?utm=1&on=2026-07-27');
  expect(writeSearch('?on=2026-07-26', { on: null })).toBe('');
});

it('takes the organisation from the address', () => {
  expect(organisationOf('/o/midori/sheets/ipa-52')).toBe('midori');
  expect(organisationOf('/o/midori')).toBe('midori');
  expect(organisationOf('/o/../etc')).toBeNull();
  expect(organisationOf('/o/midori%2f')).toBeNull();
  expect(organisationOf('/')).toBeNull();
});

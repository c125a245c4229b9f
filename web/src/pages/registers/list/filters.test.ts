import { expect, it } from 'vitest';
import type { FieldType } from '../../../ui/fieldModel.ts';
import { conditionsOf, readFilter, referred, valueField, withFilters, writeFilter } from './filters.ts';

const field = (type: FieldType, more = {}) => ({ name: 'x', type, label: 'X', required: true, personal: false, ...more });

it('reads back what it writes, also values with colons', () => {
  for (const text of ['name:contains:a:b', 'held_on:ge:2026-01-01', 'owner:eq:#12', 'note:empty'])
    expect(writeFilter(readFilter(text) ?? { field: '', operator: 'eq', value: '' })).toBe(text);
});

it('takes no filter from an address that somebody cut', () => {
  expect(['', 'name', 'name:like:x', ':eq:1'].map(readFilter)).toEqual([null, null, null, null]);
});

it('replaces a condition of the same kind and keeps the others', () => {
  const before = ['held_on:ge:2026-01-01', 'held_on:le:2026-12-31', 'note:empty'];
  expect(withFilters(before, [{ field: 'held_on', operator: 'ge', value: '2026-04-01' }])).toEqual([
    'held_on:le:2026-12-31',
    'note:empty',
    'held_on:ge:2026-04-01',
  ]);
});

it('offers what the server can do with a type', () => {
  expect(conditionsOf('date')).toEqual(['between', 'empty', 'filled']);
  expect(conditionsOf('list')).toEqual(['contains', 'empty', 'filled']);
  expect(valueField(field('list', { of: 'person' }), '値').type).toBe('person');
});

it('knows which record a reference means', () => {
  expect(referred(field('person'), { field: 'x', operator: 'eq', value: '#12' })).toEqual({ register: 'person', id: '12' });
  expect(referred(field('reference', { to: 'device' }), { field: 'x', operator: 'eq', value: 'MD-1' })).toBeNull();
  expect(referred(field('text'), { field: 'x', operator: 'eq', value: '#12' })).toBeNull();
});

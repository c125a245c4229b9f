import { expect, it } from 'vitest';
import type { RegisterField } from '../ui/fieldModel.ts';
import { formValue, writtenValue } from './registers.ts';

const field = (type: RegisterField['type']): RegisterField => ({ name: 'a', type, label: 'あ', required: false, personal: false });

it('takes values into a form and gives them back as the API reads them', () => {
  const owner = { id: 4, key: 'E004', title: '山本 大輔' };
  expect(formValue(field('person'), owner)).toEqual({ id: '4', label: '山本 大輔', detail: 'E004' });
  expect(writtenValue(formValue(field('person'), owner))).toEqual({ id: 4 });
  expect(writtenValue(formValue(field('list'), [owner]))).toEqual([{ id: 4 }]);
  expect(writtenValue(formValue(field('list'), ['a', 'b']))).toEqual(['a', 'b']);
  expect(formValue(field('integer'), 3)).toBe('3');
  expect(formValue(field('boolean'), false)).toBe(false);
});

it('empties a field with null, never with an empty text', () => {
  expect(formValue(field('text'), null)).toBeNull();
  expect(writtenValue('')).toBeNull();
  expect(writtenValue(null)).toBeNull();
  expect(writtenValue([])).toEqual([]);
});

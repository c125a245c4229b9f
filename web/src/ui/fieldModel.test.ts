import { expect, it } from 'vitest';
import { formatsOf } from '../words/formats.ts';
import { ja } from '../words/ja.ts';
import { checkField, type FieldValue, normalise, type RegisterField, sameValue } from './fieldModel.ts';

const field = (over: Partial<RegisterField>): RegisterField => ({
  name: 'a',
  type: 'text',
  label: 'あ',
  required: false,
  personal: false,
  ...over,
});
const check = (over: Partial<RegisterField>, value: FieldValue) => checkField(field(over), value, ja, formatsOf('ja'));

it('asks only for what is required', () => {
  expect(check({}, '')).toBeNull();
  expect(check({ required: true }, '')).toBe('入力してください');
  expect(check({ required: true, type: 'list' }, [])).toBe('入力してください');
  expect(check({ required: true, type: 'boolean' }, false)).toBeNull();
});

it('takes numbers as people write them', () => {
  expect(check({ type: 'integer' }, '１，２００')).toBeNull();
  expect(check({ type: 'money' }, '¥1,200,000')).toBeNull();
  expect(check({ type: 'money' }, '120万円')).toBe('数で入力してください');
  expect(check({ type: 'integer', min: '1', max: '3' }, '4')).toBe('3 以下で入力してください');
  expect(check({ type: 'decimal' }, '7.5')).toBeNull();
  expect(check({ type: 'integer' }, '7.5')).toBe('数で入力してください');
});

it('compares days with the bounds of the field', () => {
  expect(check({ type: 'date' }, '2026-02-30')).toBe('日付で入力してください');
  expect(check({ type: 'date', max: '2026-11-23' }, '2026-11-24')).toBe('2026年11月23日 以下で入力してください');
});

it('counts characters, not code units', () => {
  expect(check({ maxLength: 2 }, '𠮷野')).toBeNull();
  expect(check({ maxLength: 2 }, '𠮷野家')).toBe('2 文字までです');
});

it('normalises codes and never names', () => {
  expect(normalise('mac_address', ' ＡＢ：１２ ')).toBe('AB:12');
  expect(normalise('text', 'ﾃｽﾄ①')).toBe('ﾃｽﾄ①');
});

it('sees no change between the ways of being empty', () => {
  expect(sameValue('', null)).toBe(true);
  expect(sameValue([], null)).toBe(true);
  expect(sameValue('a', 'b')).toBe(false);
  expect(sameValue([{ id: '1', label: 'x' }], [{ id: '1', label: 'x' }])).toBe(true);
});

import { expect, it } from 'vitest';
import type { ApiRecord } from '../../../api/registers.ts';
import { formatsOf } from '../../../words/formats.ts';
import { ja } from '../../../words/ja.ts';
import { textOfTyped } from '../cells.tsx';
import { changing, groupsOf, sharedFields } from './preview.ts';

const wording = { t: ja, f: formatsOf('ja'), language: 'ja' as const };
const choices = [
  { value: 'in_use', label: '使用中' },
  { value: 'disposed', label: '廃棄済み' },
];
const state = { name: 'state', type: 'choice' as const, label: '状態', required: true, personal: false, choices };
const record = (id: number, value: string | null): ApiRecord => ({
  id,
  version: 1,
  index: id,
  key: `A-${id}`,
  title: '',
  fields: { state: value },
});

it('shows how many records have which value now, and leaves out those that have the new one already', () => {
  const records = [record(1, 'in_use'), record(2, 'in_use'), record(3, 'disposed'), record(4, null)];
  const groups = groupsOf(state, records, 'disposed', wording);
  expect(groups).toEqual([
    { text: '使用中', count: 2, same: false },
    { text: '廃棄済み', count: 1, same: true },
    { text: '', count: 1, same: false },
  ]);
  expect(changing(groups)).toBe(3);
});

it('says values in words and offers neither keys nor files', () => {
  expect(textOfTyped(state, 'disposed', wording)).toBe('廃棄済み');
  expect(textOfTyped({ ...state, type: 'person' }, { id: '3', label: '田中 恵' }, wording)).toBe('田中 恵');
  const fields = [{ ...state, name: 'code' }, state, { ...state, name: 'proof', type: 'file' as const }];
  expect(sharedFields(fields, ['code']).map((field) => field.name)).toEqual(['state']);
});

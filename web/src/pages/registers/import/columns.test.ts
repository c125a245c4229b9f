import { expect, it } from 'vitest';
import type { Register } from '../../../api/registers.ts';
import { columnsParameter, firstMapping, formatOf, isUsable, problemsOf, templateOf } from './columns.ts';

const field = (name: string, label: string, required = false) => ({ name, type: 'text' as const, label, required, personal: false });
const register: Register = {
  name: 'asset',
  number: 7,
  label: '情報資産',
  help: '',
  key: ['code'],
  title: 'name',
  subject: '',
  read: 'all',
  write: 'all',
  fields: [field('note', '備考'), field('name', '名称', true), field('code', '管理番号', true), { ...field('file', '証跡'), type: 'file' }],
};

it('takes fields from the headings, and what somebody chose for a heading before', () => {
  const columns = [
    { heading: '管理番号', field: 'code', cells: [] },
    { heading: '品名', field: null, cells: [] },
    { heading: '備考', field: 'note', cells: [] },
  ];
  const chosen = new Map<string, string | null>([
    ['品名', 'name'],
    ['備考', null],
  ]);
  expect(firstMapping(columns, new Map())).toEqual(['code', null, 'note']);
  expect(firstMapping(columns, chosen)).toEqual(['code', 'name', null]);
  expect(columnsParameter(['code', null, 'note'])).toBe('code,,note');
});

it('refuses two columns for one field and a file that cannot tell records apart', () => {
  expect(problemsOf(register, ['code', 'name', 'name'])).toEqual({ twice: ['name'], noKey: [], missing: [] });
  expect(problemsOf(register, ['name', null])).toEqual({ twice: [], noKey: ['code'], missing: [] });
  expect(isUsable(problemsOf(register, ['id', 'note']))).toBe(true);
});

it('warns when required fields are not there: records can be changed, not added', () => {
  const problems = problemsOf(register, ['code', 'note']);
  expect(problems.missing).toEqual(['name']);
  expect(isUsable(problems)).toBe(true);
});

it('makes a template with the key first, without fields that only hold files', () => {
  expect(templateOf(register)).toBe('\uFEFF管理番号,名称,備考\r\n');
});

it('tells formats by the name of the file', () => {
  expect(['a.XLSX', 'b.tsv', 'c.csv', 'd'].map(formatOf)).toEqual(['xlsx', 'tsv', 'csv', 'csv']);
});

import { expect, it } from 'vitest';
import type { Api } from '../../api/client.tsx';
import type { ApiRecord, Register } from '../../api/registers.ts';
import { formatsOf } from '../../words/formats.ts';
import { ja } from '../../words/ja.ts';
import { change, changedNames, conflictsOf, create, storedValues } from './saving.ts';

const field = (name: string, label: string) => ({ name, type: 'text' as const, label, required: false, personal: false });
const register: Register = {
  name: 'asset',
  number: 7,
  subject: '',
  label: '情報資産',
  help: '',
  key: ['code'],
  title: 'name',
  read: 'all',
  write: 'all',
  fields: [field('code', '管理番号'), field('name', '名称'), { ...field('evidence', '証跡'), type: 'file' }],
};
const record = (fields: ApiRecord['fields'], version = 3): ApiRecord => ({ id: 7, version, index: 9, key: 'A-1', title: 'x', fields });
const wording = { t: ja, f: formatsOf('ja'), language: 'ja' as const };

function recorder(): { api: Api; sent: unknown[][] } {
  const sent: unknown[][] = [];
  const api = {
    change: (verb: string, address: string, what: { file?: File }) => {
      if (what.file) return Promise.resolve({ sha256: `sha-of-${what.file.name}` });
      sent.push([verb, address, what]);
      return Promise.resolve({ id: 7, version: 4, index: 10 });
    },
  } as unknown as Api;
  return { api, sent };
}

it('sends only what changed, on the version that was read', async () => {
  const { api, sent } = recorder();
  const stored = storedValues(register, record({ code: 'A-1', name: '本番DB' }));
  const values = { ...stored, name: '本番データベース' };
  await change(api, register, { id: 7, version: 3 }, changedNames(register, stored, values), values);
  const body = { fields: { name: '本番データベース' } };
  const sentOnce = { in: { register: 'asset', id: 7 }, body, headers: { 'If-Match': '"v3"' } };
  expect(sent).toEqual([['PATCH', '/registers/{register}/records/{id}', sentOnce]]);
});

it('uploads a file before the record that names it', async () => {
  const { api, sent } = recorder();
  await create(api, register, {
    code: 'A-2',
    name: '',
    evidence: { name: 'a.pdf', size: 1, file: new File(['x'], 'a.pdf'), sha256: null },
  });
  const body = { fields: { code: 'A-2', evidence: 'sha-of-a.pdf' } };
  expect(sent).toEqual([['POST', '/registers/{register}/records', { in: { register: 'asset' }, body }]]);
});

it('sees a conflict only where both changed a field to something else', () => {
  const base = record({ code: 'A-1', name: '前' });
  const mine = { code: 'A-9', name: '自分' };
  expect(
    conflictsOf(register, base, record({ code: 'A-1', name: '相手' }, 4), mine, ['code', 'name'], wording).map((one) => [
      one.name,
      one.yours,
      one.theirs,
      one.base,
    ]),
  ).toEqual([['name', '自分', '相手', '前']]);
  expect(conflictsOf(register, base, record({ code: 'A-1', name: '自分' }, 4), mine, ['code', 'name'], wording)).toEqual([]);
});

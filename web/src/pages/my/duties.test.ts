import { describe, expect, it } from 'vitest';
import type { ApiDuty } from '../../api/personal.ts';
import type { ApiRecord } from '../../api/registers.ts';
import { day } from '../../time/day.ts';
import { documentOf, dutiesOf, hrefOf, signature } from './duties.ts';

const task = (more: Partial<ApiDuty>): ApiDuty => ({
  dueOn: day('2026-11-23'),
  overdue: false,
  owner: null,
  title: '',
  subjectRegister: 'person',
  subject: '8',
  label: '中村 翔太',
  todo: '入退室規程 第2版 を読み、確認を記録してください。',
  items: [12],
  minutes: 15,
  check: 'rule-acknowledged',
  state: 'expired',
  sentence: '',
  ...more,
});
const document = (id: number, name: string, edition: string): ApiRecord => ({
  id,
  version: 1,
  index: 1,
  key: '',
  title: name,
  fields: { name, edition },
});

describe('duties', () => {
  it('shows a document once, though several items ask for it', () => {
    const found = dutiesOf([task({ items: [12] }), task({ items: [13] }), task({ check: 'yearly-training' })]);
    expect(found.map((one) => one.kind)).toEqual(['document', 'training']);
  });
  it('finds the edition that is named, not a shorter name in it', () => {
    const documents = [document(1, '規程', '第2版'), document(2, '入退室規程', '第2版'), document(3, '入退室規程', '第1版')];
    expect(documentOf(task({}), documents)?.id).toBe(2);
    expect(documentOf(task({ todo: '年次研修を受けてください。' }), documents)).toBeNull();
  });
  it('signs the edition that was read', () => {
    expect(signature(8, document(2, '入退室規程', '第2版'), day('2026-11-23'))).toEqual({
      person: { id: 8 },
      document: { id: 2 },
      edition: '第2版',
      acknowledged_on: '2026-11-23',
      method: 'click',
    });
  });
  it('leads to the record, or to the item', () => {
    expect(hrefOf(task({}))).toBe('/registers/person/8');
    expect(hrefOf(task({ subject: 'x|y' }))).toBe('/sheets/ipa-52/12');
  });
});

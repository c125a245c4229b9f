import { useState } from 'react';
import { ReferenceField, type Reference } from '../ui/Combobox.tsx';
import { Checkbox, NumberField, Progress, Radio, Select, Switch } from '../ui/controls.tsx';
import { Conflict, type ConflictField, Diff } from '../ui/Diff.tsx';
import { Field, PasswordInput } from '../ui/Field.tsx';
import type { RegisterField } from '../ui/fieldModel.ts';
import { RecordForm, type Values } from '../ui/RecordForm.tsx';
import { Part } from './Gallery.tsx';

const base = { required: false, personal: false };
const fields: RegisterField[] = [
  { ...base, name: 'code', type: 'text', label: '管理番号', help: '変えると、この番号を使う記録にも表れます。', required: true },
  { ...base, name: 'name', type: 'text', label: '情報資産名称', required: true, maxLength: 20 },
  { ...base, name: 'owner', type: 'person', label: '管理責任者', required: true, personal: true },
  {
    ...base,
    name: 'medium',
    type: 'choice',
    label: '媒体・保存先',
    required: true,
    choices: [
      { value: 'paper', label: '書類' },
      { value: 'cloud', label: '社外サーバー（クラウド）' },
    ],
  },
  { ...base, name: 'departments', type: 'list', of: 'reference', to: 'department', label: '許可された部署' },
  {
    ...base,
    name: 'kinds',
    type: 'list',
    of: 'choice',
    label: '種別',
    choices: [
      { value: 'a', label: '個人情報' },
      { value: 'b', label: '営業秘密' },
    ],
  },
  { ...base, name: 'confidentiality', type: 'integer', label: '機密性', min: '1', max: '3', unit: '段階' },
  { ...base, name: 'backup', type: 'boolean', label: 'バックアップ対象' },
  { ...base, name: 'confirmed', type: 'date', label: '確認日' },
  { ...base, name: 'links', type: 'list', of: 'text', label: '保存先の住所' },
  { ...base, name: 'evidence', type: 'file', label: '証跡' },
  { ...base, name: 'note', type: 'long_text', label: '備考' },
];
const stored: Values = {
  code: 'A-001',
  name: '本番データベース',
  medium: 'cloud',
  owner: { id: '4', label: '山本 大輔' },
  departments: [
    { id: '1', label: '開発部' },
    { id: '2', label: 'インフラ運用部' },
  ],
  confidentiality: '3',
  backup: true,
  confirmed: '2026-09-27',
  kinds: ['a'],
};
const people: Reference[] = [
  { id: '4', label: '山本 大輔', detail: 'インフラ運用部' },
  { id: '5', label: '田中 恵', detail: '経理' },
];

export function FormSection() {
  const [values, setValues] = useState<Values>({ ...stored, name: '', confidentiality: '5' });
  return (
    <>
      <Part name="RecordForm, FieldFor, SaveBar">
        <RecordForm
          groups={[
            { title: '基本', fields: fields.slice(0, 7) },
            { title: '保存と確認', fields: fields.slice(7) },
          ]}
          stored={stored}
          values={values}
          onChange={(name, value) => setValues((before) => ({ ...before, [name]: value }))}
          onSave={() => undefined}
          onDiscard={() => setValues(stored)}
          saving={false}
          serverErrors={{ code: '管理番号 A-001 はほかの記録で使われています' }}
          problem={{ what: '保存できませんでした', todo: '印のある項目を直してください', reference: '7F3A-21' }}
          references={{ found: () => people, search: () => undefined, creator: () => () => undefined }}
        />
      </Part>
      <Controls />
      <Differences />
    </>
  );
}

function Controls() {
  const [on, setOn] = useState(true);
  const [choice, setChoice] = useState<string | null>(null);
  const [radio, setRadio] = useState('a');
  const [count, setCount] = useState<number | null>(90);
  const [person, setPerson] = useState<Reference | null>(null);
  const [password, setPassword] = useState('');
  return (
    <Part name="Select, Combobox, Checkbox, Switch, Radio, NumberField, Progress">
      <Field label="状態" help="今の状態です">
        <Select
          choices={[
            { value: 'a', label: '使用中' },
            { value: 'b', label: '保管' },
          ]}
          value={choice}
          onChange={setChoice}
          optional
        />
      </Field>
      <Field label="担当">
        <ReferenceField found={people} onSearch={() => undefined} value={person} onChange={setPerson} />
      </Field>
      <Field label="パスワード" error="12 文字以上にしてください">
        <PasswordInput value={password} onChange={setPassword} autoComplete="new-password" />
      </Field>
      <Field label="日数">
        <NumberField value={count} onChange={setCount} min={1} max={365} />
      </Field>
      <Checkbox label="1 文字のキー操作を使わない" checked={on} onChange={setOn} />
      <Checkbox label="一部を選択" checked={false} partly onChange={setOn} />
      <Switch label="公開する" checked={on} onChange={setOn} />
      <Radio
        label="種類"
        choices={[
          { value: 'a', label: '手元にあります' },
          { value: 'b', label: '手元にない' },
        ]}
        value={radio}
        onChange={setRadio}
      />
      <Progress value={412} max={1200} label="取り込んでいます" />
      <Progress value={null} max={1} label="準備しています" />
    </Part>
  );
}

const conflicts: ConflictField[] = [
  { name: 'name', field: '名称', base: '本番DB', yours: '本番データベース', theirs: '本番DB（東京）', choice: 'yours' },
  { name: 'until', field: '保存期限', base: '', yours: '2027-03-31', theirs: '', choice: 'theirs' },
];

function Differences() {
  const [chosen, setChosen] = useState(conflicts);
  return (
    <Part name="Diff, Conflict">
      <Diff
        changes={[
          { field: '管理責任者', before: '田中 恵', after: '山本 大輔' },
          { field: '保存期限', before: null, after: '2027年3月31日' },
        ]}
      />
      <Diff changes={[]} />
      <Conflict
        fields={chosen}
        onChoose={(name, choice) => setChosen((before) => before.map((one) => (one.name === name ? { ...one, choice } : one)))}
      />
    </Part>
  );
}

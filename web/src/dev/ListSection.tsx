import { useCallback, useState } from 'react';
import type { RowState } from '../model.ts';
import { day } from '../time/day.ts';
import { Button, ButtonLink, IconButton } from '../ui/Button.tsx';
import { Card, EmptyState, Waiting } from '../ui/Card.tsx';
import { Badge, Chip, Kbd, Pill, Tag } from '../ui/Chip.tsx';
import { Mark } from '../ui/Mark.tsx';
import { type CheckRow, RowTable } from '../ui/RowTable.tsx';
import { Seg, Tabs, ToggleGroup } from '../ui/Tabs.tsx';
import { type GridColumn, VirtualGrid } from '../ui/VirtualGrid.tsx';
import { Part } from './Gallery.tsx';
import css from './Gallery.module.css';

const states: readonly RowState[] = ['missing', 'expired', 'unknown', 'due', 'exempt', 'satisfied'];

const rows: CheckRow[] = [
  {
    id: '1',
    state: 'missing',
    subject: '会計クラウド',
    href: '#1',
    reason: 'アクセス権の見直しが一度も記録されていません',
    owner: '田中 恵 経理',
    until: null,
    action: (
      <Button kind="primary" size="dense">
        見直しを記録する
      </Button>
    ),
  },
  {
    id: '2',
    state: 'expired',
    subject: '勤怠管理',
    reason: '前回の見直し（8月12日）から 90 日を過ぎました',
    owner: '小林 誠 総務',
    until: day('2026-11-10'),
    action: <Button size="dense">見直しを記録する</Button>,
  },
  {
    id: '3',
    state: 'unknown',
    subject: '監視サーバー',
    reason: '3 日間、この機器から報告がありません。○とは数えません',
    owner: null,
    until: null,
    action: <Button size="dense">接続を確かめる</Button>,
  },
  {
    id: '4',
    state: 'exempt',
    subject: '旧受注システム',
    reason: '2027年3月31日まで例外です。社長が承認しました',
    owner: '佐藤 結衣 営業',
    until: day('2027-03-31'),
    action: (
      <ButtonLink kind="quiet" size="dense" href="#">
        例外を見る
      </ButtonLink>
    ),
  },
  {
    id: '5',
    state: 'due',
    subject: '顧客管理',
    reason: 'アクセス権 12 件をすべて確認しました',
    owner: '佐藤 結衣 営業',
    until: day('2027-01-03'),
    action: null,
  },
  {
    id: '6',
    state: 'satisfied',
    subject: 'メール',
    reason: 'アクセス権 57 件をすべて確認しました',
    owner: '青木 涼 IT',
    until: 'forever',
    action: null,
  },
];

export function ListSection() {
  return (
    <>
      <Small />
      <Views />
      <Part name="RowTable">
        <Card title="アクセス権の見直しが期限内" note="access.review_current" aside="3 / 8" flush>
          <RowTable title="アクセス権の見直し" rows={rows} satisfiedCount={1} />
        </Card>
        <Card title="多い" flush>
          <RowTable title="多い" rows={rows.slice(0, 2)} satisfiedCount={52} />
        </Card>
        <Card title="空" flush>
          <RowTable title="空" rows={[]} satisfiedCount={0} />
        </Card>
      </Part>
      <Part name="VirtualGrid: 100,000 rows">
        <Grid />
      </Part>
      <Part name="Card, EmptyState, Waiting">
        <Card title="情報資産管理台帳" note="0 件" flush>
          <EmptyState
            title="まだ台帳が空です"
            text="CSV を取り込むか、1 件追加すると、関係する項目の判定が始まります。"
            action={
              <Button kind="primary" icon="upload">
                取り込む
              </Button>
            }
          />
        </Card>
        <Waiting height={80} label="読み込み中" />
      </Part>
    </>
  );
}

function Small() {
  return (
    <>
      <Part name="Chip, Tag, Pill, Badge, Kbd" row>
        {states.map((state) => (
          <Chip key={state} state={state} />
        ))}
        <Tag>公開</Tag>
        <Tag weight="bold">秘</Tag>
        <Tag weight="strong">極秘</Tag>
        <Pill label="区分: 極秘" onRemove={() => undefined} />
        <Pill label="自分の担当" onPress={() => undefined} />
        <Badge count={4} />
        <Badge count={12} alarm label="ずれ 12 件" />
        <Kbd>Ctrl K</Kbd>
      </Part>
      <Part name="Button" row>
        <Button kind="primary">保存する</Button>
        <Button>やめる</Button>
        <Button kind="quiet">詳しく</Button>
        <Button kind="danger">失効させる</Button>
        <Button kind="primary" icon="plus">
          追加
        </Button>
        <Button icon="upload" size="dense">
          取り込む
        </Button>
        <Button kind="primary" disabled>
          保存する
        </Button>
        <Button disabled>やめる</Button>
        <IconButton icon="chevronLeft" label="前へ" />
        <IconButton icon="x" label="閉じる" disabled />
      </Part>
    </>
  );
}

function Views() {
  const [view, setView] = useState<'all' | 'work' | 'gaps'>('all');
  const [kinds, setKinds] = useState<string[]>(['mail']);
  const [tab, setTab] = useState('record');
  return (
    <Part name="Seg, ToggleGroup, Tabs">
      <div className={css.row}>
        <Seg
          label="表示"
          value={view}
          onChange={setView}
          options={[
            { value: 'all', label: 'すべて' },
            { value: 'work', label: '要対応' },
            { value: 'gaps', label: 'ずれだけ' },
          ]}
        />
        <ToggleGroup
          label="通知"
          values={kinds}
          onChange={setKinds}
          options={[
            { value: 'mail', label: 'メール' },
            { value: 'chat', label: 'チャット' },
          ]}
        />
      </div>
      <Tabs
        value={tab}
        onChange={setTab}
        tabs={[
          { value: 'record', label: '記録', content: '記録の内容' },
          { value: 'history', label: '履歴', content: '履歴の内容' },
        ]}
      />
    </Part>
  );
}

interface Asset {
  id: string;
  name: string;
  class: string;
}

const columns: GridColumn<Asset>[] = [
  {
    name: 'state',
    label: '状態',
    width: '64px',
    cell: (asset) => <Mark of={Number(asset.id) % 8 === 0 ? 'none' : 'full'} size={15} named inked />,
  },
  { name: 'code', label: '管理番号', width: '120px', cell: (asset) => `A-${asset.id.padStart(6, '0')}`, sortable: true },
  { name: 'name', label: '名称', width: 'minmax(160px, 2fr)', cell: (asset) => <b>{asset.name}</b>, sortable: true },
  {
    name: 'class',
    label: '区分',
    width: '110px',
    cell: (asset) => <Tag weight={asset.class === '極秘' ? 'strong' : 'plain'}>{asset.class}</Tag>,
  },
];

function Grid() {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(['2']));
  const rowAt = useCallback(
    (index: number) =>
      index > 5 && index < 8
        ? undefined
        : { id: String(index + 1), name: `顧客名簿 2015年度 第${index + 1}号`, class: index % 4 === 0 ? '極秘' : '公開' },
    [],
  );
  const toggle = (assets: Asset[]) => {
    const keys = assets.map((asset) => asset.id);
    setSelected((before) => new Set([...before, ...keys].filter((key) => !(before.has(key) && keys.includes(key)))));
  };
  return (
    <div className={css.list}>
      <VirtualGrid
        label="情報資産"
        columns={columns}
        count={100_000}
        rowAt={rowAt}
        keyOf={(asset) => asset.id}
        onRange={useCallback(() => undefined, [])}
        onOpen={() => undefined}
        sorting={{ column: 'code', down: false }}
        onSort={() => undefined}
        selected={selected}
        onSelect={toggle}
      />
    </div>
  );
}

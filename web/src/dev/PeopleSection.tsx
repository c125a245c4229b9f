import { addDays } from '../time/day.ts';
import { Button } from '../ui/Button.tsx';
import { Diff } from '../ui/Diff.tsx';
import { DutyCard } from '../ui/DutyCard.tsx';
import { ProblemBar } from '../ui/ProblemBar.tsx';
import { type ProofStep, ProofSteps } from '../ui/ProofSteps.tsx';
import { Receipt } from '../ui/Receipt.tsx';
import { Timeline } from '../ui/Timeline.tsx';
import { Part } from './Gallery.tsx';
import { today } from './made.ts';
import css from './Gallery.module.css';

const hash = 'faBoZuYbc3zNog8aIiNFVvgWtwy8Z2PkV3xMkKSq0A';
const path = ['a1', 'b2', 'c3', 'd4', 'e5'].map((start, at) => ({ left: at % 2 === 0, hash: start + hash }));
const fine: ProofStep[] = [
  { name: 'content', state: 'fine', detail: 'e950b3f6…1611' },
  { name: 'path', state: 'fine', path },
  { name: 'root', state: 'fine' },
  { name: 'signature', state: 'fine' },
  { name: 'witnesses', state: 'running' },
  { name: 'timestamp', state: 'waiting' },
];
const failed: ProofStep[] = [
  { name: 'content', state: 'fine' },
  { name: 'path', state: 'fine', path: path.slice(0, 3) },
  { name: 'root', state: 'failed', expected: hash, actual: `x${hash}` },
  { name: 'timestamp', state: 'skipped' },
];

export function PeopleSection() {
  return (
    <>
      <Part name="DutyCard">
        <div className={css.phone}>
          <DutyCard
            icon="filePenLine"
            kind="文書"
            title="情報セキュリティ方針 第4版"
            why="前の版から 2 か所変わりました"
            minutes={3}
            due={today}
            today={today}
          >
            <Button kind="primary" size="thumb">
              読んで署名する
            </Button>
          </DutyCard>
          <DutyCard
            icon="laptop"
            kind="機器の棚卸"
            title="ノートPC「MD-0217」は手元にありますか？"
            why="裏面のラベル MD-0217 を見てください"
            minutes={1}
            due={addDays(today, 4)}
            today={today}
          >
            <Button size="thumb">手元にあります</Button>
            <Button kind="quiet" size="thumb">
              手元にない
            </Button>
          </DutyCard>
          <DutyCard
            icon="graduationCap"
            kind="研修"
            title="標的型メールの見分け方"
            why="動画 4 分、確認問題 5 問"
            minutes={8}
            due={addDays(today, -3)}
            today={today}
            done
          >
            {null}
          </DutyCard>
        </div>
      </Part>
      <Part name="ProblemBar">
        <ProblemBar what="保存できませんでした" todo="もう一度試してください" reference="7F3A-21" onRetry={() => undefined} />
        <ProblemBar what="接続が切れました。入力した内容は残っています" tone="notice" onClose={() => undefined} />
      </Part>
      <Part name="Timeline">
        <Timeline
          entries={[
            {
              index: 48213,
              at: '2026-11-23T00:15:00Z',
              who: '小林 誠',
              what: '管理責任者を変えました',
              details: <Diff changes={[{ field: '管理責任者', before: '田中 恵', after: '山本 大輔' }]} />,
              onReceipt: () => undefined,
              onUndo: () => undefined,
            },
            { index: 47001, at: '2026-10-02T03:00:00Z', who: null, what: '取り込みました', onReceipt: () => undefined },
          ]}
        />
      </Part>
      <Part name="Receipt, ProofSteps">
        <Receipt index={48213} at="2026-11-23T00:15:00Z" leaf={hash} root={hash} onSave={() => undefined} />
        <ProofSteps steps={fine} />
        <ProofSteps steps={failed} />
      </Part>
    </>
  );
}

import type { MarkKind } from '../model.ts';
import { useWords } from '../words/language.tsx';
import { VerdictTile } from './Mark.tsx';
import css from './ProofSteps.module.css';

export type ProofStepName = 'content' | 'path' | 'root' | 'signature' | 'witnesses' | 'timestamp';
export type ProofState = 'waiting' | 'running' | 'fine' | 'failed' | 'skipped';

export interface ProofStep {
  name: ProofStepName;
  state: ProofState;
  detail?: string; // what was computed, for whoever wants to follow
  expected?: string; // of a failed step
  actual?: string;
  path?: { left: boolean; hash: string }[]; // of the audit path, from leaf to root
}

const markOf: Record<ProofState, MarkKind> = {
  waiting: 'not_applicable',
  running: 'unknown',
  fine: 'full',
  failed: 'none',
  skipped: 'not_applicable',
};

// Steps of a verification, one below the other as they are done; a failed one shows the two values that differ.
export function ProofSteps({ steps }: { steps: ProofStep[] }) {
  const { t } = useWords();
  return (
    <ol className={css.steps}>
      {steps.map((step) => (
        <li key={step.name} className={css.step} data-state={step.state}>
          <VerdictTile of={markOf[step.state]} box={28} drawn={step.state === 'fine'} />
          <div className={css.body}>
            <p>
              <b>{t.proof.steps[step.name]}</b> <span className={css.state}>{t.proof[step.state]}</span>
            </p>
            {step.detail && <code className={css.detail}>{step.detail}</code>}
            {step.path && <AuditPath path={step.path} />}
            {step.state === 'failed' && <Difference step={step} />}
          </div>
        </li>
      ))}
    </ol>
  );
}

function Difference({ step }: { step: ProofStep }) {
  const { t } = useWords();
  return (
    <dl className={css.difference}>
      <div>
        <dt>{t.proof.expected}</dt>
        <dd>
          <code>{step.expected ?? '–'}</code>
        </dd>
      </div>
      <div>
        <dt>{t.proof.actual}</dt>
        <dd>
          <code>{step.actual ?? '–'}</code>
        </dd>
      </div>
    </dl>
  );
}

const across = 22;
const down = 14;

// The path through the tree: in ink what was computed, in grey the neighbours that were given.
function AuditPath({ path }: { path: { left: boolean; hash: string }[] }) {
  const width = (path.length + 1) * across;
  const y = (at: number) => 8 + (path.length - at) * down;
  return (
    <svg
      className={css.path}
      width={width}
      height={(path.length + 1) * down + 4}
      viewBox={`0 0 ${width} ${(path.length + 1) * down + 4}`}
      aria-hidden="true"
    >
      {path.map((node, at) => {
        const x = 8 + at * across;
        return (
          <g key={at}>
            <path d={`M${x} ${y(at)}L${x + across} ${y(at + 1)}`} className={css.own} />
            <path d={`M${x + across + 8} ${y(at)}L${x + across} ${y(at + 1)}`} className={css.given} />
            <rect x={x + across + 5} y={y(at) - 3} width="6" height="6" className={css.neighbour}>
              <title>{node.hash}</title>
            </rect>
            <circle cx={x} cy={y(at)} r="3.4" className={css.node} />
          </g>
        );
      })}
      <circle cx={8 + path.length * across} cy={y(path.length)} r="4.4" className={css.node} />
    </svg>
  );
}

import { useListWords } from '../../../words/lists.ts';
import css from './Import.module.css';
import type { Step } from './useImport.ts';

const steps: readonly Step[] = ['file', 'columns', 'check', 'done'];

export function StepList({ at }: { at: Step }) {
  const words = useListWords().imports;
  const current = steps.indexOf(at);
  return (
    <ol className={css.steps}>
      {steps.map((step, index) => (
        <li key={step} className={css.step} aria-current={step === at ? 'step' : undefined} data-past={index < current || undefined}>
          <span className={css.stepNumber} aria-hidden="true">
            {index + 1}
          </span>
          {words.steps[step]}
        </li>
      ))}
    </ol>
  );
}

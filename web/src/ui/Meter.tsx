import { useWords } from '../words/language.tsx';
import css from './Meter.module.css';

interface Props {
  good: number;
  total: number;
  bar?: boolean;
  width?: number;
}

// x / y, always with its numbers: never a percentage.
export function Meter({ good, total, bar = true, width = 96 }: Props) {
  const { f } = useWords();
  const whole = total > 0 && good === total;
  return (
    <span className={css.meter} data-whole={whole || undefined}>
      <span className={css.numbers}>
        <b>{f.number(good)}</b> / {f.number(total)}
      </span>
      {bar && (
        <span className={css.bar} style={{ width }} data-bar aria-hidden="true">
          <span className={css.share} style={{ width: `${shareOf(good, total)}%` }} />
        </span>
      )}
    </span>
  );
}

// The share in percent for drawing: one of many is still seen, and all but one is not all.
export function shareOf(good: number, total: number): number {
  if (total <= 0 || good <= 0) return 0;
  if (good >= total) return 100;
  return Math.min(96, Math.max(4, (100 * good) / total));
}

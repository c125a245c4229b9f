import { useWords } from '../words/language.tsx';
import css from './Ring.module.css';

const radius = 54;
const around = 2 * Math.PI * radius;

// How many of how many, with both numbers inside: never a percentage.
export function Ring({ good, total, size = 120 }: { good: number; total: number; size?: number }) {
  const { t, f } = useWords();
  const share = total > 0 ? good / total : 0;
  return (
    <svg className={css.ring} width={size} height={size} viewBox="0 0 120 120" role="img" aria-label={t.sheetPicture.of(good, total)}>
      <circle className={css.track} cx="60" cy="60" r={radius} />
      {good > 0 && (
        <circle
          className={css.arc}
          cx="60"
          cy="60"
          r={radius}
          strokeDasharray={`${share * around} ${around}`}
          transform="rotate(-90 60 60)"
        />
      )}
      <text className={css.good} x="60" y="66">
        {f.number(good)}
      </text>
      <text className={css.of} x="60" y="86">
        / {f.number(total)}
      </text>
    </svg>
  );
}

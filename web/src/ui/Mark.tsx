import type { MarkKind } from '../model.ts';
import { useWords } from '../words/language.tsx';
import css from './Mark.module.css';

const triangle = 'M12 4.4 21 19.6H3z';
const cross = 'M6.2 6.2 17.8 17.8M17.8 6.2 6.2 17.8';
const question = 'M8.1 8.7a3.95 3.95 0 1 1 6 3.4c-1.4.9-2.1 1.6-2.1 3M12 18.7v.1';
const bar = 'M5.5 12h13';

function Drawing({ of, drawn }: { of: MarkKind; drawn: boolean }) {
  switch (of) {
    case 'full':
      return <circle cx="12" cy="12" r="8.2" strokeWidth="2.6" pathLength="1" className={drawn ? css.drawn : undefined} />;
    case 'partial':
      return <path d={triangle} strokeWidth="2.4" />;
    case 'none':
      return <path d={cross} strokeWidth="3.2" />;
    case 'unknown':
      return <path d={question} strokeWidth="2.5" />;
    case 'not_applicable':
      return <path d={bar} strokeWidth="2.4" />;
  }
}

interface Props {
  of: MarkKind;
  size?: number;
  named?: boolean; // false: the word stands beside it
  drawn?: boolean; // a ○ that somebody just earned: drawn like a pen, once
  inked?: boolean; // in the mark's own colour instead of the text's
  className?: string | undefined;
}

// One of the five marks in the current colour. Shape first, then ink, then colour.
export function Mark({ of, size = 17, named = false, drawn = false, inked = false, className }: Props) {
  const { t } = useWords();
  const name = named ? { role: 'img', 'aria-label': t.marks[of] } : { 'aria-hidden': true as const };
  return (
    <svg
      {...name}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      data-mark={of}
      className={inked ? css[`ink_${of}`] : className}
      fill="none"
      stroke="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <Drawing of={of} drawn={drawn} />
    </svg>
  );
}

interface TileProps extends Props {
  box: number;
}

// A verdict: the mark on its tint, as in the picture of the sheet. `box` is the side in pixels.
export function VerdictTile({ of, box, size = Math.round(box * 0.6), named = false, drawn = false }: TileProps) {
  return (
    <span
      className={`${css.tile} ${css[of]}`}
      data-mark-tile={of}
      style={{ width: box, height: box, borderRadius: box > 60 ? 12 : box > 30 ? 6 : 4 }}
    >
      <Mark of={of} size={size} named={named} drawn={drawn} />
    </span>
  );
}

// The colours of a mark's tint, for parts that draw their own box.
export function tintOf(of: MarkKind): string {
  return css[of] ?? '';
}

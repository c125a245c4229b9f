import type { MarkKind } from '../model.ts';
import { useWords } from '../words/language.tsx';
import { Mark, VerdictTile } from './Mark.tsx';
import css from './Pair.module.css';

interface Props {
  claim: MarkKind | null; // null: nothing is published
  verdict: MarkKind;
  stands: boolean;
  words?: 'beside' | 'column'; // beside: 公表 / 実態 are written here; column: a heading says them
  box?: number;
}

// What is published beside what is true: small and grey, then the verdict in its tile.
export function Pair({ claim, verdict, stands, words = 'column', box = 28 }: Props) {
  const { t } = useWords();
  const beside = words === 'beside';
  const name = `${t.claim.claim} ${claim ? t.marks[claim] : '–'} ${stands ? '=' : '≠'} ${t.claim.verdict} ${t.marks[verdict]}`;
  return (
    <span className={css.pair} role="img" aria-label={name}>
      {beside && <span className={css.word}>{t.claim.claim}</span>}
      <span className={css.claim}>{claim ? <Mark of={claim} size={15} /> : '–'}</span>
      <span className={stands ? css.same : css.gap}>{stands ? '=' : '≠'}</span>
      <VerdictTile of={verdict} box={box} />
      {beside && <span className={css.word}>{t.claim.verdict}</span>}
    </span>
  );
}

import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { type Formats, formatsOf, type Language } from './formats.ts';
import type { Words } from './ja.ts';

export interface Wording {
  t: Words;
  f: Formats;
  language: Language;
}

const WordingContext = createContext<Wording | null>(null);

export function WordingProvider({ words, language, children }: { words: Words; language: Language; children: ReactNode }) {
  const value = useMemo(() => ({ t: words, f: formatsOf(language), language }), [words, language]);
  return <WordingContext value={value}>{children}</WordingContext>;
}

export function useWords(): Wording {
  const value = useContext(WordingContext);
  if (!value) throw new Error('useWords outside of WordingProvider');
  return value;
}

// Only the chosen language travels in the first load.
export async function loadWords(language: Language): Promise<Words> {
  return language === 'ja' ? (await import('./ja.ts')).ja : (await import('./en.ts')).en;
}

import { useWords } from './language.tsx';
import { listsEn } from './lists-en.ts';
import { listsJa, type ListWords } from './lists-ja.ts';

// Both languages travel with the pages of lists, so that the first load stays small.
export function useListWords(): ListWords {
  return useWords().language === 'ja' ? listsJa : listsEn;
}

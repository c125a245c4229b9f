import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type { Language } from './formats.ts';
import type { Words } from './ja.ts';
import { loadWords, WordingProvider } from './language.tsx';

const SwitchContext = createContext<(language: Language) => void>(() => undefined);

export const storedLanguage = 'maru.lang';

// theme.js set it before the first paint, from what was chosen here before or from the browser.
function startLanguage(): Language {
  return document.documentElement.lang === 'ja' ? 'ja' : 'en';
}

export function useLanguageSwitch(): (language: Language) => void {
  return useContext(SwitchContext);
}

function remember(language: Language) {
  try {
    localStorage.setItem(storedLanguage, language);
  } catch {
    // Storage that is switched off only means that the choice lasts as long as the page.
  }
}

// Shows the page once its words are here; on a switch the old words stay until the new ones are.
export function LanguageRoot({ children }: { children: ReactNode }) {
  const [wanted, setWanted] = useState(startLanguage);
  const [loaded, setLoaded] = useState<{ language: Language; words: Words } | null>(null);
  useEffect(() => {
    let current = true;
    void loadWords(wanted).then((words) => {
      if (!current) return;
      document.documentElement.lang = wanted;
      setLoaded({ language: wanted, words });
    });
    return () => {
      current = false;
    };
  }, [wanted]);
  const change = useMemo(
    () => (language: Language) => {
      remember(language);
      setWanted(language);
    },
    [],
  );
  if (!loaded) return null;
  return (
    <SwitchContext value={change}>
      <WordingProvider words={loaded.words} language={loaded.language}>
        {children}
      </WordingProvider>
    </SwitchContext>
  );
}

import { useState } from 'react';

export type Theme = 'system' | 'light' | 'dark';

export const storedTheme = 'maru.theme';

function current(): Theme {
  const chosen = document.documentElement.dataset.theme;
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}

function apply(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    if (theme === 'system') localStorage.removeItem(storedTheme);
    else localStorage.setItem(storedTheme, theme);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(current);
  return [
    theme,
    (next) => {
      apply(next);
      setTheme(next);
    },
  ];
}

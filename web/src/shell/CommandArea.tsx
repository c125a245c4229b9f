import { createContext, lazy, type ReactNode, Suspense, useContext, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { useKeys } from './keys.ts';

// The palette and the list of keys: opened from anywhere, loaded when first wanted.
const Palette = lazy(() => import('./Palette.tsx').then((file) => ({ default: file.Palette })));
const KeyList = lazy(() => import('./KeyList.tsx').then((file) => ({ default: file.KeyList })));

export interface Commands {
  open: () => void;
  showKeys: () => void;
  go: (path: string) => void;
}

const CommandContext = createContext<Commands>({ open: () => undefined, showKeys: () => undefined, go: () => undefined });

export function useCommands(): Commands {
  return useContext(CommandContext);
}

export function CommandArea({ children }: { children: ReactNode }) {
  const [, navigate] = useLocation();
  const [shown, setShown] = useState<'palette' | 'keys' | null>(null);
  const commands = useMemo<Commands>(
    () => ({ open: () => setShown('palette'), showKeys: () => setShown('keys'), go: (path) => navigate(path) }),
    [navigate],
  );
  useKeys({
    'Ctrl+k': commands.open,
    '?': commands.showKeys,
    'g h': () => navigate('/'),
    'g s': () => navigate('/sheets/ipa-52'),
    '/': () => document.querySelector<HTMLInputElement>('main input[type=search]')?.focus(),
  });
  const close = (open: boolean) => {
    if (!open) setShown(null);
  };
  return (
    <CommandContext value={commands}>
      {children}
      <Suspense>
        {shown === 'palette' && <Palette open onOpenChange={close} />}
        {shown === 'keys' && <KeyList open onOpenChange={close} />}
      </Suspense>
    </CommandContext>
  );
}

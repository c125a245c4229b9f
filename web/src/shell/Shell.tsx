import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { Logo } from '../ui/Logo.tsx';
import { Drawer } from '../ui/Dialog.tsx';
import { useWords } from '../words/language.tsx';
import { Navigation, type NavigationCounts } from './Navigation.tsx';
import { CommandArea } from './CommandArea.tsx';
import { Tabs } from './PhoneTabs.tsx';
import { TopBar } from './TopBar.tsx';
import css from './Shell.module.css';

export interface Me {
  name: string; // of the person
  organisation: string; // for people
  staff: boolean; // sees only their own things
}

interface Props {
  me: Me | null; // null: not known yet
  counts: NavigationCounts;
  children: ReactNode;
}

// Navigation at the left, a bar on top, the page. Below 1000 px the navigation is a panel; staff on a phone have tabs at the foot.
export function Shell({ me, counts, children }: Props) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const [path] = useLocation();
  const wide = /^\/registers\/[^/]+$/.test(path);
  return (
    <CommandArea>
      <div className={css.shell} data-staff={me?.staff || undefined}>
        <a href="#main" className={css.skip}>
          {t.shell.skip}
        </a>
        <aside className={css.side} data-noprint>
          <Brand organisation={me?.organisation ?? ''} />
          <Navigation counts={counts} staff={me?.staff ?? false} />
        </aside>
        <TopBar me={me} onMenu={() => setOpen(true)} />
        <Drawer side="left" open={open} onOpenChange={setOpen} title={me?.organisation ?? 'maru'}>
          <Navigation counts={counts} staff={me?.staff ?? false} onChoose={() => setOpen(false)} />
        </Drawer>
        <main id="main" className={css.main} data-wide={wide || undefined} tabIndex={-1}>
          {children}
        </main>
        {me?.staff && <Tabs />}
      </div>
    </CommandArea>
  );
}

function Brand({ organisation }: { organisation: string }) {
  return (
    <div className={css.brand}>
      <p className={css.name}>
        <Logo /> maru
      </p>
      <p className={css.organisation}>{organisation}</p>
    </div>
  );
}

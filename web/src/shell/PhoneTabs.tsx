import { useLocation } from 'wouter';
import { Icon } from '../ui/icons/Icon.tsx';
import type { IconName } from '../ui/icons/drawings.ts';
import { Link } from '../ui/Link.tsx';
import { useWords } from '../words/language.tsx';
import css from './Shell.module.css';

// Within the reach of a thumb.
export function Tabs() {
  const { t } = useWords();
  const [path] = useLocation();
  const tabs: { href: string; icon: IconName; label: string }[] = [
    { href: '/me', icon: 'listChecks', label: t.shell.tasks },
    { href: '/me/devices', icon: 'monitorSmartphone', label: t.shell.devices },
    { href: '/me/requests', icon: 'inbox', label: t.shell.requests },
    { href: '/me/history', icon: 'history', label: t.shell.history },
  ];
  return (
    <nav className={css.tabs} aria-label={t.shell.tabs} data-noprint>
      {tabs.map((tab) => (
        <Link key={tab.href} href={tab.href} className={css.tab} aria-current={path === tab.href ? 'page' : undefined}>
          <Icon name={tab.icon} size={21} />
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}

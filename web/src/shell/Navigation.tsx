import { useLocation } from 'wouter';
import { useMe } from '../api/queries.ts';
import { Badge } from '../ui/Chip.tsx';
import { Icon } from '../ui/icons/Icon.tsx';
import type { IconName } from '../ui/icons/drawings.ts';
import { Link } from '../ui/Link.tsx';
import { Mark } from '../ui/Mark.tsx';
import type { Words } from '../words/ja.ts';
import { useWords } from '../words/language.tsx';
import { prefetch } from './pages.ts';
import css from './Shell.module.css';

// From the same answers as the pages' own numbers: three sources would differ by one.
export interface NavigationCounts {
  gaps: number;
  tasks: number;
  requests: number;
  mine: number;
}

interface Entry {
  href: string;
  icon: IconName | 'mark';
  label: string;
  count?: number;
  alarm?: string; // what the number means, when it is the reader's problem
}

interface Group {
  label: string | null;
  entries: Entry[];
}

function groupsOf(t: Words, counts: NavigationCounts, staff: boolean, may: string[]): Group[] {
  const mine: Entry = { href: '/me', icon: 'user', label: t.shell.mine, count: counts.mine };
  if (staff)
    return [
      {
        label: null,
        entries: [
          mine,
          { href: '/requests', icon: 'inbox', label: t.shell.requests, count: counts.requests },
          { href: '/registers/device', icon: 'monitorSmartphone', label: t.shell.devices },
        ],
      },
    ];
  return [
    {
      label: null,
      entries: [
        { href: '/', icon: 'house', label: t.shell.home },
        { href: '/sheets/ipa-52', icon: 'listChecks', label: t.shell.sheet, count: counts.gaps, alarm: t.shell.gaps(counts.gaps) },
        { href: '/tasks', icon: 'mark', label: t.shell.tasks, count: counts.tasks },
        { href: '/requests', icon: 'inbox', label: t.shell.requests, count: counts.requests },
        { href: '/forecast', icon: 'calendarClock', label: t.shell.forecast },
      ],
    },
    {
      label: t.shell.registers,
      entries: [
        { href: '/registers/asset', icon: 'table', label: t.shell.assets },
        { href: '/registers/device', icon: 'monitorSmartphone', label: t.shell.devices },
        { href: '/registers/person', icon: 'users', label: t.shell.people },
        { href: '/registers/document', icon: 'fileText', label: t.shell.documents },
        { href: '/registers', icon: 'listFilter', label: t.shell.allRegisters },
      ],
    },
    {
      label: t.shell.ledgerGroup,
      entries: [
        { href: '/ledger', icon: 'scrollText', label: t.shell.ledger },
        { href: '/verify', icon: 'shieldCheck', label: t.verify.title },
        ...(may.includes('see_access_record') ? [{ href: '/access-record', icon: 'eye' as const, label: t.access.title }] : []),
        ...(may.includes('manage_users') ? [{ href: '/users', icon: 'users' as const, label: t.people.title }] : []),
        mine,
      ],
    },
  ];
}

export function isCurrent(href: string, path: string): boolean {
  if (href === '/' || href === '/registers') return path === href;
  return path === href || path.startsWith(`${href}/`);
}

interface Props {
  counts: NavigationCounts;
  staff: boolean;
  onChoose?: () => void;
}

export function Navigation({ counts, staff, onChoose }: Props) {
  const { t } = useWords();
  const [path] = useLocation();
  const may = useMe().data?.may ?? [];
  return (
    <nav className={css.navigation} aria-label={t.shell.navigation}>
      {groupsOf(t, counts, staff, may).map((group, at) => (
        <div key={group.label ?? at} className={css.group}>
          {group.label && <p className={css.groupLabel}>{group.label}</p>}
          <ul>
            {group.entries.map((entry) => (
              <li key={entry.href}>
                <Link
                  href={entry.href}
                  className={css.entry}
                  aria-current={isCurrent(entry.href, path) ? 'page' : undefined}
                  onClick={() => onChoose?.()}
                  onPointerEnter={() => prefetch(entry.href)}
                  onFocus={() => prefetch(entry.href)}
                >
                  {entry.icon === 'mark' ? <Mark of="full" size={17} /> : <Icon name={entry.icon} />}
                  <span className={css.entryLabel}>{entry.label}</span>
                  <Badge count={entry.count ?? 0} alarm={entry.alarm !== undefined} {...(entry.alarm && { label: entry.alarm })} />
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

import { IconButton } from '../ui/Button.tsx';
import { Kbd } from '../ui/Chip.tsx';
import { Icon } from '../ui/icons/Icon.tsx';
import { Link } from '../ui/Link.tsx';
import { Menu } from '../ui/Menu.tsx';
import { Seg } from '../ui/Tabs.tsx';
import { useWords } from '../words/language.tsx';
import { useLanguageSwitch } from '../words/LanguageRoot.tsx';
import { useCommands } from './CommandArea.tsx';
import { Logo } from '../ui/Logo.tsx';
import type { Me } from './Shell.tsx';
import { type Theme, useTheme } from './theme.ts';
import css from './Shell.module.css';

const languages = [
  { value: 'ja', label: '日本語', lang: 'ja' },
  { value: 'en', label: 'EN', lang: 'en' },
] as const;
const themes: readonly Theme[] = ['system', 'light', 'dark'];

export function TopBar({ me, onMenu }: { me: Me | null; onMenu: () => void }) {
  const { t, language } = useWords();
  const setLanguage = useLanguageSwitch();
  const commands = useCommands();
  return (
    <header className={css.bar} data-noprint>
      <span className={css.menu}>
        <IconButton icon="menu" label={t.common.menu} onClick={onMenu} />
      </span>
      <Link href="/" className={css.barBrand}>
        <Logo size={20} /> <span>maru</span>
      </Link>
      <button type="button" className={css.command} onClick={commands.open}>
        <Icon name="search" />
        <span className={css.commandText}>{t.shell.command}</span>
        <span className={css.commandKey}>
          <Kbd>Ctrl K</Kbd>
        </span>
      </button>
      <div className={css.tools}>
        <Seg label={t.shell.language} options={languages} value={language} onChange={setLanguage} />
        <ThemeMenu />
        {me && <PersonMenu me={me} />}
      </div>
    </header>
  );
}

function ThemeMenu() {
  const { t } = useWords();
  const [theme, setTheme] = useTheme();
  return (
    <Menu
      trigger={<IconButton icon="sunMoon" label={t.shell.theme} />}
      entries={themes.map((one) => ({ kind: 'choice', label: t.shell.themes[one], chosen: one === theme, onChoose: () => setTheme(one) }))}
    />
  );
}

function PersonMenu({ me }: { me: Me }) {
  const { t } = useWords();
  const commands = useCommands();
  return (
    <Menu
      trigger={
        <button type="button" className={css.person} title={me.name}>
          <span aria-hidden="true">{[...me.name][0]}</span>
          <span className="hidden-text">
            {t.shell.person} {me.name}
          </span>
        </button>
      }
      entries={[
        {
          kind: 'heading',
          label: me.name,
          entries: [
            { kind: 'action', label: t.shell.mine, icon: 'user', onChoose: () => commands.go('/me') },
            { kind: 'action', label: t.account.title, icon: 'shieldCheck', onChoose: () => commands.go('/account') },
            { kind: 'action', label: t.shell.keys, icon: 'listFilter', onChoose: commands.showKeys },
          ],
        },
        { kind: 'rule' },
        { kind: 'action', label: t.shell.signOut, icon: 'undo', onChoose: () => commands.go('/sign-out') },
      ]}
    />
  );
}

import type { ReactNode } from 'react';
import { useSession } from '../../api/client.tsx';
import { Link } from '../../ui/Link.tsx';
import { Logo } from '../../ui/Logo.tsx';
import { Seg } from '../../ui/Tabs.tsx';
import { useWords } from '../../words/language.tsx';
import { useLanguageSwitch } from '../../words/LanguageRoot.tsx';
import { SignInForm } from './SignInForm.tsx';
import css from './SignIn.module.css';

export function SignInPage() {
  const { t } = useWords();
  const { signedIn } = useSession();
  return (
    <Frame title={t.signIn.title}>
      <SignInForm onDone={signedIn} />
      <Link className={css.aside} href="/forgot">
        {t.signIn.forgot}
      </Link>
    </Frame>
  );
}

// One card, nothing else: there is nobody yet to show anything to.
export function Frame({ title, children }: { title: string; children: ReactNode }) {
  const { t, language } = useWords();
  const setLanguage = useLanguageSwitch();
  return (
    <main className={css.page}>
      <div className={css.card}>
        <p className={css.brand}>
          <Logo /> maru
        </p>
        <h1>{title}</h1>
        {children}
      </div>
      <Seg
        label={t.shell.language}
        value={language}
        onChange={setLanguage}
        options={[
          { value: 'ja', label: '日本語', lang: 'ja' },
          { value: 'en', label: 'EN', lang: 'en' },
        ]}
      />
    </main>
  );
}

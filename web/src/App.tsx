import { lazy, type ReactNode, Suspense } from 'react';
import { ApiProvider } from './api/client.tsx';
import { organisationOf } from './shell/organisation.ts';
import { Pages } from './shell/Pages.tsx';
import { UiProviders } from './ui/Providers.tsx';
import { useWords } from './words/language.tsx';
import { LanguageRoot } from './words/LanguageRoot.tsx';

// Only the gallery's own build holds the gallery.
const Gallery =
  import.meta.env.MODE === 'gallery' ? lazy(() => import('./dev/Gallery.tsx').then((file) => ({ default: file.Gallery }))) : null;

export function App() {
  return (
    <LanguageRoot>
      <UiProviders>
        {Gallery && location.pathname === '/dev/ui' ? (
          <Suspense>
            <Gallery />
          </Suspense>
        ) : (
          <Organisation>
            <Pages />
          </Organisation>
        )}
      </UiProviders>
    </LanguageRoot>
  );
}

function Organisation({ children }: { children: ReactNode }) {
  const { language, t } = useWords();
  const organisation = organisationOf(location.pathname);
  if (!organisation)
    return (
      <main>
        <h1>{t.errors.notFound}</h1>
      </main>
    );
  return (
    <ApiProvider organisation={organisation} language={language}>
      {children}
    </ApiProvider>
  );
}

import { lazy, Suspense } from 'react';
import { UiProviders } from './ui/Providers.tsx';
import { LanguageRoot } from './words/LanguageRoot.tsx';

// Only the gallery's own build holds the gallery.
const Gallery =
  import.meta.env.MODE === 'gallery' ? lazy(() => import('./dev/Gallery.tsx').then((file) => ({ default: file.Gallery }))) : null;

export function App() {
  return (
    <LanguageRoot>
      <UiProviders>
        <Suspense>{Gallery && <Gallery />}</Suspense>
      </UiProviders>
    </LanguageRoot>
  );
}

import { type ReactNode, useState } from 'react';
import { useWords } from '../words/language.tsx';
import { FormSection } from './FormSection.tsx';
import { ListSection } from './ListSection.tsx';
import { OverlaySection } from './OverlaySection.tsx';
import { PictureSection } from './PictureSection.tsx';
import { PeopleSection } from './PeopleSection.tsx';
import css from './Gallery.module.css';

// Every component in every state, with made-up data: what the visual test looks at. Not part of the product's build.
export function Gallery() {
  const { language } = useWords();
  const [key] = useState(language);
  return (
    <main className={css.page} key={key}>
      <h1>Components</h1>
      <PictureSection />
      <ListSection />
      <FormSection />
      <PeopleSection />
      <OverlaySection />
    </main>
  );
}

export function Part({ name, children, row = false }: { name: string; children: ReactNode; row?: boolean }) {
  return (
    <section className={css.part} aria-label={name}>
      <h2>{name}</h2>
      <div className={row ? css.row : css.column}>{children}</div>
    </section>
  );
}

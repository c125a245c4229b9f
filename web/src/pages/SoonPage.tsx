import { EmptyState } from '../ui/Card.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { useWords } from '../words/language.tsx';

// A page that the navigation names and that is not built yet: says so, and what does the same today.
export function SoonPage({ title }: { title: string }) {
  const { t } = useWords();
  return (
    <>
      <h1>{title}</h1>
      <EmptyState title={t.soon.title} text={t.soon.text} action={<ButtonLink href="/">{t.errors.toHome}</ButtonLink>} />
    </>
  );
}

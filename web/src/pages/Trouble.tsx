import { useRetry } from '../api/refresh.ts';
import { Problem } from '../api/problem.ts';
import { EmptyState } from '../ui/Card.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { ProblemBar } from '../ui/ProblemBar.tsx';
import { useWords } from '../words/language.tsx';

// What stands where an answer did not come.
export function Trouble({ error }: { error: Error }) {
  const { t } = useWords();
  const refresh = useRetry();
  if (error instanceof Problem && error.kind === 'offline')
    return <ProblemBar what={t.errors.offline} todo={t.errors.offlineTodo} onRetry={refresh} />;
  const known = error instanceof Problem ? error : null;
  return (
    <ProblemBar
      what={known?.detail || t.errors.unexpected}
      todo={known?.kind === 'internal' ? t.errors.unexpectedTodo : undefined}
      reference={known?.reference}
      onRetry={refresh}
    />
  );
}

// The same in the place of a whole page, which always has its heading.
export function PageTrouble({ error }: { error: Error }) {
  const { t } = useWords();
  if (error instanceof Problem && error.kind === 'not_found') return <NotFound />;
  return (
    <>
      <h1 className="hidden-text">{t.errors.unexpected}</h1>
      <Trouble error={error} />
    </>
  );
}

export function NotFound() {
  const { t } = useWords();
  return (
    <>
      <h1>{t.errors.notFound}</h1>
      <EmptyState title={t.errors.notFound} text={t.errors.notFoundText} action={<ButtonLink href="/">{t.errors.toHome}</ButtonLink>} />
    </>
  );
}

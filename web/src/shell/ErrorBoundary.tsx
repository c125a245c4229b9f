import { Component, type ReactNode } from 'react';
import { ProblemBar } from '../ui/ProblemBar.tsx';
import { useWords } from '../words/language.tsx';

interface Props {
  place: string; // another place, another try
  children: ReactNode;
}

// A mistake of ours in one page must not blank the others: says so in its place. React offers this only to classes.
export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  override state: { failed: boolean } = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidUpdate(before: Props): void {
    if (before.place !== this.props.place && this.state.failed) this.setState({ failed: false });
  }

  override render(): ReactNode {
    return this.state.failed ? <Failed /> : this.props.children;
  }
}

function Failed() {
  const { t } = useWords();
  return (
    <>
      <h1>{t.errors.unexpected}</h1>
      <ProblemBar what={t.errors.unexpected} todo={t.errors.unexpectedTodo} onRetry={() => location.reload()} />
    </>
  );
}

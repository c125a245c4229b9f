import type { Register } from '../../../api/registers.ts';
import { Link } from '../../../ui/Link.tsx';
import { ProblemBar } from '../../../ui/ProblemBar.tsx';
import { useWords } from '../../../words/language.tsx';
import { useListWords } from '../../../words/lists.ts';
import css from './Bulk.module.css';
import type { BatchReport } from './useBatch.ts';

// Which records refused, and why.
export function Refusals({ title, report, register }: { title: string; report: BatchReport; register: Register }) {
  const { f } = useWords();
  const words = useListWords().bulk;
  const more = report.problemCount - report.problems.length;
  return (
    <ProblemBar what={title}>
      <ul className={css.refusals}>
        {report.problems.map((problem) => (
          <li key={problem.id}>
            <Link href={`/registers/${register.name}/${problem.id}`}>{problem.title}</Link> {problem.detail}
          </li>
        ))}
        {more > 0 && <li>{words.more(f.number(more))}</li>}
      </ul>
    </ProblemBar>
  );
}

import type { RequestHead } from '../../api/personal.ts';
import { Tag } from '../../ui/Chip.tsx';
import { Link } from '../../ui/Link.tsx';
import { useWords } from '../../words/language.tsx';
import css from './Requests.module.css';

// One line of a list: the sentence, whose, and by when.
export function RequestRow({ request, href, chosen }: { request: RequestHead; href: string; chosen: boolean }) {
  const { t, f } = useWords();
  const open = request.state === 'asked' || request.state === 'returned' || request.state === 'lapsed';
  return (
    <li>
      <Link href={href} className={css.row} aria-current={chosen ? 'true' : undefined}>
        <span className={css.rowHead}>
          <Tag weight={open ? 'bold' : 'plain'}>{request.stateLabel}</Tag> <span>{request.kindLabel}</span>
          {open && request.dueOn && (
            <span className={css.due} data-late={request.overdue || undefined}>
              {f.dayShort(request.dueOn)}
            </span>
          )}
        </span>
        <span className={css.rowTitle}>{request.sentence}</span>
        <span className={css.note}>{t.requests.asked(request.askedBy.title, f.dayShort(request.askedOn))}</span>
      </Link>
    </li>
  );
}

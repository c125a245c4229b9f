import type { ApiCheck, ApiRow, RecordName } from '../../api/answers.ts';
import { Card } from '../../ui/Card.tsx';
import { Icon } from '../../ui/icons/Icon.tsx';
import { Link } from '../../ui/Link.tsx';
import { useWords } from '../../words/language.tsx';
import css from './Aside.module.css';

const shownEvidence = 8;

function evidenceOf(checks: ApiCheck[]): RecordName[] {
  const found = new Map<string, RecordName>();
  for (const row of checks.flatMap((check) => check.rows))
    for (const record of row.evidence ?? []) found.set(`${record.register}/${record.id}`, record);
  return [...found.values()];
}

type Exception = NonNullable<ApiRow['exception']>;

function exceptionsOf(checks: ApiCheck[]): Exception[] {
  const found = new Map<number, Exception>();
  for (const row of checks.flatMap((check) => check.rows)) if (row.exception) found.set(row.exception.id, row.exception);
  return [...found.values()];
}

function otherItems(checks: ApiCheck[]): ApiCheck['alsoAnswers'] {
  const found = new Map<string, ApiCheck['alsoAnswers'][number]>();
  for (const check of checks) for (const other of check.alsoAnswers) found.set(other.code, other);
  return [...found.values()].sort((a, b) => a.sheet.localeCompare(b.sheet) || a.number - b.number);
}

// Beside the checks: what proves them, what is excepted, and what else they answer.
export function Aside({ checks, shortNames }: { checks: ApiCheck[]; shortNames: (sheet: string) => string | null }) {
  const { t, f } = useWords();
  const [evidence, exceptions, others] = [evidenceOf(checks), exceptionsOf(checks), otherItems(checks)];
  return (
    <aside className={css.aside} aria-label={t.story.aside}>
      <Card title={t.item.evidence} note={evidence.length > 0 ? String(evidence.length) : null}>
        {evidence.length === 0 && <p className={css.none}>{t.item.noEvidence}</p>}
        <ul className={css.list}>
          {evidence.slice(0, shownEvidence).map((record) => (
            <li key={`${record.register}/${record.id}`}>
              <Link href={`/registers/${record.register}/${record.id}`}>
                <Icon name="paperclip" size={14} />
                {record.title || record.key}
              </Link>
            </li>
          ))}
        </ul>
      </Card>
      <Card title={t.item.exceptions}>
        {exceptions.length === 0 && <p className={css.none}>{t.item.noExceptions}</p>}
        <ul className={css.list}>
          {exceptions.map((one) => (
            <li key={one.id}>
              <Link href={`/registers/exception/${one.id}`}>{one.code}</Link> {t.item.exemptUntil(f.dayOfYear(one.until))}{' '}
              {one.approvedBy && t.item.approvedBy(one.approvedBy.title)}
            </li>
          ))}
        </ul>
      </Card>
      {others.length > 0 && (
        <Card title={t.item.mappings}>
          <ul className={css.chips}>
            {others.map((one) => {
              const name = shortNames(one.sheet);
              return (
                <li key={one.code}>
                  <Link href={`/sheets/${one.sheet}/${one.number}`}>
                    {name === null ? t.item.item(String(one.number)) : t.story.otherSheet(name, String(one.number))}
                  </Link>
                </li>
              );
            })}
          </ul>
        </Card>
      )}
    </aside>
  );
}

import { useState } from 'react';
import { useRegisters } from '../../api/registers.ts';
import { Card, Waiting } from '../../ui/Card.tsx';
import { Link } from '../../ui/Link.tsx';
import { useWords } from '../../words/language.tsx';
import { PageHead } from '../PageHead.tsx';
import { PageTrouble } from '../Trouble.tsx';
import { SearchField } from './SearchField.tsx';
import page from '../page.module.css';
import css from './Registers.module.css';

// Every register that one may read, with what belongs in it.
export function RegistersPage() {
  const { t, f } = useWords();
  const [q, setQ] = useState('');
  const { data, error } = useRegisters();
  if (error && !data) return <PageTrouble error={error} />;
  if (!data) return <Waiting height={480} label={t.common.loading} />;
  const wanted = q.toLowerCase();
  const shown = data.filter((one) => `${one.label} ${one.help} ${one.name}`.normalize('NFKC').toLowerCase().includes(wanted));
  return (
    <div className={css.record}>
      <PageHead title={t.register.all} sub={<span>{t.register.count(f.number(data.length))}</span>}>
        <SearchField value={q} onChange={setQ} />
      </PageHead>
      <Card flush>
        <ul>
          {shown.map((one) => (
            <li key={one.name} className={css.register}>
              <Link href={`/registers/${one.name}`} className={css.registerLink}>
                {one.label}
              </Link>
              <span className={page.note}>{one.help}</span>
              {one.count !== undefined && <span className={css.count}>{f.number(one.count)}</span>}
            </li>
          ))}
        </ul>
      </Card>
    </div>
  );
}

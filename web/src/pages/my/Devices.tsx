import { textIn, useRecords } from '../../api/personal.ts';
import { Card, EmptyState, Waiting } from '../../ui/Card.tsx';
import { useRegister } from '../../api/registers.ts';
import { Link } from '../../ui/Link.tsx';
import { useWords } from '../../words/language.tsx';
import { parseDay } from '../../time/day.ts';
import { Trouble } from '../Trouble.tsx';
import css from './My.module.css';

// What I use, and what is collected from it, why, and who sees it.
export function Devices({ person }: { person: number }) {
  const { t, f } = useWords();
  const { data, error } = useRecords('device', [`holder:eq:#${person}`]);
  const kinds = useRegister('device').data?.fields.find((field) => field.name === 'kind')?.choices ?? [];
  const day = (text: string) => {
    const read = parseDay(text);
    return read ? f.dayShort(read) : '–';
  };
  return (
    <>
      <h1 className={css.title}>{t.my.devices}</h1>
      {error && !data && <Trouble error={error} />}
      {!data && !error && <Waiting height={160} label={t.common.loading} />}
      {data?.length === 0 && <EmptyState title={t.my.noDevices} text={t.my.noDevicesText} />}
      {data && data.length > 0 && (
        <Card flush>
          <ul>
            {data.map((device) => (
              <li key={device.id} className={css.row}>
                <p className={css.rowTitle}>
                  <Link href={`/registers/device/${device.id}`}>{textIn(device, 'name')}</Link>
                </p>
                <p className={css.note}>
                  {kinds.find((kind) => kind.value === textIn(device, 'kind'))?.label} ・ {t.my.code} {textIn(device, 'code')} ・{' '}
                  {t.my.lastContact} {day(textIn(device, 'last_contact_on'))}
                </p>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <Card title={t.my.collected}>
        <dl className={css.collected}>
          {t.my.collectedWhat.map((one) => (
            <div key={one.what}>
              <dt>{one.what}</dt>
              <dd>{one.why}</dd>
              <dd className={css.note}>{one.who}</dd>
            </div>
          ))}
        </dl>
        <p className={css.note}>{t.my.notCollected}</p>
      </Card>
    </>
  );
}

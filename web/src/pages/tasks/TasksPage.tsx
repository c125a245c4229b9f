import { type TasksView, type TaskView, useMe, useTasks } from '../../api/queries.ts';
import { oneOf, useSearchParameters } from '../../shell/search.ts';
import { type Day, daysBetween } from '../../time/day.ts';
import { Card, EmptyState, Waiting } from '../../ui/Card.tsx';
import { Link } from '../../ui/Link.tsx';
import { Seg } from '../../ui/Tabs.tsx';
import { useWords } from '../../words/language.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import { Trouble } from '../Trouble.tsx';
import css from './Tasks.module.css';

const parameters = { whose: oneOf(['me', 'all']) };

interface Group {
  name: 'late' | 'today' | 'soon';
  tasks: TaskView[];
}

export function groupsOf({ tasks, today }: TasksView): Group[] {
  const groups: Group[] = [
    { name: 'late', tasks: tasks.filter((task) => task.due < today) },
    { name: 'today', tasks: tasks.filter((task) => task.due === today) },
    { name: 'soon', tasks: tasks.filter((task) => task.due > today) },
  ];
  return groups.filter((group) => group.tasks.length > 0);
}

export function TasksPage() {
  const { t } = useWords();
  const [{ whose }, change] = useSearchParameters(parameters);
  const me = useMe().data;
  const { data, error } = useTasks(whose ?? 'me');
  const seesAll = me?.may.includes('see_rows') ?? false;
  return (
    <div className={page.page}>
      <PageHead title={t.shell.tasks}>
        {seesAll && (
          <Seg
            label={t.tasks.whose}
            value={whose ?? 'me'}
            onChange={(next) => change({ whose: next })}
            options={[
              { value: 'me', label: t.tasks.mine },
              { value: 'all', label: t.tasks.all },
            ]}
          />
        )}
      </PageHead>
      {error && !data && <Trouble error={error} />}
      {!data && !error && <Waiting height={320} label={t.common.loading} />}
      {data?.tasks.length === 0 && (
        <Card flush>
          <EmptyState title={t.tasks.none} text={t.tasks.noneText} />
        </Card>
      )}
      {data &&
        groupsOf(data).map((group) => (
          <Card key={group.name} title={t.tasks[group.name]} note={String(group.tasks.length)} flush>
            <ul>
              {group.tasks.map((task, at) => (
                <Row key={at} task={task} today={data.today} withOwner={whose === 'all'} />
              ))}
            </ul>
          </Card>
        ))}
    </div>
  );
}

function Row({ task, today, withOwner }: { task: TaskView; today: Day; withOwner: boolean }) {
  const { t, f } = useWords();
  const left = daysBetween(today, task.due);
  return (
    <li className={css.task}>
      <div className={css.text}>
        <p className={css.title}>{task.href ? <Link href={task.href}>{task.title}</Link> : task.title}</p>
        <p className={css.note}>
          {task.record} ・ {t.home.items(task.items.join(', '))} ・ {t.tasks.minutes(task.minutes)}
          {withOwner && ` ・ ${task.owner ?? t.rows.noOwner}`}
        </p>
      </div>
      <span className={css.due} data-late={left < 0 || undefined} title={f.day(task.due)}>
        {left < 0 ? t.home.overdue(-left) : t.when(f, task.due, today)}
      </span>
    </li>
  );
}

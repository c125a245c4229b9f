import { type SheetView, type TaskView, useTasks, useSheet } from '../../api/queries.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { Card, EmptyState, Waiting } from '../../ui/Card.tsx';
import { Link } from '../../ui/Link.tsx';
import { Mark } from '../../ui/Mark.tsx';
import { SheetPicture } from '../../ui/SheetPicture.tsx';
import { type Day, daysBetween } from '../../time/day.ts';
import { useWords } from '../../words/language.tsx';
import { GapCorner, PageHead, PrintFoot } from '../PageHead.tsx';
import { pictureOf } from '../pictureItems.ts';
import { PageTrouble, Trouble } from '../Trouble.tsx';
import page from '../page.module.css';
import { HealthCard } from './HealthCard.tsx';
import { ChangesCard } from './ChangesCard.tsx';
import { SoonCard } from './SoonCard.tsx';
import css from './Home.module.css';

const sheet = 'ipa-52';

export function HomePage() {
  const { t } = useWords();
  const { data, error } = useSheet(sheet);
  if (error && !data) return <PageTrouble error={error} />;
  return (
    <div className={page.page}>
      {data ? <Headline view={data} /> : <Waiting height={48} label={t.common.loading} />}
      {data ? (
        <SheetPicture areas={pictureOf(data.areas, data.day)} hrefOf={(item) => `/sheets/${sheet}/${item.number}`} />
      ) : (
        <Waiting height={475} label={t.common.loading} />
      )}
      {data && isEmpty(data) && <FirstSteps />}
      {data && (
        <div className={css.columns}>
          <SoonCard items={data.items} today={data.day} sheet={sheet} />
          <div className={css.stack}>
            <TasksCard today={data.day} />
            <HealthCard today={data.day} />
          </div>
        </div>
      )}
      {data && <ChangesCard />}
      {data && <PrintFoot view={data} />}
    </div>
  );
}

const isEmpty = (view: SheetView) => view.items.every((item) => item.verdict === 'unknown' || item.verdict === 'not_applicable');

function Headline({ view }: { view: SheetView }) {
  const { t, f } = useWords();
  const { good, judged, gaps } = view.tally;
  return (
    <PageHead
      title={isEmpty(view) ? t.home.empty : t.home.headline(good, judged)}
      sub={
        <>
          <span>{f.day(view.day)}</span>
          <span>{t.home.entry(f.number(view.entries))}</span>
          {gaps > 0 && (
            <span>
              <Link href={`/sheets/${sheet}?view=gaps`} className={page.gap}>
                <GapCorner />
                {t.home.gaps(gaps)}
              </Link>
            </span>
          )}
        </>
      }
    />
  );
}

function FirstSteps() {
  const { t } = useWords();
  const targets = ['/registers/person', `/sheets/${sheet}`, '/registers/device'];
  return (
    <ol className={css.steps}>
      {t.home.steps.map((step, at) => (
        <li key={step.title}>
          <span className={css.stepNumber} aria-hidden="true">
            {at + 1}
          </span>
          <div>
            <h2>{step.title}</h2>
            <p>{step.text}</p>
            <ButtonLink href={targets[at] ?? '/'} kind={at === 0 ? 'primary' : 'plain'} size="dense">
              {t.common.open}
            </ButtonLink>
          </div>
        </li>
      ))}
    </ol>
  );
}

const shownTasks = 4;

function TasksCard({ today }: { today: Day }) {
  const { t, f } = useWords();
  const { data, error } = useTasks('me');
  return (
    <Card title={t.home.tasksTitle} note={data && f.number(data.tasks.length)} flush>
      {error && (
        <div className={css.pad}>
          <Trouble error={error} />
        </div>
      )}
      {data?.tasks.length === 0 && <EmptyState title={t.home.tasksNone} text="" />}
      <ul>
        {data?.tasks.slice(0, shownTasks).map((task, at) => (
          <Task key={at} task={task} today={today} />
        ))}
      </ul>
      {data && data.tasks.length > shownTasks && (
        <p className={css.more}>
          <Link href="/tasks">{t.home.moreTasks}</Link>
        </p>
      )}
    </Card>
  );
}

function Task({ task, today }: { task: TaskView; today: Day }) {
  const { t, f } = useWords();
  const left = daysBetween(today, task.due);
  const title = task.href ? <Link href={task.href}>{task.title}</Link> : task.title;
  return (
    <li className={css.task}>
      <Mark of="full" size={19} />
      <div className={css.taskText}>
        <p className={css.taskTitle}>{title}</p>
        <p className={css.taskNote}>
          {task.record} ・ {t.home.items(task.items.join(', '))}
        </p>
      </div>
      <span className={css.due} data-late={left < 0 || undefined} title={f.day(task.due)}>
        {left < 0 ? t.home.overdue(-left) : t.when(f, task.due, today)}
      </span>
    </li>
  );
}

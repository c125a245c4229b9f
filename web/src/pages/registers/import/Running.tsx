import type { Progress as Done } from '../../../api/events.ts';
import { Progress } from '../../../ui/controls.tsx';
import css from './Import.module.css';

export function Running({ label, progress }: { label: string; progress: Done | null }) {
  return (
    <div className={css.running} role="status">
      <Progress label={label} value={progress?.done ?? null} max={progress?.total ?? 0} />
    </div>
  );
}

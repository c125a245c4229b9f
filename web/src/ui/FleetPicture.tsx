import { type KeyboardEvent, useRef, useState } from 'react';
import type { MarkKind } from '../model.ts';
import { useWords } from '../words/language.tsx';
import { Meter } from './Meter.tsx';
import { Mark, tintOf } from './Mark.tsx';
import css from './FleetPicture.module.css';

export interface FleetDevice {
  id: string;
  name: string;
  owner: string | null;
  platform: string; // for people
  verdict: MarkKind;
  failing: string[]; // titles of checks
  lastSeen: string | null; // already written for people
}

export interface FleetCheck {
  title: string;
  good: number;
  total: number;
}

const weight: readonly MarkKind[] = ['none', 'partial', 'unknown', 'full', 'not_applicable'];
const squaresUpTo = 600;
const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };

export function byPlatform(devices: FleetDevice[]): { platform: string; devices: FleetDevice[] }[] {
  const groups = new Map<string, FleetDevice[]>();
  for (const device of devices) groups.set(device.platform, [...(groups.get(device.platform) ?? []), device]);
  return [...groups].map(([platform, members]) => ({
    platform,
    devices: members.sort((a, b) => weight.indexOf(a.verdict) - weight.indexOf(b.verdict) || a.name.localeCompare(b.name)),
  }));
}

// One square per device, worst first within its platform; beside it the checks. Above 600 devices the bars say it alone.
export function FleetPicture({
  devices,
  checks,
  onOpen,
}: {
  devices: FleetDevice[];
  checks: FleetCheck[];
  onOpen: (device: FleetDevice) => void;
}) {
  const { t } = useWords();
  const [current, setCurrent] = useState<FleetDevice | null>(null);
  return (
    <section className={css.fleet} aria-label={t.fleet.label}>
      <div className={css.squares}>
        {devices.length <= squaresUpTo &&
          byPlatform(devices).map((group) => (
            <Platform key={group.platform} name={group.platform} devices={group.devices} onCurrent={setCurrent} onOpen={onOpen} />
          ))}
        <Detail device={current} />
      </div>
      <ul className={css.checks} aria-label={t.fleet.checks}>
        {checks.map((check) => (
          <li key={check.title}>
            <span>{check.title}</span>
            <Meter good={check.good} total={check.total} width={120} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Platform({
  name,
  devices,
  onCurrent,
  onOpen,
}: {
  name: string;
  devices: FleetDevice[];
  onCurrent: (device: FleetDevice) => void;
  onOpen: (device: FleetDevice) => void;
}) {
  const { t, f } = useWords();
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const walk = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(devices.length - 1, at + step));
    setAt(next);
    list.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div className={css.platform}>
      <h3>
        {name} <span>{f.number(devices.length)}</span>
      </h3>
      <div ref={list} className={css.row} role="group" aria-label={`${name} (${t.fleet.worst})`} onKeyDown={walk}>
        {devices.map((device, index) => (
          <button
            key={device.id}
            type="button"
            className={`${css.square} ${tintOf(device.verdict)}`}
            data-mark-tile={device.verdict}
            aria-label={`${device.name} ${t.marks[device.verdict]}`}
            tabIndex={index === at ? 0 : -1}
            onFocus={() => onCurrent(device)}
            onPointerEnter={() => onCurrent(device)}
            onClick={() => onOpen(device)}
          />
        ))}
      </div>
    </div>
  );
}

// Has its line from the start, so that nothing moves when it is filled.
function Detail({ device }: { device: FleetDevice | null }) {
  const { t } = useWords();
  if (!device) return <p className={css.detail}>{t.fleet.hint}</p>;
  return (
    <p className={css.detail}>
      <Mark of={device.verdict} size={15} /> <b>{device.name}</b> {device.owner} ·{' '}
      {device.failing.length > 0 ? device.failing.join('、') : t.fleet.fine} ·{' '}
      {device.lastSeen ? t.fleet.lastSeen(device.lastSeen) : t.fleet.never}
    </p>
  );
}

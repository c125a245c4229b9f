import { useState } from 'react';
import type { MarkKind } from '../model.ts';
import { addDays, type Day } from '../time/day.ts';
import { DateBar } from '../ui/DateBar.tsx';
import { FleetPicture } from '../ui/FleetPicture.tsx';
import { Change, ForecastGrid } from '../ui/ForecastGrid.tsx';
import { HistoryStrip } from '../ui/HistoryStrip.tsx';
import { Mark, VerdictTile } from '../ui/Mark.tsx';
import { Meter } from '../ui/Meter.tsx';
import { Pair } from '../ui/Pair.tsx';
import { Ring } from '../ui/Ring.tsx';
import { SheetPicture } from '../ui/SheetPicture.tsx';
import { useWords } from '../words/language.tsx';
import { Part } from './Gallery.tsx';
import { devices, emptyAreas, holidays, madeAreas, madeChanges, series, today, weeks } from './made.ts';

const kinds: readonly MarkKind[] = ['full', 'partial', 'none', 'unknown', 'not_applicable'];

export function PictureSection() {
  return (
    <>
      <Marks />
      <Pictures />
      <Times />
      <Others />
    </>
  );
}

function Marks() {
  return (
    <>
      <Part name="Mark, VerdictTile" row>
        {kinds.map((kind) => (
          <Mark key={kind} of={kind} size={24} named />
        ))}
        {kinds.map((kind) => (
          <VerdictTile key={kind} of={kind} box={28} named />
        ))}
        {kinds.map((kind) => (
          <VerdictTile key={kind} of={kind} box={104} size={64} named drawn={kind === 'full'} />
        ))}
      </Part>
      <Part name="Pair, Meter, Ring, Change" row>
        <Pair claim="full" verdict="full" stands />
        <Pair claim="full" verdict="partial" stands={false} />
        <Pair claim="full" verdict="none" stands={false} words="beside" />
        <Pair claim={null} verdict="unknown" stands words="beside" />
        <Meter good={3} total={8} /> <Meter good={19999} total={20000} /> <Meter good={0} total={2} /> <Meter good={57} total={57} />
        <Ring good={39} total={51} /> <Ring good={0} total={52} size={80} /> <Ring good={52} total={52} size={80} />
        <Change from="full" to="partial" /> <Change from="none" to="full" />
      </Part>
    </>
  );
}

function Pictures() {
  const { language } = useWords();
  const href = (item: { number: string }) => `/sheet/${item.number}`;
  const big = madeAreas(language).flatMap((area) => [area, { ...area, number: `${area.number}b` }, { ...area, number: `${area.number}c` }]);
  return (
    <Part name="SheetPicture: now, past, forecast, compared, empty, 156 criteria">
      <SheetPicture areas={madeAreas(language)} hrefOf={href} />
      <SheetPicture areas={madeAreas(language)} hrefOf={href} mode="past" />
      <SheetPicture areas={madeAreas(language, true)} hrefOf={href} mode="forecast" />
      <SheetPicture areas={emptyAreas(language)} hrefOf={href} />
      <SheetPicture areas={big} hrefOf={href} />
    </Part>
  );
}

function Times() {
  const [on, setOn] = useState<Day>(addDays(today, 45));
  const [past, setPast] = useState<Day>(addDays(today, -120));
  const [compare, setCompare] = useState<Day>(addDays(today, -200));
  return (
    <Part name="DateBar: today, forecast, past with a second handle">
      <DateBar series={series} on={today} onChange={() => undefined} />
      <DateBar series={series} on={on} onChange={setOn} />
      <DateBar series={series} on={past} onChange={setPast} compare={compare} onCompare={setCompare} />
    </Part>
  );
}

function Others() {
  return (
    <>
      <Part name="HistoryStrip">
        <HistoryStrip weeks={weeks} hrefOf={(day) => `/sheet/16?on=${day}`} fullDays={312} days={365} />
      </Part>
      <Part name="ForecastGrid">
        <ForecastGrid today={today} changes={madeChanges()} holidays={holidays} hrefOfDay={(day) => `/forecast?on=${day}`} />
      </Part>
      <Part name="FleetPicture">
        <FleetPicture
          devices={devices}
          onOpen={() => undefined}
          checks={[
            { title: 'ディスクの暗号化', good: 54, total: 57 },
            { title: '画面のロック', good: 57, total: 57 },
            { title: 'ウイルス対策ソフトウェア', good: 55, total: 57 },
          ]}
        />
      </Part>
    </>
  );
}

import type { SheetArea, SheetItem } from '../model.ts';
import { type Day, daysBetween } from '../time/day.ts';
import type { PictureArea, PictureItem } from '../ui/SheetPicture.tsx';

const soonDays = 30;

// A ○ that will be none within 30 days of the day that is shown.
export function changesSoon(item: SheetItem, day: Day): boolean {
  return item.verdict === 'full' && item.next !== null && item.next.verdict !== 'full' && daysBetween(day, item.next.day) <= soonDays;
}

function pictureItem(item: SheetItem, day: Day, before: SheetItem | undefined): PictureItem {
  return {
    number: item.number,
    question: item.question,
    verdict: item.verdict,
    good: item.good,
    total: item.total,
    gap: item.gap,
    soon: changesSoon(item, day),
    next: item.next?.day ?? null,
    before: before?.verdict,
  };
}

// `compared`: the same items on another day, by number.
export function pictureOf(areas: SheetArea[], day: Day, compared?: ReadonlyMap<string, SheetItem>): PictureArea[] {
  return areas.map((area) => ({
    number: area.number,
    name: area.name,
    items: area.items.map((item) => pictureItem(item, day, compared?.get(item.number))),
  }));
}

// Days of the organisation's calendar, as the server writes them: "2026-11-23". No clock and no time zone in here:
// what today is comes from the server.

export type Day = string & { readonly day: unique symbol };

const shape = /^(\d{4})-(\d{2})-(\d{2})$/;
const msPerDay = 86_400_000;

export function parseDay(text: string): Day | null {
  const parts = shape.exec(text);
  if (!parts) return null;
  const date = new Date(Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])));
  return date.toISOString().slice(0, 10) === text ? (text as Day) : null;
}

// For literals and answers of the server, which the types promise to be days.
export function day(text: string): Day {
  const parsed = parseDay(text);
  if (!parsed) throw new RangeError(`not a day: ${text}`);
  return parsed;
}

function toMs(value: Day): number {
  return Date.parse(`${value}T00:00:00Z`);
}

export function addDays(value: Day, count: number): Day {
  return new Date(toMs(value) + count * msPerDay).toISOString().slice(0, 10) as Day;
}

// The same day of another month; the 31st becomes that month's last day.
export function addMonths(value: Day, count: number): Day {
  const { year, month, dayOfMonth } = partsOf(value);
  const first = new Date(Date.UTC(year, month - 1 + count, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(dayOfMonth, last));
  return first.toISOString().slice(0, 10) as Day;
}

// Days from `from` to `to`; negative when `to` lies before.
export function daysBetween(from: Day, to: Day): number {
  return Math.round((toMs(to) - toMs(from)) / msPerDay);
}

export function partsOf(value: Day): { year: number; month: number; dayOfMonth: number } {
  const [year, month, dayOfMonth] = value.split('-').map(Number) as [number, number, number];
  return { year, month, dayOfMonth };
}

// 0 Monday … 6 Sunday.
export function weekdayOf(value: Day): number {
  return (new Date(toMs(value)).getUTCDay() + 6) % 7;
}

export function mondayOf(value: Day): Day {
  return addDays(value, -weekdayOf(value));
}

export function clampDay(value: Day, first: Day, last: Day): Day {
  return value < first ? first : value > last ? last : value;
}

// Views that somebody saved: search, filters, order and columns of a register. They stay in this browser, under the user's
// number, because they are nobody else's business and worth no entry in the ledger.
export interface View {
  name: string;
  q: string | null;
  sort: string | null;
  filter: string[];
  columns: string[];
}

export interface Place {
  organisation: string;
  user: number;
  register: string;
}

export const keyOf = ({ organisation, user, register }: Place) => `maru.views/${organisation}/${user}/${register}`;

const isText = (value: unknown): value is string => typeof value === 'string';
const textOrNull = (value: unknown) => (isText(value) ? value : null);
const texts = (value: unknown) => (Array.isArray(value) ? value.filter(isText) : []);

function viewOf(value: unknown): View[] {
  if (typeof value !== 'object' || value === null) return [];
  const { name, q, sort, filter, columns } = value as Record<string, unknown>;
  return isText(name) ? [{ name, q: textOrNull(q), sort: textOrNull(sort), filter: texts(filter), columns: texts(columns) }] : [];
}

export function readViews(text: string | null): View[] {
  if (text === null) return [];
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.flatMap(viewOf) : [];
  } catch {
    return [];
  }
}

// A view of the same name takes the old one's place.
export function withView(views: View[], view: View): View[] {
  return [...views.filter((one) => one.name !== view.name), view].sort((a, b) => (a.name < b.name ? -1 : 1));
}

// Every page of an organisation lies under /o/NAME; the server answers them all with the same index.html.
const shape = /^\/o\/([a-z0-9][a-z0-9-]{0,39})(?=\/|$)/;

export function organisationOf(pathname: string): string | null {
  return shape.exec(pathname)?.[1] ?? null;
}

export const baseOf = (organisation: string) => `/o/${organisation}`;

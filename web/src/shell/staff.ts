import type { ApiMe } from '../api/answers.ts';

// Who sees only their own things has tabs instead of the whole navigation. Roles do not tell: whoever has people is a manager by
// that alone, but sees no rows of others.
export function isStaff(me: Pick<ApiMe, 'may'> | undefined): boolean {
  return me !== undefined && !me.may.includes('see_rows');
}

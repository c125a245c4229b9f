import { describe, expect, it } from 'vitest';
import { isStaff } from './staff.ts';

describe('staff', () => {
  it('is who sees no rows of others, managers of people included', () => {
    expect(isStaff({ may: ['see_sheets'] })).toBe(true);
    expect(isStaff({ may: ['see_sheets', 'approve'] })).toBe(true);
    expect(isStaff({ may: ['see_sheets', 'see_rows'] })).toBe(false);
    expect(isStaff(undefined)).toBe(false);
  });
});

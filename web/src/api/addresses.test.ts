import { expect, it } from 'vitest';
import { filled } from './addresses.ts';

it('writes what stands in the braces so that it stays one part of the address', () => {
  expect(filled('/registers/{register}/records/{id}', { register: 'asset', id: 'A/1 本社' })).toBe(
    '/registers/asset/records/A%2F1%20%E6%9C%AC%E7%A4%BE',
  );
  expect(filled('/me', {})).toBe('/me');
});

import { expect, it } from 'vitest';
import { type DraftStore, readDraft, writeDraft } from './draft.ts';

function memory(): DraftStore & { all: Map<string, string> } {
  const all = new Map<string, string>();
  return { all, get: (key) => all.get(key) ?? null, set: (key, value) => void all.set(key, value), remove: (key) => void all.delete(key) };
}

it('keeps what was typed and the version that it was typed on', () => {
  const store = memory();
  writeDraft(store, 'midori/asset/1', { version: 3, values: { name: '本番データベース' } }, new Set());
  expect(readDraft(store, 'midori/asset/1')).toEqual({ version: 3, values: { name: '本番データベース' } });
});

it('never writes personal fields to storage', () => {
  const store = memory();
  writeDraft(store, 'k', { version: 1, values: { name: '田中 恵', code: 'E-1' } }, new Set(['name']));
  expect([...store.all.values()].join()).not.toContain('田中');
  writeDraft(store, 'k', { version: 1, values: { name: '田中 恵' } }, new Set(['name']));
  expect(store.all.size).toBe(0);
});

it('forgets a draft that cannot be read', () => {
  const store = memory();
  store.set('k', '{broken');
  expect(readDraft(store, 'k')).toBeNull();
  expect(store.all.size).toBe(0);
});

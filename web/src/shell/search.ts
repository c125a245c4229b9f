// Typed search parameters: what a page shows is in its address, so it can be sent and printed.
import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { type Day, parseDay } from '../time/day.ts';

// A parameter that cannot be read counts as left out: addresses are typed by people and cut by mail programs.
export interface Parameter<T> {
  read: (text: string) => T | null;
  write: (value: T) => string;
}

export const dayParameter: Parameter<Day> = { read: parseDay, write: (value) => value };

export const textParameter: Parameter<string> = { read: (text) => (text === '' ? null : text), write: (value) => value };

export const indexParameter: Parameter<number> = { read: (text) => (/^\d{1,15}$/.test(text) ? Number(text) : null), write: String };

// Several texts: one a line, so that their own signs need no escaping.
export const listParameter: Parameter<string[]> = {
  read: (text) => text.split('\n').filter((line) => line !== ''),
  write: (value) => value.join('\n'),
};

export function oneOf<T extends string>(values: readonly T[]): Parameter<T> {
  return { read: (text) => values.find((value) => value === text) ?? null, write: (value) => value };
}

export type Shape<V> = { [K in keyof V]: Parameter<V[K]> };
export type Found<V> = { [K in keyof V]: V[K] | null };

export function readSearch<V extends object>(shape: Shape<V>, search: string): Found<V> {
  const given = new URLSearchParams(search);
  const found: Partial<Found<V>> = {};
  for (const name of Object.keys(shape) as (keyof V & string)[]) {
    const text = given.get(name);
    found[name] = text === null ? null : shape[name].read(text);
  }
  return found as Found<V>;
}

// The search with these parameters set, `null` ones taken off, all others as they were.
export function writeSearch(search: string, changes: Record<string, string | null>): string {
  const given = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) given.delete(name);
    else given.set(name, value);
  }
  const text = given.toString();
  return text === '' ? '' : `?${text}`;
}

// Reads and changes parameters of the address. Steps along the date bar replace the entry of the history: Back leaves the page.
export function useSearchParameters<V extends object>(shape: Shape<V>): [Found<V>, (changes: Partial<Found<V>>) => void] {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const values = useMemo(() => readSearch(shape, search), [shape, search]);
  const change = useCallback(
    (changes: Partial<Found<V>>) => {
      const written: Record<string, string | null> = {};
      for (const name of Object.keys(changes) as (keyof V & string)[]) {
        const value = changes[name];
        written[name] = value === null || value === undefined ? null : shape[name].write(value as V[typeof name]);
      }
      navigate(path + writeSearch(search, written), { replace: true });
    },
    [shape, search, path, navigate],
  );
  return [values, change];
}

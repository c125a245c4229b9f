import { useState } from 'react';
import type { Register } from '../../../api/registers.ts';
import { defaultColumns } from '../cells.tsx';

const keyOf = (register: Register) => `maru.columns.${register.name}`;

function stored(register: Register): string[] | null {
  try {
    const text = localStorage.getItem(keyOf(register));
    const parsed: unknown = text === null ? null : JSON.parse(text);
    return Array.isArray(parsed) ? parsed.map(String) : null;
  } catch {
    return null;
  }
}

function keep(register: Register, columns: string[]) {
  try {
    localStorage.setItem(keyOf(register), JSON.stringify(columns));
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

export interface Columns {
  shown: string[];
  toggle: (name: string) => void;
  show: (names: string[] | null) => void; // null: those of the beginning
}

// Which columns this browser shows of a register; the order is the register's.
export function useColumns(register: Register): Columns {
  const [shown, setShown] = useState(() => stored(register) ?? defaultColumns(register));
  const show = (names: string[] | null) => {
    const known = (names ?? []).filter((name) => register.fields.some((field) => field.name === name));
    const next = known.length > 0 ? known : defaultColumns(register);
    setShown(next);
    keep(register, next);
  };
  const toggle = (name: string) => {
    const wanted = shown.includes(name) ? shown.filter((one) => one !== name) : [...shown, name];
    if (wanted.length === 0) return;
    const ordered = defaultColumns(register, register.fields.length).filter((one) => wanted.includes(one));
    show([...new Set([...ordered, ...wanted])]);
  };
  return { shown, toggle, show };
}

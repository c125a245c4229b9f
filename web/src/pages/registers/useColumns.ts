import { useState } from 'react';
import type { Register } from '../../api/registers.ts';
import { defaultColumns } from './cells.tsx';

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

// Which columns this browser shows of a register; the order is the register's.
export function useColumns(register: Register): [string[], (name: string) => void] {
  const [columns, setColumns] = useState(() => stored(register) ?? defaultColumns(register));
  const toggle = (name: string) => {
    const wanted = columns.includes(name) ? columns.filter((one) => one !== name) : [...columns, name];
    if (wanted.length === 0) return;
    const first = defaultColumns(register, 99).filter((one) => wanted.includes(one));
    const next = [...new Set([...first, ...wanted])];
    setColumns(next);
    try {
      localStorage.setItem(keyOf(register), JSON.stringify(next));
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  };
  return [columns, toggle];
}

import { useState } from 'react';
import { useSheetIndex } from '../api/queries.ts';
import type { IconName } from '../ui/icons/drawings.ts';
import { PaletteDialog, type PaletteEntry, type PaletteGroup } from '../ui/PaletteDialog.tsx';
import type { Words } from '../words/ja.ts';
import { useWords } from '../words/language.tsx';
import { useCommands } from './CommandArea.tsx';

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

function pagesOf(t: Words): PaletteEntry[] {
  const pages: [string, IconName, string][] = [
    ['/', 'house', t.shell.home],
    ['/sheets/ipa-52', 'listChecks', t.shell.sheet],
    ['/tasks', 'listFilter', t.shell.tasks],
    ['/requests', 'inbox', t.shell.requests],
    ['/forecast', 'calendarClock', t.shell.forecast],
    ['/registers', 'table', t.shell.allRegisters],
    ['/registers/asset', 'table', t.shell.assets],
    ['/registers/device', 'monitorSmartphone', t.shell.devices],
    ['/registers/person', 'users', t.shell.people],
    ['/registers/document', 'fileText', t.shell.documents],
    ['/ledger', 'scrollText', t.shell.ledger],
    ['/me', 'user', t.shell.mine],
  ];
  return pages.map(([id, icon, label]) => ({ id, icon, label }));
}

// Full-width digits find items too; words must all be there.
export function matches(entry: Pick<PaletteEntry, 'label' | 'detail'>, typed: string): boolean {
  const text = `${entry.detail ?? ''} ${entry.label}`.normalize('NFKC').toLowerCase();
  return typed
    .normalize('NFKC')
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

const mostItems = 8;

// Items begin with the one whose number was typed.
function itemsFor(items: PaletteEntry[], typed: string): PaletteEntry[] {
  if (typed.trim() === '') return [];
  const number = typed.normalize('NFKC').trim();
  const found = items.filter((item) => matches(item, typed));
  return [...found].sort((a, b) => Number(b.detail === number) - Number(a.detail === number)).slice(0, mostItems);
}

export function Palette({ open, onOpenChange }: Props) {
  const { t } = useWords();
  const { go } = useCommands();
  const [typed, setTyped] = useState('');
  const items = useSheetIndex('ipa-52');
  const entries = items.map((item) => ({
    id: `/sheets/ipa-52/${item.number}`,
    icon: 'listChecks' as const,
    label: item.question,
    detail: item.number,
  }));
  const groups: PaletteGroup[] = [
    { label: t.palette.pages, entries: pagesOf(t).filter((page) => matches(page, typed)) },
    { label: t.palette.items, entries: itemsFor(entries, typed) },
  ].filter((group) => group.entries.length > 0);
  return (
    <PaletteDialog
      open={open}
      onOpenChange={onOpenChange}
      groups={groups}
      typed={typed}
      onType={setTyped}
      onChoose={(entry) => {
        onOpenChange(false);
        go(entry.id);
      }}
    />
  );
}

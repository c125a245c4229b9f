import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react';
import { useRegisters } from '../../api/registers.ts';
import type { Reference } from '../../ui/Combobox.tsx';
import type { References } from '../../ui/FieldFor.tsx';

const QuickCreate = lazy(() => import('./QuickCreate.tsx').then((file) => ({ default: file.QuickCreate })));

interface Asked {
  register: string;
  name: string;
  done: (made: Reference) => void;
}

// Lets references to registers that this person may write to be made where they are needed. The dialog stands beside the
// form, because what happens inside of a form would be the form's.
export function useQuickCreate(references: References): [References, ReactNode] {
  const registers = useRegisters().data;
  const [asked, setAsked] = useState<Asked | null>(null);
  const able = useMemo<References>(() => {
    const writable = new Set(registers?.filter((one) => one.write === 'all').map((one) => one.name));
    return { ...references, creator: (register) => (writable.has(register) ? (name, done) => setAsked({ register, name, done }) : null) };
  }, [references, registers]);
  const dialog = asked && (
    <Suspense fallback={null}>
      <QuickCreate
        name={asked.register}
        title={asked.name}
        onClose={() => setAsked(null)}
        onMade={(made) => {
          asked.done(made);
          setAsked(null);
        }}
      />
    </Suspense>
  );
  return [able, dialog];
}

import { Combobox as Base } from '@base-ui/react/combobox';
import { useEffect, useId, useState } from 'react';
import { useWords } from '../words/language.tsx';
import { Icon } from './icons/Icon.tsx';
import css from './fields.module.css';
import overlay from './overlays.module.css';

export interface Reference {
  id: string;
  label: string;
  detail?: string; // key, department: tells namesakes apart
}

interface Common {
  found: Reference[]; // what the server found for the last search
  onSearch: (text: string) => void;
  onCreate?: (name: string) => void; // quick create
  id?: string;
  label?: string;
  hint?: string;
  invalid?: boolean;
}

const same = (a: Reference, b: Reference) => a.id === b.id;
const labelOf = (reference: Reference) => reference.label;
const createId = ' create';

function useOffers({ found, onCreate }: Common, typed: string): Reference[] {
  const { t } = useWords();
  const name = typed.trim();
  if (!onCreate || name === '' || found.some((one) => one.label === name)) return found;
  return [...found, { id: createId, label: t.form.create(name) }];
}

function List() {
  const { t } = useWords();
  return (
    <Base.Portal>
      <Base.Positioner className={overlay.above} sideOffset={4}>
        <Base.Popup className={overlay.float}>
          <Base.Empty className={overlay.empty}>{t.form.noMatch}</Base.Empty>
          <Base.List>
            {(one: Reference) => (
              <Base.Item key={one.id} value={one} className={overlay.item}>
                {one.id === createId && <Icon name="plus" />}
                <span>{one.label}</span>
                {one.detail && <span className={css.help}>{one.detail}</span>}
                <Base.ItemIndicator className={overlay.check}>
                  <Icon name="check" />
                </Base.ItemIndicator>
              </Base.Item>
            )}
          </Base.List>
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  );
}

// What both kinds have in common: the server searches, and what was typed may become a new record.
function useSearch(props: Common, start: string, unasked: string | undefined) {
  const [typed, setTyped] = useState(start);
  // Chosen or taken back from outside: made beside the form, or the form was emptied.
  useEffect(() => {
    if (unasked !== undefined) setTyped(unasked);
  }, [unasked]);
  const items = useOffers(props, typed === unasked ? '' : typed);
  const root = {
    items,
    filter: null,
    isItemEqualToValue: same,
    itemToStringLabel: labelOf,
    inputValue: typed,
    onInputValueChange: (text: string) => {
      setTyped(text);
      props.onSearch(text);
    },
  };
  const input = {
    id: props.id,
    'aria-label': props.label,
    placeholder: props.hint,
    'aria-invalid': props.invalid || undefined,
    onFocus: () => props.onSearch(typed === unasked ? '' : typed),
  };
  return { root, input, create: () => props.onCreate?.(typed.trim()), clear: () => setTyped('') };
}

// One record of another register, found by typing.
export function ReferenceField(props: Common & { value: Reference | null; onChange: (value: Reference | null) => void }) {
  const { value, onChange } = props;
  const { t } = useWords();
  const chosen = value?.label ?? '';
  const { root, input, create } = useSearch({ hint: t.form.search, ...props }, chosen, chosen);
  const choose = (next: Reference | null) => (next?.id === createId ? create() : onChange(next));
  return (
    <Base.Root {...root} value={value} onValueChange={choose}>
      <Base.Input {...input} className={css.control} />
      <List />
    </Base.Root>
  );
}

// Several records; each can be taken off.
export function ReferencesField(props: Common & { values: Reference[]; onChange: (values: Reference[]) => void }) {
  const { values, onChange } = props;
  const { t } = useWords();
  const { root, input, create, clear } = useSearch({ hint: t.form.search, ...props }, '', undefined);
  const described = useId();
  const choose = (next: Reference[]) => {
    if (next.some((one) => one.id === createId)) create();
    else onChange(next);
    clear();
  };
  return (
    <Base.Root {...root} multiple value={values} onValueChange={choose}>
      <Base.Chips className={`${css.control} ${css.chips}`}>
        {values.map((one) => (
          <Base.Chip key={one.id} className={css.picked}>
            {one.label}
            <Base.ChipRemove aria-label={t.form.remove(one.label)}>
              <Icon name="x" size={14} />
            </Base.ChipRemove>
          </Base.Chip>
        ))}
        <Base.Input {...input} className={css.bare} aria-describedby={described} />
      </Base.Chips>
      <span id={described} className="hidden-text">
        {values.map(labelOf).join(', ')}
      </span>
      <List />
    </Base.Root>
  );
}

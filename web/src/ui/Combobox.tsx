import { Combobox as Base } from '@base-ui/react/combobox';
import { useId, useState } from 'react';
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

// One record of another register, found by typing; the server searches.
export function ReferenceField(props: Common & { value: Reference | null; onChange: (value: Reference | null) => void }) {
  const { t } = useWords();
  const [typed, setTyped] = useState(props.value?.label ?? '');
  const offers = useOffers(props, typed === props.value?.label ? '' : typed);
  const choose = (next: Reference | null) => (next?.id === createId ? props.onCreate?.(typed.trim()) : props.onChange(next));
  return (
    <Base.Root
      items={offers}
      filter={null}
      value={props.value}
      onValueChange={choose}
      isItemEqualToValue={same}
      itemToStringLabel={labelOf}
      inputValue={typed}
      onInputValueChange={(text) => {
        setTyped(text);
        props.onSearch(text);
      }}
    >
      <Base.Input
        className={css.control}
        id={props.id}
        aria-label={props.label}
        placeholder={t.form.search}
        aria-invalid={props.invalid || undefined}
      />
      <List />
    </Base.Root>
  );
}

// Several records; each can be taken off.
export function ReferencesField(props: Common & { values: Reference[]; onChange: (values: Reference[]) => void }) {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const offers = useOffers(props, typed);
  const hint = useId();
  const choose = (next: Reference[]) => {
    if (next.some((one) => one.id === createId)) props.onCreate?.(typed.trim());
    else props.onChange(next);
    setTyped('');
  };
  return (
    <Base.Root
      multiple
      items={offers}
      filter={null}
      value={props.values}
      onValueChange={choose}
      isItemEqualToValue={same}
      itemToStringLabel={labelOf}
      inputValue={typed}
      onInputValueChange={(text) => {
        setTyped(text);
        props.onSearch(text);
      }}
    >
      <Base.Chips className={`${css.control} ${css.chips}`}>
        {props.values.map((one) => (
          <Base.Chip key={one.id} className={css.picked}>
            {one.label}
            <Base.ChipRemove aria-label={t.form.remove(one.label)}>
              <Icon name="x" size={14} />
            </Base.ChipRemove>
          </Base.Chip>
        ))}
        <Base.Input className={css.bare} id={props.id} aria-label={props.label} aria-describedby={hint} placeholder={t.form.search} />
      </Base.Chips>
      <span id={hint} className="hidden-text">
        {props.values.map(labelOf).join(', ')}
      </span>
      <List />
    </Base.Root>
  );
}

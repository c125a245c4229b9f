import { type DragEvent, useId, useRef, useState } from 'react';
import { useWords } from '../words/language.tsx';
import { Button } from './Button.tsx';
import type { PickedFile } from './fieldModel.ts';
import css from './fields.module.css';

interface Props {
  value: PickedFile | null;
  onChange: (value: PickedFile | null) => void;
  label: string;
  hint?: string; // what may be dropped here
  accept?: string;
}

const picked = (file: File): PickedFile => ({ name: file.name, size: file.size, file, sha256: null });

// A place for a file: by drag and drop, or by the button.
export function FileDrop({ value, onChange, label, hint, accept }: Props) {
  const { t, f } = useWords();
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onChange(picked(file));
  };
  return (
    <div
      className={css.drop}
      data-over={over || undefined}
      onDrop={drop}
      onDragLeave={(event) => !event.currentTarget.contains(event.relatedTarget as Node | null) && setOver(false)}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
    >
      {value ? (
        <span className={css.fileName}>
          {value.href ? (
            <a href={value.href} download={`${label}-${value.name}`}>
              {t.form.attached(value.name)}
            </a>
          ) : (
            <>
              {value.name} <span className={css.unit}>{f.bytes(value.size)}</span>
            </>
          )}
        </span>
      ) : (
        <span>{hint ?? t.form.drop}</span>
      )}
      <label htmlFor={id} className="hidden-text">
        {label}
      </label>
      <input
        ref={input}
        id={id}
        type="file"
        hidden
        accept={accept}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = ''; // the same file, mended, may be chosen again
          if (file) onChange(picked(file));
        }}
      />
      <span className={css.chips}>
        <Button size="dense" icon="upload" onClick={() => input.current?.click()}>
          {t.form.chooseFile}
        </Button>
        {value && (
          <Button size="dense" kind="quiet" onClick={() => onChange(null)}>
            {value.href ? t.form.detach : t.form.remove(value.name)}
          </Button>
        )}
      </span>
    </div>
  );
}

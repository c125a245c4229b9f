// Keys for whoever does not want the mouse. Never while an input method composes or somebody types; single keys can be switched off.
import { useEffect, useRef } from 'react';

const storedChoice = 'maru.singlekeys';

export function singleKeysOn(): boolean {
  try {
    return localStorage.getItem(storedChoice) !== 'off';
  } catch {
    return true;
  }
}

export function switchSingleKeys(on: boolean): void {
  try {
    localStorage.setItem(storedChoice, on ? 'on' : 'off');
  } catch {
    // Without storage the keys stay on.
  }
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}

// "Ctrl+K" for either Control or Command; "g h" for one key after the other.
export function nameOfKey(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.ctrlKey || event.metaKey ? `Ctrl+${key}` : event.altKey ? `Alt+${key}` : key;
}

const sequenceTime = 1200;

export type KeyMap = Record<string, () => void>;

export function useKeys(map: KeyMap): void {
  const current = useRef(map);
  current.current = map;
  useEffect(() => {
    let before = { key: '', at: 0 };
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented) return;
      const key = nameOfKey(event);
      const withModifier = key.startsWith('Ctrl+');
      if (!withModifier && (isTyping(event.target) || !singleKeysOn())) return;
      const pair = event.timeStamp - before.at < sequenceTime ? `${before.key} ${key}` : '';
      const act = current.current[pair] ?? current.current[key];
      before = { key, at: event.timeStamp };
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

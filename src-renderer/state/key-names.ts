import { t, type MessageKey } from '../i18n/i18n.svelte.ts';
import { alternativesOf } from './key-table.ts';

export const isMac = /Mac/.test(navigator.platform);

const signs: Record<string, string> = {
  mod: isMac ? '⌘' : 'Ctrl',
  shift: isMac ? '⇧' : 'Shift',
  alt: isMac ? '⌥' : 'Alt',
  Enter: '↵',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
};

const words: Partial<Record<string, MessageKey>> = { Space: 'keys.space' };

function capOf(key: string): string {
  const word = words[key];
  if (word) return t(word);
  return signs[key] ?? ([...key].length === 1 ? key.toUpperCase() : key);
}

/** The caps of one alternative: `mod+shift+z` is Ctrl, Shift, Z. */
export function capsOf(alternative: string): string[] {
  return alternative.split(' ').flatMap((chord) => (chord === '+' ? ['+'] : chord.split('+').map(capOf)));
}

/** The first way to do something, short enough for a button; nothing where it has no key. */
export function shortCap(keys: string): string | undefined {
  const first = alternativesOf(keys)[0];
  return first === undefined ? undefined : capsOf(first).join(isMac ? '' : ' ');
}

import { untrack } from 'svelte';
import type { MessageKey } from '../i18n/i18n.svelte.ts';

/** One key or a sequence of two, such as `g t`. `mod` is Ctrl, or Cmd on a Mac. */
export interface Shortcut {
  readonly keys: string;
  readonly label: MessageKey;
  /** Works while a text field has the focus. */
  readonly inText?: boolean;
  readonly enabled?: () => boolean;
  readonly run: () => void;
}

export interface ShortcutGroup {
  readonly title: MessageKey;
  readonly shortcuts: readonly Shortcut[];
}

const sequenceMs = 1200;
export const isMac = /Mac/.test(navigator.platform);

function isTextField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches(
        'textarea, select, input:not([type=checkbox], [type=radio], [type=range], [type=button])',
      ))
  );
}

/** Keys that a focused control uses itself; with Ctrl, Alt or Shift they are no control's. */
function isTakenByControl(event: KeyboardEvent): boolean {
  const { target, key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false;
  if (!(target instanceof HTMLElement) || (key !== 'Enter' && key !== ' ')) return false;
  if (target.closest('button, a[href], summary, select, [role=button]')) return true;
  return key === ' ' && target.matches('input');
}

function nameOf(event: KeyboardEvent): string {
  const key = event.key === ' ' ? 'Space' : event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const shift = event.shiftKey && (event.key.length > 1 || mod);
  return `${mod ? 'mod+' : ''}${event.altKey ? 'alt+' : ''}${shift ? 'shift+' : ''}${key}`;
}

/** Every key that works now; the `?` overlay shows the same list that the key handler uses. */
class Shortcuts {
  groups = $state.raw<readonly ShortcutGroup[]>([]);
  /** What works now, one entry a title and in it one a key and label, for the overlay. */
  readonly listed = $derived.by(() => {
    const byTitle = new Map<MessageKey, Shortcut[]>();
    for (const { title, shortcuts } of this.groups) {
      const listed = byTitle.get(title) ?? [];
      // Two simulations on one page bring the same keys twice.
      const fresh = shortcuts.filter(
        ({ keys, label }) => !listed.some((other) => other.keys === keys && other.label === label),
      );
      byTitle.set(title, [...listed, ...fresh]);
    }
    return [...byTitle].map(([title, shortcuts]): ShortcutGroup => ({ title, shortcuts }));
  });
  #pending: { key: string; until: number } | null = null;

  /** Adds a group and returns the function that takes it away; call it from an effect. */
  add(group: ShortcutGroup): () => void {
    // The effect that adds a group must not depend on the list that it changes.
    untrack(() => (this.groups = [...this.groups, group]));
    return () => untrack(() => (this.groups = this.groups.filter((other) => other !== group)));
  }

  handle(event: KeyboardEvent): void {
    if (
      event.defaultPrevented ||
      event.isComposing ||
      ['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)
    )
      return;
    const inText = isTextField(event.target);
    if (event.repeat) {
      if (!inText) this.#holdBack(event);
      return;
    }
    const pressed = nameOf(event);
    // An open dialog has the keyboard to itself.
    if (document.querySelector('[role=dialog]') && pressed !== '?') return;
    const first = this.#pending && this.#pending.until > event.timeStamp ? this.#pending.key : null;
    this.#pending = null;
    const all = this.groups.toReversed().flatMap((group) => group.shortcuts);
    const usable = all.filter((shortcut) => (!inText || shortcut.inText) && (shortcut.enabled?.() ?? true));
    const found =
      (first && usable.find((shortcut) => shortcut.keys === `${first} ${pressed}`)) ||
      usable.find((shortcut) => shortcut.keys.split(' or ').includes(pressed));
    if (found) {
      if (isTakenByControl(event)) return;
      event.preventDefault();
      found.run();
    } else if (usable.some((shortcut) => shortcut.keys.startsWith(`${pressed} `))) {
      this.#pending = { key: pressed, until: event.timeStamp + sequenceMs };
    }
  }

  /** A key that is held down acts once: what it brought must not be answered by the same key. */
  #holdBack(event: KeyboardEvent): void {
    const scrolls =
      event.key === ' ' &&
      !isTakenByControl(event) &&
      !this.groups.some(({ shortcuts }) => shortcuts.some(({ keys }) => keys.includes('Space')));
    if ((event.key === 'Enter' || event.key === ' ') && !scrolls) event.preventDefault();
  }
}

export const shortcuts = new Shortcuts();

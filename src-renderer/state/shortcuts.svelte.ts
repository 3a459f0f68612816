import { untrack } from 'svelte';
import { isMac, shortCap } from './key-names.ts';
import {
  actionId,
  alternativesOf,
  defaultKeys,
  isCharacterKey,
  type Action,
  type ActionOf,
  type KeyPlace,
} from './key-table.ts';
import { settings } from './settings.svelte.ts';

interface Deed {
  /** Works while a text field has the focus. */
  readonly inText?: boolean;
  readonly enabled?: () => boolean;
  readonly run: () => void;
}

/** An action that can be done now, on this screen. */
export interface Shortcut extends Deed {
  readonly place: KeyPlace;
  readonly action: Action;
}

export interface ShortcutGroup {
  readonly place: KeyPlace;
  readonly shortcuts: readonly Shortcut[];
}

const sequenceMs = 1200;

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

/** In a long text Enter and Shift+Enter are a new line. */
function isNewLine(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.altKey) return false;
  return event.target instanceof HTMLTextAreaElement;
}

export const isModifier = ({ key }: KeyboardEvent): boolean =>
  ['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock'].includes(key);

/** What was pressed, as the key table writes it. Capitals are their small letters. */
export function pressedKeys(event: KeyboardEvent): string {
  const key = event.key === ' ' ? 'Space' : event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const shift = event.shiftKey && (event.key.length > 1 || mod);
  return `${mod ? 'mod+' : ''}${event.altKey ? 'alt+' : ''}${shift ? 'shift+' : ''}${key}`;
}

/** Every key that works now; the `?` overlay and the buttons show the same keys that the handler obeys. */
class Shortcuts {
  groups = $state.raw<readonly ShortcutGroup[]>([]);
  /** What works now, one entry a place and in it one an action, for the overlay. */
  readonly listed = $derived.by(() => {
    const byPlace = new Map<KeyPlace, Map<Action, Shortcut>>();
    for (const { place, shortcuts } of this.groups) {
      const listed = byPlace.get(place) ?? new Map<Action, Shortcut>();
      // Two simulations on one page bring the same keys twice.
      for (const shortcut of shortcuts)
        if (!listed.has(shortcut.action)) listed.set(shortcut.action, shortcut);
      byPlace.set(place, listed);
    }
    return [...byPlace].map(([place, listed]): ShortcutGroup => ({ place, shortcuts: [...listed.values()] }));
  });
  #pending: { key: string; until: number } | null = null;

  /** Adds what can be done now and returns the function that takes it away; call it from an effect. */
  add<P extends KeyPlace>(
    place: P,
    deeds: { readonly [A in ActionOf<P>]?: Deed | (() => void) },
  ): () => void {
    const shortcuts = Object.entries(deeds).map(([action, deed]): Shortcut => {
      const known = deed as Deed | (() => void);
      return { place, action: action as Action, ...(typeof known === 'function' ? { run: known } : known) };
    });
    const group: ShortcutGroup = { place, shortcuts };
    // The effect that adds a group must not depend on the list that it changes.
    untrack(() => (this.groups = [...this.groups, group]));
    return () => untrack(() => (this.groups = this.groups.filter((other) => other !== group)));
  }

  /** The keys of an action as the learner has them: alternatives parted by ` or `, nothing where it has none. */
  keysOf(place: KeyPlace, action: Action): string {
    const { keys = {}, singleKeys = true } = settings.value ?? {};
    const own = keys[actionId(place, action)] ?? defaultKeys(place, action);
    if (singleKeys) return own;
    return alternativesOf(own)
      .filter((alternative) => !isCharacterKey(alternative))
      .join(' or ');
  }

  /**
   * What a button shows of its key.
   *
   * @param inLongText the learner is writing one, where Enter and Shift+Enter are a new line
   */
  capOf(place: KeyPlace, action: Action, inLongText = false): string | undefined {
    const keys = alternativesOf(this.keysOf(place, action));
    const useful = inLongText ? keys.filter((key) => key !== 'Enter' && key !== 'shift+Enter') : keys;
    return shortCap(useful.join(' or '));
  }

  handle(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || isModifier(event)) return;
    const inText = isTextField(event.target);
    if (event.repeat) {
      if (!inText) this.#holdBack(event);
      return;
    }
    const pressed = pressedKeys(event);
    const usable = this.#usable(event, inText);
    // An open dialog has the keyboard to itself.
    const overlay = usable.filter(({ action }) => action === 'keys.show');
    const open = document.querySelector('[role=dialog]') ? overlay : usable;
    const first = this.#pending && this.#pending.until > event.timeStamp ? this.#pending.key : null;
    this.#pending = null;
    const found =
      (first && open.find(({ keys }) => keys.includes(`${first} ${pressed}`))) ||
      open.find(({ keys }) => keys.includes(pressed));
    if (found) {
      if (isTakenByControl(event)) return;
      event.preventDefault();
      found.run();
    } else if (open.some(({ keys }) => keys.some((key) => key.startsWith(`${pressed} `)))) {
      this.#pending = { key: pressed, until: event.timeStamp + sequenceMs };
    }
  }

  /** What can be done now, the latest first: a screen's own keys go before those of the app. */
  #usable(event: KeyboardEvent, inText: boolean): { keys: string[]; action: Action; run: () => void }[] {
    if (isNewLine(event)) return [];
    return this.groups
      .toReversed()
      .flatMap(({ shortcuts }) => shortcuts)
      .filter(({ inText: worksInText, enabled }) => (!inText || worksInText) && (enabled?.() ?? true))
      .map(({ place, action, run }) => ({ keys: alternativesOf(this.keysOf(place, action)), action, run }));
  }

  /** A key that is held down acts once: what it brought must not be answered by the same key. */
  #holdBack(event: KeyboardEvent): void {
    const usesSpace = this.groups.some(({ shortcuts }) =>
      shortcuts.some(({ place, action }) => this.keysOf(place, action).includes('Space')),
    );
    const scrolls = event.key === ' ' && !isTakenByControl(event) && !usesSpace;
    if ((event.key === 'Enter' || event.key === ' ') && !scrolls) event.preventDefault();
  }
}

export const shortcuts = new Shortcuts();

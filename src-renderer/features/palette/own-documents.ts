import type { Localized } from '#shared/locale.ts';
import type { SearchDocument } from '#shared/search/document.ts';
import { everyText, type MessageKey } from '../../i18n/i18n.svelte.ts';
import { settingPlaces } from '../../state/setting-places.ts';
import type { Action } from '../../state/key-table.ts';
import type { Shortcut, ShortcutGroup } from '../../state/shortcuts.svelte.ts';

/** Something that can be done now, as the palette offers it. */
export interface Command {
  readonly document: SearchDocument;
  readonly shortcut: Shortcut;
}

const nothing: Localized = { en: '', 'zh-CN': '' };

/** Several messages on one line, in every language. */
const joined = (keys: readonly MessageKey[]): Localized => ({
  en: keys.map((key) => everyText(key).en).join(' · '),
  'zh-CN': keys.map((key) => everyText(key)['zh-CN']).join(' · '),
});

/** Keys that mean nothing without what stands beside them, such as those that choose an option. */
const isNameless = (action: Action): boolean => action.startsWith('keys.option.');

/** What can be done on this screen and on every one. */
export function possibleNow(groups: readonly ShortcutGroup[], opener: Action): Shortcut[] {
  return groups
    .flatMap(({ shortcuts }) => shortcuts)
    .filter(({ action, enabled }) => action !== opener && !isNameless(action) && (enabled?.() ?? true));
}

/** An action as it is looked for. */
export function commandOf(shortcut: Shortcut): Command {
  const { place, action } = shortcut;
  return {
    shortcut,
    document: {
      id: `command:${place}/${action}`,
      kind: 'command',
      title: everyText(action),
      body: nothing,
      keywords: [],
      context: everyText(place),
      path: '',
    },
  };
}

/** Every setting, found by its name, what is said of it, and what may be chosen. */
export function settingDocuments(): SearchDocument[] {
  return settingPlaces.map(({ name, label, hint, section, choices = [] }) => ({
    id: `setting:${name}`,
    kind: 'setting',
    title: everyText(label),
    body: joined(hint ? [hint] : choices),
    keywords: Object.values(joined(choices)),
    context: everyText(section),
    path: `/settings/${name}`,
  }));
}

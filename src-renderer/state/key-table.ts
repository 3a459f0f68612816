import type { MessageKey } from '../i18n/i18n.svelte.ts';

/**
 * Every action that has a key, by the part of the app that it belongs to, with the keys that it comes with. An action is
 * called by its message. `mod` is Ctrl, or Cmd on a Mac; `g t` is one key after the other; ` or ` parts alternatives.
 * What a learner chooses instead is in the setting `keys`.
 */
export const keyTable = {
  'keys.everywhere': {
    'palette.open': 'mod+k',
    'nav.today': 'g t',
    'nav.lessons': 'g l',
    'nav.review': 'g r',
    'nav.lab': 'g b',
    'nav.cards': 'g c',
    'nav.progress': 'g p',
    'nav.interviews': 'g i',
    'nav.glossary': 'g g',
    'nav.settings': 'g s',
    'action.undo': 'mod+z',
    'action.redo': 'mod+shift+z or mod+y',
    'keys.show': '?',
  },
  'keys.reader': {
    'notes.write': 'n',
    'notes.mark': 'm',
    'reader.both': 'b',
    'reader.print': 'mod+p',
    'lessons.previous': '<',
    'lessons.next': '>',
  },
  'keys.question': {
    'keys.option.1': '1',
    'keys.option.2': '2',
    'keys.option.3': '3',
    'keys.option.4': '4',
    'keys.option.5': '5',
    'keys.option.6': '6',
    'keys.option.7': '7',
    'keys.option.8': '8',
  },
  'keys.review': {
    'review.sure': 'shift+Enter',
    'review.thinkSo': 'Enter or mod+Enter',
    'review.guess': 'alt+Enter',
    'review.dontKnow': '0',
    'grade.1': '1',
    'grade.2': '2',
    'grade.3': '3',
    'grade.4': '4',
    'review.accept': 'Enter or Space',
    'review.goOn': 'Enter or Space',
    'review.bury': '-',
    'review.suspend': '!',
    'review.flag': 'f',
    'review.info': 'i',
    'review.lookUp': 'h',
    'review.ownWords': 'e',
    'review.undo': 'mod+z',
    'review.redo': 'mod+shift+z or mod+y',
  },
  'keys.lab': {
    'sim.playPause': 'p',
    'sim.step': '.',
    'sim.finish': 'f',
    'sim.restart': 'x',
    'topology.slower': '[',
    'topology.faster': ']',
    'topology.previousEvent': 'b',
    'topology.nextEvent': 'n',
    'compare.run': 'f',
  },
  'nav.cards': {
    'cards.keys.search': '/',
    'cards.keys.move': 'ArrowUp or ArrowDown',
    'cards.keys.extend': 'shift+ArrowUp or shift+ArrowDown',
    'cards.keys.toggle': 'Space',
    'cards.keys.selectAll': 'mod+a',
    'cards.clearSelection': 'Escape',
    'cards.keys.open': 'Enter',
    'cards.keys.suspend': 's',
    'cards.keys.bury': 'b',
    'cards.flag.0': '0',
    'cards.flag.1': '1',
    'cards.flag.2': '2',
    'cards.flag.3': '3',
    'cards.flag.4': '4',
    'cards.reset': 'r',
    'cards.setDue': 'd',
    'cards.practise': 'p',
  },
  'nav.interviews': { 'interview.add': 'n' },
  'nav.glossary': { 'glossary.search': '/' },
} as const satisfies Partial<Record<MessageKey, Partial<Record<MessageKey, string>>>>;

export type KeyPlace = keyof typeof keyTable;
/** The actions of a part of the app. */
export type ActionOf<P extends KeyPlace> = keyof (typeof keyTable)[P] & MessageKey;
export type Action = { [P in KeyPlace]: ActionOf<P> }[KeyPlace];

/** How an action is called in the setting `keys`: its place and its message. */
export const actionId = (place: KeyPlace, action: Action): string => `${place}/${action}`;

export const keyPlaces = Object.keys(keyTable) as KeyPlace[];

export function actionsOf(place: KeyPlace): Action[] {
  return Object.keys(keyTable[place]) as Action[];
}

export function defaultKeys(place: KeyPlace, action: Action): string {
  return (keyTable[place] as Partial<Record<Action, string>>)[action] ?? '';
}

/** Whether actions of both may be there at the same time: a review asks questions, and some of them are simulations. */
export function meet(one: KeyPlace, other: KeyPlace): boolean {
  const together: readonly KeyPlace[] = ['keys.review', 'keys.question', 'keys.lab', 'keys.reader'];
  const everywhere = one === 'keys.everywhere' || other === 'keys.everywhere';
  return everywhere || one === other || (together.includes(one) && together.includes(other));
}

export const alternativesOf = (keys: string): string[] => (keys === '' ? [] : keys.split(' or '));

/** Keys that are typed as text, alone or one after the other: what speech input and a stray hand press by mistake (WCAG 2.1.4). */
export function isCharacterKey(alternative: string): boolean {
  return alternative.split(' ').every((key) => [...key].length === 1);
}

/** Whether two alternatives cannot both be told apart: the same keys, or one the beginning of the other. */
export function collide(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other} `) || other.startsWith(`${one} `);
}

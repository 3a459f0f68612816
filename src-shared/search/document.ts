import type { Localized } from '../locale.ts';

/** What can be found, in the order in which ties are broken between kinds. */
export const searchKinds = [
  'lesson',
  'term',
  'command',
  'setting',
  'section',
  'scenario',
  'note',
  'interview',
  'question',
] as const;
export type SearchKind = (typeof searchKinds)[number];

/** Something that can be found and led to. Texts are as they read, without Markdown. */
export interface SearchDocument {
  /** Its own among all documents of every kind. */
  readonly id: string;
  readonly kind: SearchKind;
  /** Null where the body is all there is to show, as with a question. */
  readonly title: Localized | null;
  readonly body: Localized;
  /** Other names, tags. */
  readonly keywords: readonly string[];
  /** Where it belongs, such as the lesson of a section. */
  readonly context: Localized | null;
  /** Address within the app, such as `/lessons/vm-trade-offs/isolation`; '' for what is run instead of gone to. */
  readonly path: string;
  /** Names sources and links: what tells of the matter itself comes first. */
  readonly isAside?: boolean;
}

/** A text with the parts that a search found, as places in UTF-16 units, in order and apart. */
export interface MarkedText {
  readonly text: string;
  readonly marks: readonly (readonly [start: number, end: number])[];
}

/** How much of a search a hit is: all of it, all but for a typing error, or only some of its words. */
export const closenesses = ['whole', 'typo', 'partial'] as const;
export type Closeness = (typeof closenesses)[number];

export interface SearchHit {
  readonly id: string;
  readonly kind: SearchKind;
  readonly path: string;
  /** In the learner's language. */
  readonly title: MarkedText | null;
  /** The title in the other language, where that is a name of its own or where it was found. */
  readonly otherTitle: MarkedText | null;
  /** A piece of the body around what was found, with `…` where it goes on. */
  readonly snippet: MarkedText | null;
  readonly context: Localized | null;
  readonly closeness: Closeness;
  /** Comparable between indexes; higher is better. */
  readonly score: number;
}

export interface SearchResult {
  /** Best first. */
  readonly hits: readonly SearchHit[];
  /** Of all that was found, shown or not. */
  readonly total: number;
}

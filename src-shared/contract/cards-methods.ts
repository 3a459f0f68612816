import { z } from 'zod';
import type { Localized } from '../locale.ts';
import { idSchema } from '../pack/base-schema.ts';
import type { PackQuestion, Pattern } from '../pack/schema.ts';
import { cardFlags, type CardState } from '../study/card.ts';
import type { CardSearchError } from '../study/card-search.ts';
import type { Confidence, Grade } from '../study/grade.ts';
import { method } from './method.ts';

/** A row of the table of all cards. */
export interface CardRow {
  readonly id: string;
  readonly stem: Localized;
  readonly kind: PackQuestion['kind'];
  readonly pattern: Pattern;
  readonly lessonId: string;
  readonly lessonTitle: Localized;
  /** Difficulty of the question by its author, 1-5. */
  readonly level: number;
  readonly state: CardState;
  /** Study days from today to the due day; null for a new card. */
  readonly dueInDays: number | null;
  /** Probability of recall now; null for a new card. */
  readonly recall: number | null;
  readonly buriedToday: boolean;
}

export const cardSorts = [
  'teaching',
  'stem',
  'lesson',
  'kind',
  'due',
  'recall',
  'stability',
  'difficulty',
  'interval',
  'reps',
  'lapses',
  'last',
  'flag',
] as const;
export type CardSort = (typeof cardSorts)[number];

export interface CardPage {
  readonly rows: readonly CardRow[];
  readonly total: number;
  /** Why the search could not be read; the rows are then none. */
  readonly problem: CardSearchError | null;
}

/** One line of the history of a card. */
export interface CardEvent {
  readonly id: number;
  readonly at: number;
  readonly kind: 'answer' | 'practice' | 'change';
  readonly change: string | null;
  readonly grade: Grade | null;
  readonly correct: boolean | null;
  readonly confidence: Confidence | null;
  readonly answerMs: number;
  /** Probability of recall just before, by the schedule. */
  readonly predicted: number | null;
  readonly after: CardState | null;
  readonly undone: boolean;
}

export interface CardInfo {
  readonly row: CardRow;
  readonly packId: string;
  readonly section: string;
  readonly tags: readonly string[];
  readonly facts: readonly string[];
  readonly ownWords: string;
  /** Newest first. */
  readonly history: readonly CardEvent[];
  /** Probability of recall on each of the next 60 study days, today first, if it is not reviewed. */
  readonly forgetting: readonly number[];
}

/** Which cards: those named, or all that a search finds. */
const whichSchema = z.union([
  z.strictObject({ ids: z.array(idSchema).min(1).max(100_000) }),
  z.strictObject({ search: z.string().max(1000) }),
]);
export type WhichCards = z.infer<typeof whichSchema>;

export const cardsMethods = {
  'cards.search': method<CardPage>()(
    z.strictObject({
      search: z.string().max(1000),
      sort: z.enum(cardSorts).default('teaching'),
      descending: z.boolean().default(false),
      /** The language that texts are sorted by. */
      locale: z.enum(['en', 'zh-CN']).default('en'),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(500).default(100),
    }),
  ),
  'cards.info': method<CardInfo>()(z.strictObject({ id: idSchema })),
  /** Does one thing to many cards; one undo takes it back. Fails with `search-unreadable` for a bad search. */
  'cards.change': method<{ readonly changed: number }>()(
    z.strictObject({
      which: whichSchema,
      change: z.discriminatedUnion('do', [
        z.strictObject({ do: z.literal('suspend') }),
        z.strictObject({ do: z.literal('unsuspend') }),
        /** Not asked any more today. */
        z.strictObject({ do: z.literal('bury') }),
        z.strictObject({ do: z.literal('unbury') }),
        z.strictObject({ do: z.literal('flag'), flag: z.literal(cardFlags) }),
        /** As if never seen; the log keeps what was. */
        z.strictObject({ do: z.literal('reset') }),
        /** Study days from today; a card never seen becomes a review with that interval. */
        z.strictObject({ do: z.literal('set-due'), inDays: z.int().min(0).max(36_500) }),
      ]),
    }),
  ),
} as const;

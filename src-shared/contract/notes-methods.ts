import { z } from 'zod';
import { locales, type Locale } from '../locale.ts';
import { idSchema } from '../pack/base-schema.ts';
import { method } from './method.ts';

/** A mark in the text of a lesson, the learner's own words on it, or both. */
export interface Note {
  readonly id: string;
  readonly lessonId: string;
  /** The language of the text that it was made in. */
  readonly locale: Locale;
  /** Anchor of its section, '' for what comes before the first. */
  readonly anchor: string;
  /** What was marked; '' for a note on the section as a whole. */
  readonly quote: string;
  /** Some of what stood before and after the quote, to tell equal ones apart and to find it in a text that has changed. */
  readonly prefix: string;
  readonly suffix: string;
  /** The learner's own words; '' for a mark alone. */
  readonly body: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

export const longestQuote = 2_000;
export const longestNote = 10_000;

export const notesMethods = {
  /** The notes of a lesson, or of all lessons, the oldest first. */
  'notes.list': method<readonly Note[]>()(z.strictObject({ lessonId: idSchema.optional() })),
  /** Adds a note, or changes the one of that id. */
  'notes.save': method<Note>()(
    z.strictObject({
      id: z.uuid(),
      lessonId: idSchema,
      locale: z.enum(locales),
      anchor: z.union([idSchema, z.literal('')]),
      quote: z.string().max(longestQuote),
      prefix: z.string().max(200),
      suffix: z.string().max(200),
      body: z.string().max(longestNote),
    }),
  ),
  'notes.remove': method<null>()(z.strictObject({ id: z.uuid() })),
} as const;

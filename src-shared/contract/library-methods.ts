import { z } from 'zod';
import type { Localized } from '../locale.ts';
import { idSchema, type GlossaryEntry, type Pattern, type Question, type Scenario } from '../pack/schema.ts';
import { method, nothing } from './method.ts';

export interface PackProblem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

export interface PackStatus {
  readonly id: string;
  readonly folder: string;
  readonly title: Localized | null;
  readonly version: string | null;
  readonly licence: string | null;
  readonly source: {
    readonly title: string;
    readonly authors: string;
    readonly url: string;
    readonly note: Localized;
  } | null;
  readonly problems: readonly PackProblem[];
}

/** Where a question belongs. */
export interface QuestionPlace {
  readonly packId: string;
  readonly lessonId: string;
  /** Titles to name and link the section that teaches the answer. */
  readonly lessonTitle: Localized;
  readonly pattern: Pattern;
}

export type LearnerQuestion = Question & QuestionPlace;

/** Where a lesson uses a term first. */
export interface TermPlace {
  readonly lessonId: string;
  readonly lessonTitle: Localized;
  /** '' for what comes before the first section. */
  readonly anchor: string;
}

export type GlossaryTerm = GlossaryEntry & { readonly usedIn: readonly TermPlace[] };

export type LearnerScenario = Scenario & { readonly pattern: Pattern };

export const libraryMethods = {
  'library.packs': method<readonly PackStatus[]>()(nothing),
  'library.question': method<LearnerQuestion>()(
    z.strictObject({
      id: idSchema,
      /** Which of its draws, where the question is drawn. */
      draw: z.int().min(0).default(0),
    }),
  ),
  'library.scenario': method<LearnerScenario>()(z.strictObject({ id: idSchema })),
  'library.glossary': method<readonly GlossaryTerm[]>()(nothing),
} as const;

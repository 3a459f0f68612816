import { z } from 'zod';
import { idSchema, type Fact, type Lesson, type LessonMeta } from '../pack/schema.ts';
import { method, nothing } from './method.ts';
import { responseSchema, type Response } from './responses.ts';

export interface LessonProgress {
  /** Furthest share of the lesson that was on screen, 0-100. */
  readonly percentRead: number;
  /** Anchor of the section that was last at the top of the screen, or '' for the start. */
  readonly anchor: string;
  /** Share of that section scrolled past, 0-1. */
  readonly offset: number;
  readonly finishedAt: number | null;
  readonly updatedAt: number;
}

export interface LessonSummary extends LessonMeta {
  readonly progress: LessonProgress | null;
  readonly questionCount: number;
  /** Questions of the lesson that were answered at least once. */
  readonly questionsSeen: number;
}

export interface LessonDetail extends Lesson {
  readonly progress: LessonProgress | null;
  readonly pretestAnswers: Readonly<
    Record<string, { readonly response: Response; readonly correct: boolean }>
  >;
  /** What the lesson teaches, each with its source where it is not the pack's own. */
  readonly taughtFacts: readonly Fact[];
  readonly previousId: string | null;
  readonly nextId: string | null;
}

export const lessonsMethods = {
  'lessons.list': method<readonly LessonSummary[]>()(nothing),
  'lessons.get': method<LessonDetail>()(z.strictObject({ id: idSchema })),
  'lessons.saveProgress': method<LessonProgress>()(
    z.strictObject({
      id: idSchema,
      percentRead: z.number().min(0).max(100),
      anchor: z.union([idSchema, z.literal('')]),
      offset: z.number().min(0).max(1),
    }),
  ),
  'lessons.finish': method<LessonProgress>()(z.strictObject({ id: idSchema, finished: z.boolean() })),
  'lessons.answerPretest': method<{ readonly correct: boolean }>()(
    z.strictObject({ id: idSchema, questionId: idSchema, response: responseSchema }),
  ),
} as const;

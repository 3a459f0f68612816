import { z } from 'zod';
import type { Localized } from '../locale.ts';
import { idSchema } from '../pack/base-schema.ts';
import type { CardFlag, CardPhase } from '../study/card.ts';
import type { Grade } from '../study/grade.ts';
import type { Verdict } from '../study/verdict.ts';
import type { LearnerQuestion, LearnerScenario } from './library-methods.ts';
import { jsonSchema } from './json.ts';
import { method, nothing } from './method.ts';
import { responseSchema, type Response } from './responses.ts';

export interface QueueCounts {
  /** Cards being learned or relearned, due before the study day ends. */
  readonly learning: number;
  readonly review: number;
  /** New questions that today's limit still allows. */
  readonly fresh: number;
}

export const practiceKinds = ['lesson', 'missed', 'forgotten-today', 'ahead', 'tag', 'chosen'] as const;
export type PracticeKind = (typeof practiceKinds)[number];

export interface ReviewSession {
  readonly startedAt: number;
  readonly lessonId: string | null;
  /** Practice leaves the schedule alone; null in a session that follows it. */
  readonly practice: { readonly what: PracticeKind; readonly left: number } | null;
  readonly answered: number;
  readonly correct: number;
  /** Questions whose last answer in this session was wrong. */
  readonly missed: number;
  /** The question that is open, with what was filled in so far. */
  readonly questionId: string | null;
  readonly draft: unknown;
}

/** What can be undone or redone, by name, with what its name says. */
export interface NamedAction {
  readonly kind: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface Today {
  readonly counts: QueueCounts;
  readonly answeredToday: number;
  readonly correctToday: number;
  /** Time spent answering today, milliseconds. */
  readonly spentTodayMs: number;
  /** Study days in a row with at least one answer, today or yesterday included; rest days do not break it. */
  readonly streakDays: number;
  /** Whether today is a planned day of rest. */
  readonly restsToday: boolean;
  /** When the next card falls due, if nothing is due now. */
  readonly nextDueAt: number | null;
  /** Cards falling due on each of the next seven study days, today first. */
  readonly forecast: readonly number[];
  readonly session: ReviewSession | null;
  /** Reviews that are due and that today's limit keeps for later; 0 where nothing piles up. */
  readonly backlog: number;
  readonly undo: NamedAction | null;
  readonly redo: NamedAction | null;
}

export interface NextCard {
  readonly question: LearnerQuestion;
  readonly scenario: LearnerScenario | null;
  readonly phase: CardPhase;
  readonly lapses: number;
  readonly flag: CardFlag;
  /** The row of the review log that an answer builds on, or 0: a second window cannot answer the same showing twice. */
  readonly basedOn: number;
  /** When the core looked, epoch milliseconds. */
  readonly at: number;
  /** When the card falls due after each grade; null in practice, which changes no due day. */
  readonly dueAfter: Readonly<Record<Grade, number>> | null;
  readonly draft: unknown;
  /** The question explained in the learner's own words, or ''. */
  readonly ownWords: string;
  /** A leech has a simpler question beside it, if there is one. */
  readonly simpler: { readonly questionId: string; readonly level: number } | null;
}

/** What a session came to. */
export interface SessionSummary {
  readonly answered: number;
  readonly correct: number;
  readonly fresh: number;
  readonly spentMs: number;
  readonly lessons: readonly {
    readonly lessonId: string;
    readonly title: Localized;
    readonly answered: number;
    readonly correct: number;
  }[];
  readonly missed: readonly { readonly questionId: string; readonly stem: Localized }[];
  /** Cards due tomorrow, and new questions that tomorrow allows. */
  readonly tomorrow: { readonly reviews: number; readonly fresh: number; readonly rests: boolean };
  readonly streakDays: number;
}

export interface QueueState {
  readonly card: NextCard | null;
  readonly counts: QueueCounts;
  readonly session: ReviewSession | null;
  /** Once nothing is left to ask. */
  readonly summary: SessionSummary | null;
  readonly nextDueAt: number | null;
  readonly undo: NamedAction | null;
  readonly redo: NamedAction | null;
}

export interface AnswerOutcome {
  readonly reviewId: number;
  readonly verdict: Verdict;
  /** null in practice. */
  readonly grade: Grade | null;
  readonly dueAt: number;
  readonly leech: boolean;
}

export interface UndoOutcome {
  readonly action: NamedAction;
  /** The question that is open again, if it was an answer. */
  readonly questionId: string | null;
  readonly response: Response | null;
  readonly undo: NamedAction | null;
  readonly redo: NamedAction | null;
}

const answerFields = {
  /** Made by the client for each showing of a question; a repeated call with the same id changes nothing. */
  answerId: z.uuid(),
  questionId: idSchema,
  basedOn: z.int().min(0),
  response: responseSchema,
  confidence: z.enum(['sure', 'think-so', 'guess']).nullable(),
  usedHelp: z.boolean(),
  answerMs: z.number().min(0),
};

export const reviewMethods = {
  'review.today': method<Today>()(nothing),
  'review.next': method<QueueState>()(
    /** Without a lesson it goes on with the session that is open; null asks for everything. */
    z.strictObject({ lessonId: idSchema.nullable().optional() }),
  ),
  /** Opens practice that leaves the schedule as it is. Fails with `nothing-to-practise` where nothing fits. */
  'review.practise': method<{ readonly count: number }>()(
    z.discriminatedUnion('what', [
      z.strictObject({ what: z.literal('lesson'), lessonId: idSchema }),
      /** What was answered wrongly in the open session. */
      z.strictObject({ what: z.literal('missed') }),
      z.strictObject({ what: z.literal('forgotten-today') }),
      /** What falls due within so many study days. */
      z.strictObject({ what: z.literal('ahead'), days: z.int().min(1).max(60) }),
      z.strictObject({ what: z.literal('tag'), tag: idSchema }),
      z.strictObject({ what: z.literal('chosen'), ids: z.array(idSchema).min(1).max(1000) }),
    ]),
  ),
  /** The tags of the questions, with how many have each. */
  'review.tags': method<readonly { readonly tag: string; readonly count: number }[]>()(nothing),
  'review.saveDraft': method<null>()(
    z.strictObject({
      questionId: idSchema,
      /** As in `NextCard`: a draft of a showing that was answered meanwhile is dropped. */
      basedOn: z.int().min(0),
      draft: jsonSchema,
    }),
  ),
  'review.answer': method<AnswerOutcome>()(
    z.strictObject({
      ...answerFields,
      grade: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
    }),
  ),
  /** An answer in practice: kept, counted, and no part of the schedule. */
  'review.answerPractice': method<AnswerOutcome>()(z.strictObject(answerFields)),
  /** Keeps the question explained in the learner's own words; '' removes it. */
  'review.explain': method<null>()(z.strictObject({ questionId: idSchema, text: z.string().max(20_000) })),
  'review.undo': method<UndoOutcome>()(nothing),
  'review.redo': method<UndoOutcome>()(nothing),
  /** Ends the session; leaving the screen does not. */
  'review.finish': method<null>()(nothing),
  /** Spreads what is overdue over the next days, what matters most first. */
  'review.spreadBacklog': method<{ readonly moved: number }>()(
    z.strictObject({ days: z.int().min(2).max(60) }),
  ),
  /** Plans a study day as a day of rest, or takes that back. */
  'review.rest': method<null>()(
    z.strictObject({ studyDay: z.int().min(0).max(100_000), rests: z.boolean() }),
  ),
} as const;

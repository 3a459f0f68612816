import { z } from 'zod';
import type { Localized } from '../locale.ts';
import {
  idSchema,
  type Fact,
  type GlossaryEntry,
  type Lesson,
  type LessonMeta,
  type Pattern,
  type Question,
  type Scenario,
} from '../pack/schema.ts';
import type { Grade } from '../study/grade.ts';
import type { CardPhase } from '../study/card.ts';
import type { Verdict } from '../study/verdict.ts';
import { jsonSchema } from './json.ts';
import { responseSchema, type Response } from './responses.ts';
import { settingsPatchSchema, type Settings } from './settings.ts';

/**
 * The API between the interface and the core: one table of methods, named `<feature>.<verb>`.
 * Inputs are checked against their schema by `dispatch`; outputs are types.
 */

interface Method<I extends z.ZodType, O> {
  readonly input: I;
  /** Never there at run time: carries the output type. */
  readonly output?: O;
}

function method<O>() {
  return <I extends z.ZodType>(input: I): Method<I, O> => ({ input });
}

const nothing = z.strictObject({});

export type { Response, Settings };

export interface SystemInfo {
  readonly version: string;
  readonly host: 'electron' | 'loopback';
  readonly dataDir: string;
  readonly databaseFile: string;
  readonly schemaVersion: number;
}

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

/** Where a question belongs. */
export interface QuestionPlace {
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

export interface QueueCounts {
  /** Cards being learned or relearned, due before the study day ends. */
  readonly learning: number;
  readonly review: number;
  /** New questions that today's limit still allows. */
  readonly fresh: number;
}

export interface ReviewSession {
  readonly startedAt: number;
  readonly lessonId: string | null;
  readonly answered: number;
  readonly correct: number;
  /** The question that is open, with what was filled in so far. */
  readonly questionId: string | null;
  readonly draft: unknown;
}

export interface Today {
  readonly counts: QueueCounts;
  readonly answeredToday: number;
  readonly correctToday: number;
  /** Study days in a row with at least one answer, today or yesterday included. */
  readonly streakDays: number;
  /** When the next card falls due, if nothing is due now. */
  readonly nextDueAt: number | null;
  /** Cards falling due on each of the next seven study days, today first. */
  readonly forecast: readonly number[];
  readonly session: ReviewSession | null;
  readonly undoable: boolean;
}

export interface NextCard {
  readonly question: LearnerQuestion;
  readonly scenario: LearnerScenario | null;
  readonly phase: CardPhase;
  readonly lapses: number;
  /** The row of the review log that an answer builds on, or 0: a second window cannot answer the same showing twice. */
  readonly basedOn: number;
  /** When the core looked, epoch milliseconds. */
  readonly at: number;
  /** When the card falls due after each grade. */
  readonly dueAfter: Readonly<Record<Grade, number>>;
  readonly draft: unknown;
}

export interface QueueState {
  readonly card: NextCard | null;
  readonly counts: QueueCounts;
  readonly session: ReviewSession | null;
  readonly nextDueAt: number | null;
  readonly undoable: boolean;
}

export interface AnswerOutcome {
  readonly reviewId: number;
  readonly verdict: Verdict;
  readonly grade: Grade;
  readonly dueAt: number;
  readonly leech: boolean;
}

export interface UndoOutcome {
  readonly questionId: string;
  readonly response: Response;
  readonly undoable: boolean;
}

export interface Attempt {
  readonly id: number;
  readonly scenarioId: string;
  readonly at: number;
  readonly place: 'lesson' | 'review' | 'lab';
  readonly changes: Readonly<Record<string, string | number | boolean>>;
  readonly seed: number;
  readonly prediction: unknown;
  readonly metrics: Readonly<Record<string, number>>;
  readonly met: boolean | null;
}

export const contract = {
  'settings.get': method<Settings>()(nothing),
  'settings.set': method<Settings>()(settingsPatchSchema),

  'system.info': method<SystemInfo>()(nothing),

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

  'review.today': method<Today>()(nothing),
  'review.next': method<QueueState>()(
    /** Without a lesson it goes on with the session that is open; null asks for everything. */
    z.strictObject({ lessonId: idSchema.nullable().optional() }),
  ),
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
      /** Made by the client for each showing of a question; a repeated call with the same id changes nothing. */
      answerId: z.uuid(),
      questionId: idSchema,
      basedOn: z.int().min(0),
      response: responseSchema,
      confidence: z.enum(['sure', 'think-so', 'guess']).nullable(),
      usedHelp: z.boolean(),
      grade: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
      answerMs: z.number().min(0),
    }),
  ),
  'review.undo': method<UndoOutcome>()(nothing),
  /** Ends the session; leaving the screen does not. */
  'review.finish': method<null>()(nothing),

  'lab.scenarios': method<readonly LearnerScenario[]>()(nothing),
  'lab.saveAttempt': method<Attempt>()(
    z.strictObject({
      scenarioId: idSchema,
      place: z.enum(['lesson', 'review', 'lab']),
      changes: z.record(z.string().max(200), z.union([z.string(), z.number(), z.boolean()])),
      seed: z.int().min(0),
      prediction: jsonSchema.default(null),
      metrics: z.record(z.string().max(200), z.number()),
      met: z.boolean().nullable(),
    }),
  ),
  'lab.attempts': method<readonly Attempt[]>()(
    z.strictObject({ scenarioId: idSchema, limit: z.int().min(1).max(200).default(20) }),
  ),
} as const;

export type Contract = typeof contract;
export type MethodName = keyof Contract;
/** What a client sends: defaults may be left out. */
export type Input<M extends MethodName> = z.input<Contract[M]['input']>;
/** What a handler receives: checked, defaults filled in. */
export type CheckedInput<M extends MethodName> = z.output<Contract[M]['input']>;
export type Output<M extends MethodName> = Contract[M] extends { readonly output?: infer O }
  ? Exclude<O, undefined>
  : never;

export function isMethodName(name: string): name is MethodName {
  return Object.hasOwn(contract, name);
}

/** What the core and its host tell every open window. */
export interface Events {
  'settings.changed': Settings;
  'study.changed': null;
  'lessons.changed': null;
  /** A choice of the application menu. */
  'menu.chosen': {
    readonly command: 'undo' | 'today' | 'lessons' | 'review' | 'lab' | 'glossary' | 'settings' | 'keys';
  };
}
export type EventName = keyof Events;

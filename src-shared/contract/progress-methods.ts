import { z } from 'zod';
import type { Localized } from '../locale.ts';
import type { Pattern } from '../pack/schema.ts';
import type { Confidence, Grade } from '../study/grade.ts';
import { method, nothing } from './method.ts';

/** A share with its 95 % interval, all 0-1. */
export interface ShareWithInterval {
  readonly n: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

export interface CalendarDay {
  readonly studyDay: number;
  readonly answers: number;
  readonly correct: number;
  readonly spentMs: number;
}

export interface ProgressCalendar {
  /** Study day of now. */
  readonly today: number;
  /** Days with an answer, oldest first. */
  readonly days: readonly CalendarDay[];
  readonly restDays: readonly number[];
  readonly streakDays: number;
  readonly longestStreakDays: number;
  readonly totals: {
    readonly answers: number;
    readonly spentMs: number;
    readonly daysStudied: number;
  };
}

export interface ForecastDay {
  readonly studyDay: number;
  readonly reviews: number;
}

export interface ProgressForecast {
  readonly today: number;
  readonly overdue: number;
  /** From today on; what is overdue counts for today as well. */
  readonly days: readonly ForecastDay[];
  /** Mean reviews a day, as the intervals of now demand. */
  readonly dailyLoad: number;
}

export interface Retention {
  readonly young: ShareWithInterval;
  readonly mature: ShareWithInterval;
  readonly all: ShareWithInterval;
}

export interface ProgressRetention extends Retention {
  /** What the schedule aims at. */
  readonly desired: number;
  readonly lessons: readonly (Retention & { readonly lessonId: string; readonly title: Localized })[];
}

export interface ProgressMemory {
  /** Lower edges in days of the bins of stability; the last bin has no upper edge. */
  readonly stabilityEdges: readonly number[];
  readonly stability: readonly number[];
  /** Cards by probability of recall now, in ten bins. */
  readonly recall: readonly number[];
  readonly counts: {
    readonly fresh: number;
    readonly learning: number;
    readonly young: number;
    readonly mature: number;
    readonly suspended: number;
  };
  /** Sum of the probabilities of recall: questions that would be known now. */
  readonly known: number;
  readonly total: number;
}

export interface ProgressHabits {
  /** 24 hours of the learner's clock. */
  readonly hours: readonly { readonly answers: number; readonly correct: number }[];
  readonly grades: Readonly<Record<'new' | 'learning' | 'young' | 'mature', Readonly<Record<Grade, number>>>>;
}

export interface ProgressCalibration {
  /** What the learner said and what came of it. */
  readonly confidence: readonly (ShareWithInterval & {
    readonly confidence: Confidence;
    /** What the confidence stands for in the score. */
    readonly said: number;
  })[];
  /** 0 is perfect, 0.25 what a coin gets; null without answers. */
  readonly confidenceBrier: number | null;
  /** What the schedule predicted and what came of it, in ten bins. */
  readonly schedule: readonly (ShareWithInterval & { readonly predicted: number })[];
  readonly scheduleBrier: number | null;
}

/** Questions that would be known now, of all, with what is uncertain about it. */
export interface Mastery extends ShareWithInterval {
  readonly seen: number;
}

export interface ProgressMastery {
  readonly lessons: readonly (Mastery & {
    readonly lessonId: string;
    readonly title: Localized;
    readonly pattern: Pattern;
    readonly finished: boolean;
    /** Right answers before reading, and the probability of recall now of those asked since; null where none was. */
    readonly pretest: { readonly right: number; readonly of: number; readonly now: number | null } | null;
    readonly spentMs: number;
  })[];
  readonly patterns: readonly (Mastery & { readonly pattern: Pattern })[];
  /** Mean gain from the pretests to now, over lessons with a pretest that were studied since; null without any. */
  readonly gain: { readonly before: number; readonly now: number; readonly lessons: number } | null;
}

const spanSchema = z.strictObject({
  /** Study days back from today. */
  days: z.int().min(1).max(36_500).default(365),
});

export const progressMethods = {
  'progress.calendar': method<ProgressCalendar>()(spanSchema),
  'progress.forecast': method<ProgressForecast>()(
    z.strictObject({ days: z.int().min(1).max(365).default(30) }),
  ),
  'progress.retention': method<ProgressRetention>()(spanSchema),
  'progress.memory': method<ProgressMemory>()(nothing),
  'progress.habits': method<ProgressHabits>()(spanSchema),
  'progress.calibration': method<ProgressCalibration>()(spanSchema),
  'progress.mastery': method<ProgressMastery>()(nothing),
} as const;

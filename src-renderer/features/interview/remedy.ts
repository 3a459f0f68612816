import type { Input, LessonSummary, PlannedInterview } from '#shared/contract/contract.ts';
import type { Settings } from '#shared/contract/settings.ts';
import type { Remedy } from '#shared/study/interview-plan.ts';
import { targets } from './interview-draft.ts';

type DailyLimits = Pick<Settings, 'newPerDay' | 'reviewsPerDay'>;

/** A remedy as it can be taken: what it would set, beside what holds now. */
export type Offer =
  | { readonly kind: 'more-per-day'; readonly limits: DailyLimits }
  | { readonly kind: 'later-date'; readonly day: number }
  | {
      readonly kind: 'fewer-questions';
      readonly kept: readonly LessonSummary[];
      readonly leftOut: readonly LessonSummary[];
    }
  | { readonly kind: 'lower-target'; readonly target: number };

/** The lessons that an interview asks for, in the order of the course. */
export function lessonsOf(
  { lessonIds }: Pick<PlannedInterview, 'lessonIds'>,
  lessons: readonly LessonSummary[],
): readonly LessonSummary[] {
  return lessonIds.length === 0 ? lessons : lessons.filter(({ id }) => lessonIds.includes(id));
}

/**
 * An interview asks for whole lessons. Those that were begun stay first, as their questions are half learned already, then
 * the others in the order of the course, as many as the questions allow.
 */
function fewerLessons(asked: readonly LessonSummary[], questions: number): Offer | null {
  const begunFirst = [...asked].sort((a, b) => Number(b.questionsSeen > 0) - Number(a.questionsSeen > 0));
  const ids = new Set<string>();
  let room = questions;
  for (const { id, questionCount } of begunFirst) {
    room -= questionCount;
    if (room < 0) break;
    ids.add(id);
  }
  if (ids.size === 0 || ids.size === asked.length) return null;
  return {
    kind: 'fewer-questions',
    kept: asked.filter(({ id }) => ids.has(id)),
    leftOut: asked.filter(({ id }) => !ids.has(id)),
  };
}

/** The limits that settings may have. */
const most: DailyLimits = { newPerDay: 500, reviewsPerDay: 9999 };

function offerOf(
  remedy: Remedy,
  interview: PlannedInterview,
  lessons: readonly LessonSummary[],
): Offer | null {
  switch (remedy.kind) {
    case 'more-per-day': {
      const { newPerDay, reviewsPerDay } = remedy;
      const isAllowed = newPerDay <= most.newPerDay && reviewsPerDay <= most.reviewsPerDay;
      return isAllowed ? { kind: 'more-per-day', limits: { newPerDay, reviewsPerDay } } : null;
    }
    case 'later-date':
      return { kind: 'later-date', day: interview.day + remedy.days };
    case 'fewer-questions':
      return fewerLessons(lessonsOf(interview, lessons), remedy.questions);
    case 'lower-target':
      return remedy.target * 100 >= targets.least ? { kind: 'lower-target', target: remedy.target } : null;
  }
}

/** What would make an interview fit and can be had. */
export function offersOf(interview: PlannedInterview, lessons: readonly LessonSummary[]): readonly Offer[] {
  return (interview.plan?.remedies ?? []).flatMap((remedy) => offerOf(remedy, interview, lessons) ?? []);
}

/** The interview as an offer leaves it. */
export function changedBy(
  offer: Exclude<Offer, { readonly kind: 'more-per-day' }>,
  interview: PlannedInterview,
): Input<'interview.save'> {
  const { id, name, day, lessonIds, target } = interview;
  const same = { id, name, day, lessonIds: [...lessonIds], target };
  switch (offer.kind) {
    case 'later-date':
      return { ...same, day: offer.day };
    case 'fewer-questions':
      return { ...same, lessonIds: offer.kept.map(({ id: lessonId }) => lessonId) };
    case 'lower-target':
      return { ...same, target: offer.target };
  }
}

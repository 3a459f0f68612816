import { expect, it } from 'vitest';
import type { LessonSummary, PlannedInterview } from '#shared/contract/contract.ts';
import type { Remedy } from '#shared/study/interview-plan.ts';
import { changedBy, offersOf, type Offer } from '../../../src-renderer/features/interview/remedy.ts';

/** Ten questions each; of the third some were answered. */
const lessons = ['first', 'second', 'third', 'fourth'].map((id): LessonSummary => ({
  id,
  title: { en: id, 'zh-CN': id },
  summary: { en: '', 'zh-CN': '' },
  pattern: 'vm',
  minutes: 10,
  objectives: [],
  pretest: [],
  facts: [],
  progress: null,
  questionCount: 10,
  questionsSeen: id === 'third' ? 4 : 0,
}));

const interviewWith = (...remedies: Remedy[]): PlannedInterview => ({
  id: 'one',
  name: 'One',
  day: 20_000,
  lessonIds: [],
  target: 0.9,
  inDays: 14,
  questions: 40,
  plan: {
    newPerDay: 4,
    expectedRecall: 0.5,
    expectedReviewsByDay: [],
    leastRecall: 0,
    fits: false,
    remedies,
  },
});

const keptBy = (questions: number) =>
  offersOf(interviewWith({ kind: 'fewer-questions', questions }), lessons).flatMap((offer) =>
    offer.kind === 'fewer-questions' ? [offer.kept.map(({ id }) => id)] : [],
  );

it('keeps whole lessons: those that were begun, then the first, and never more questions than fit', () => {
  expect(keptBy(25)).toEqual([['first', 'third']]);
  expect(keptBy(10)).toEqual([['third']]);
});

it('offers no fewer lessons where not even one fits', () => {
  expect(keptBy(9)).toEqual([]);
});

it('offers nothing that cannot be kept', () => {
  const tooLow: Remedy = { kind: 'lower-target', target: 0.64 };
  const tooMany: Remedy = { kind: 'more-per-day', newPerDay: 501, reviewsPerDay: 50 };
  expect(offersOf(interviewWith(tooLow, tooMany), lessons)).toEqual([]);
});

it('changes one thing of the interview, and nothing else', () => {
  const interview = interviewWith({ kind: 'later-date', days: 3 }, { kind: 'lower-target', target: 0.8 });
  const changes = offersOf(interview, lessons)
    .filter((offer): offer is Exclude<Offer, { kind: 'more-per-day' }> => offer.kind !== 'more-per-day')
    .map((offer) => changedBy(offer, interview));
  const same = { id: 'one', name: 'One', lessonIds: [] };
  expect(changes).toEqual([
    { ...same, day: 20_003, target: 0.9 },
    { ...same, day: 20_000, target: 0.8 },
  ]);
});

import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Grade } from '../../src-shared/study/grade.ts';
import { firstMemory, memoryAfter, recallAfter, type Weights } from '../../src-shared/study/memory.ts';
import type { CardHistory } from '../../src-shared/study/predicted-recall.ts';

/** A learner whose memory is FSRS itself with known weights, and who keeps to a schedule of other weights. */
export interface SyntheticLearner {
  /** How the learner forgets. */
  readonly truth: Weights;
  /** What the schedule takes the learner for. */
  readonly schedule: Weights;
  readonly cards: number;
  /** Recalls of all cards together; what else is answered on the same day comes on top. */
  readonly recalls: number;
  readonly seed: number;
}

/** The answers of a synthetic learner: reviews near the due day, a second answer on the day of a lapse. */
export function syntheticHistories(learner: SyntheticLearner): CardHistory[] {
  const random = xoroshiro128plus(learner.seed);
  const chance = () => uniformFloat64(random);
  const gradeOf = (recalled: boolean): Grade => {
    if (!recalled) return 1;
    const share = chance();
    return share < 0.1 ? 2 : share < 0.85 ? 3 : 4;
  };
  const perCard = Math.ceil(learner.recalls / learner.cards);
  let left = learner.recalls;
  return Array.from({ length: learner.cards }, (_, card) => {
    // Cards are met a few a day.
    let day = 20_000 + Math.floor(card / 4);
    let grade = gradeOf(chance() < 0.6);
    const reviews = [{ grade, day }];
    let memory = firstMemory(grade, learner.truth);
    let believed = firstMemory(grade, learner.schedule);
    const answer = (days: number, next: Grade) => {
      day += days;
      reviews.push({ grade: next, day });
      memory = memoryAfter(memory, next, days, learner.truth);
      believed = memoryAfter(believed, next, days, learner.schedule);
      grade = next;
    };
    const own = Math.min(perCard, left);
    left -= own;
    for (let count = 0; count < own; count += 1) {
      if (grade === 1) answer(0, gradeOf(chance() < 0.9));
      const days = Math.max(1, Math.round(believed.stability * (0.5 + 1.2 * chance())));
      answer(days, gradeOf(chance() < recallAfter(memory.stability, days, learner.truth)));
    }
    return { reviews };
  });
}

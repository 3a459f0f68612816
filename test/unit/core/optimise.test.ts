import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import type { Fitting } from '#shared/contract/contract.ts';
import { defaultWeights, firstMemory, memoryAfter, recallAfter } from '#shared/study/memory.ts';
import type { Grade } from '#shared/study/grade.ts';
import { answerInput } from '../../support/conversation.ts';
import { openStudy, tinyContent, type StudySession } from '../../support/study-session.ts';

vi.setConfig({ testTimeout: 90_000 });

/** Somebody who forgets faster than FSRS takes people for, at first (w0 to w3) and also what was repeated (w8). */
const forgetful = defaultWeights.map((weight, index) =>
  index < 4 ? weight / 4 : index === 8 ? weight - 1 : weight,
);

/** Studies as that person until there are so many reviews to learn from. */
function studyForgetfully(study: StudySession, reviews: number): void {
  const memories = new Map<string, { stability: number; difficulty: number; day: number }>();
  let seed = 20261127;
  const chance = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  study.call('settings.set', { newPerDay: 500, reviewsPerDay: 9999 });
  for (let day = 0; study.call('optimise.state', {}).reviews < reviews; day += 1) {
    for (;;) {
      const { card } = study.call('review.next', { lessonId: null });
      if (!card) break;
      const memory = memories.get(card.question.id);
      const elapsed = memory ? day - memory.day : 0;
      const recalled = memory ? chance() < recallAfter(memory.stability, elapsed, forgetful) : chance() < 0.6;
      const grade: Grade = recalled ? 3 : 1;
      const next = memory ? memoryAfter(memory, grade, elapsed, forgetful) : firstMemory(grade, forgetful);
      memories.set(card.question.id, { ...next, day });
      study.call('review.answer', answerInput(card, randomUUID(), { right: recalled, grade }));
      study.clock.advanceMinutes(0.5);
      if (grade === 1) study.clock.advanceMinutes(11);
    }
    study.call('review.finish', {});
    study.clock.at = Math.ceil(study.clock.at / 86_400_000) * 86_400_000 + 12 * 3_600_000;
  }
}

/** Waits for the end of a fit; it says how far it is meanwhile. */
async function ended(study: StudySession): Promise<{ last: Fitting; shares: number[] }> {
  const shares: number[] = [];
  return new Promise((resolve) => {
    const stop = study.core.on((event, payload) => {
      if (event !== 'optimise.changed') return;
      const fitting = payload as Fitting;
      if (fitting.fit.state === 'running') shares.push(fitting.fit.done / fitting.fit.total);
      else {
        stop();
        resolve({ last: fitting, shares });
      }
    });
  });
}

describe('fitting the parameters', () => {
  it('is refused with too few reviews, and says how many it needs', () => {
    const study = openStudy();
    study.answer(3);
    expect(study.call('optimise.state', {})).toMatchObject({
      fit: { state: 'idle' },
      reviews: 0,
      needed: 400,
    });
    expect(study.tryCall('optimise.start', {})).toMatchObject({
      error: { kind: 'too-few-reviews', params: { reviews: 0, needed: 400 } },
    });
    expect(study.tryCall('optimise.apply', {})).toMatchObject({ error: { kind: 'fit-not-ready' } });
    study.close();
  });

  it('gives a forgetful learner a better schedule, which is used when asked for and taken back with undo', async () => {
    const study = openStudy({ contentDirs: [tinyContent(150)] });
    studyForgetfully(study, 1500);
    const end = ended(study);
    expect(study.call('optimise.start', {}).fit.state).toBe('running');
    const { last, shares } = await end;
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    const { fit } = last;
    if (fit.state !== 'ready') throw new Error(`the fit ended ${fit.state}`);
    expect(fit.better).toBe(true);
    expect(fit.after.logLoss).toBeLessThan(fit.before.logLoss);
    expect(study.call('settings.get', {}).weights).toBeNull();

    expect(study.call('optimise.apply', {})).toMatchObject({ fitted: true, fit: { applied: true } });
    expect(study.call('settings.get', {}).weights).toEqual(fit.weights);
    const { card } = study.call('review.next', { lessonId: 'only-lesson' });
    if (card) study.call('review.answer', answerInput(card, randomUUID()));
    // The log has by which parameters each answer was scheduled.
    expect(study.call('system.checkData', {})).toMatchObject({ cardDifferences: 0 });
    if (card) study.call('review.undo', {});
    expect(study.call('review.undo', {}).action.kind).toBe('apply-weights');
    expect(study.call('settings.get', {}).weights).toBeNull();
    expect(study.call('optimise.state', {})).toMatchObject({ fitted: false, fit: { applied: false } });

    const cancelled = ended(study);
    study.call('optimise.start', {});
    study.call('optimise.cancel', {});
    expect((await cancelled).last.fit.state).toBe('cancelled');
    expect(study.errors).toEqual([]);
    study.close();
  });
});

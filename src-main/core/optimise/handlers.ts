import { setImmediate } from 'node:timers/promises';
import type { FitState, Fitting } from '#shared/contract/contract.ts';
import { fail, ok } from '#shared/contract/result.ts';
import type { Grade } from '#shared/study/grade.ts';
import { defaultWeights } from '#shared/study/memory.ts';
import { perform } from '#main/study/deeds.ts';
import {
  fitParameters,
  minimumReviews,
  type CardHistory,
  type FitOutcome,
  type FitProgress,
} from '#main/study/fit-parameters.ts';
import { deedPort } from '../deed-port.ts';
import type { Context, FeatureHandlers } from '../port.ts';
import { countLearnable, gradesAfter, keepFit, lastFit, type LoggedGrade } from './store.ts';

interface Running {
  readonly abort: AbortController;
  progress: FitProgress;
}

/** The fit that runs on a database now, if any; and how the last one ended, where it gave nothing. */
const running = new WeakMap<Context['database'], Running>();
const ended = new WeakMap<Context['database'], Extract<FitState, { state: 'cancelled' | 'failed' }>>();

/** Rows of the log read at once: reading more would make the learner's next click wait. */
const rowsAtOnce = 4000;

/** All answers that stand, card by card, read a little at a time. A card that was reset by hand begins anew. */
async function readHistories({ database }: Context, signal: AbortSignal): Promise<CardHistory[]> {
  const cards = new Map<string, { grade: Grade; day: number }[]>();
  let page: readonly LoggedGrade[];
  let last = 0;
  do {
    page = gradesAfter(database, last, rowsAtOnce);
    for (const { id, questionId, grade, studyDay } of page) {
      last = id;
      if (grade === null) cards.delete(questionId);
      else {
        const answers = cards.get(questionId) ?? [];
        cards.set(questionId, answers);
        answers.push({ grade, day: studyDay });
      }
    }
    await setImmediate();
  } while (page.length === rowsAtOnce && !signal.aborted);
  return [...cards.values()].map((reviews) => ({ reviews }));
}

function fitState(context: Context): FitState {
  const now = running.get(context.database);
  if (now) return { state: 'running', ...now.progress };
  const last = ended.get(context.database);
  if (last) return last;
  const kept = lastFit(context.database);
  if (!kept) return { state: 'idle' };
  const { at, fit } = kept;
  const applied = JSON.stringify(context.settings().weights) === JSON.stringify(fit.weights);
  return { state: 'ready', at, ...fit, applied };
}

function fitting(context: Context): Fitting {
  // The sums are brought up to date with the cards.
  context.cards();
  return {
    fit: fitState(context),
    reviews: countLearnable(context.database),
    needed: minimumReviews,
    fitted: context.settings().weights !== null,
  };
}

function finish(context: Context, outcome: FitOutcome): void {
  const { database } = context;
  running.delete(database);
  switch (outcome.kind) {
    case 'fitted':
      keepFit(database, { at: context.clock.now(), fit: outcome.fit });
      return;
    case 'cancelled':
      ended.set(database, { state: 'cancelled' });
      return;
    case 'too-few-reviews':
      ended.set(database, { state: 'failed', reason: 'too-few-reviews' });
      return;
    case 'unavailable':
      context.log.error('the optimiser could not be loaded', outcome.error);
      ended.set(database, { state: 'failed', reason: 'unavailable' });
  }
}

async function runFit(context: Context, abort: AbortController): Promise<void> {
  const { database } = context;
  const tell = () => database.open && context.emit('optimise.changed', fitting(context));
  try {
    const outcome = await fitParameters(
      await readHistories(context, abort.signal),
      context.settings().weights ?? defaultWeights,
      {
        signal: abort.signal,
        enableShortTerm: true,
        onProgress: (progress) => {
          const now = running.get(database);
          if (!now) return;
          now.progress = progress;
          tell();
        },
      },
    );
    if (!database.open) return;
    finish(context, outcome);
  } catch (error) {
    running.delete(database);
    // The program that ends in the midst of a fit has nobody to tell.
    if (!database.open) return;
    context.log.error('the parameters could not be fitted', error);
    ended.set(database, { state: 'failed', reason: 'internal' });
  }
  tell();
}

/** Stops a fit that runs: the file is about to be closed. */
export function stopFit(database: Context['database']): void {
  running.get(database)?.abort.abort();
}

/** Sets the parameters that the schedule uses, as one thing to undo. */
function useWeights(context: Context, kind: string, weights: readonly number[] | null): void {
  perform(deedPort(context), kind, (deed) => deed.setSetting('weights', weights));
  context.settingsChanged();
  context.emit('study.changed', null);
}

export const optimiseHandlers: FeatureHandlers<'optimise'> = {
  'optimise.state': (_input, context) => ok(fitting(context)),

  'optimise.start': (_input, context) => {
    const { database } = context;
    context.cards();
    const reviews = countLearnable(database);
    if (reviews < minimumReviews) return fail('too-few-reviews', { reviews, needed: minimumReviews });
    if (!running.has(database)) {
      const abort = new AbortController();
      running.set(database, { abort, progress: { done: 0, total: 1 } });
      ended.delete(database);
      void runFit(context, abort);
    }
    return ok(fitting(context));
  },

  'optimise.cancel': (_input, context) => {
    running.get(context.database)?.abort.abort();
    return ok(fitting(context));
  },

  'optimise.apply': (_input, context) => {
    const kept = lastFit(context.database);
    if (!kept || running.has(context.database)) return fail('fit-not-ready');
    if (!kept.fit.better) return fail('fit-not-better');
    useWeights(context, 'apply-weights', kept.fit.weights);
    return ok(fitting(context));
  },

  'optimise.reset': (_input, context) => {
    useWeights(context, 'reset-weights', null);
    return ok(fitting(context));
  },
};

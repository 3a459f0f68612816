import { qualityTally, type FitQuality } from '#shared/study/fit-quality.ts';
import {
  recallPredictor,
  relearningStepCount,
  usableWeights,
  type CardHistory,
} from '#shared/study/predicted-recall.ts';
import type { Optimiser } from './optimiser.ts';
import { trainingItems, type TrainingItem } from './training-items.ts';

export interface Fit {
  /** 21, within the bounds of FSRS-6, fitted to the whole log. */
  readonly weights: readonly number[];
  /** The current weights, judged by the latest fifth of the recalls. */
  readonly before: FitQuality;
  /** The same recalls, by weights that were fitted to the other four fifths and have not seen them. */
  readonly after: FitQuality;
  /** Whether the weights may replace the current ones. False unless `after` has the lower log loss. */
  readonly better: boolean;
}

export interface FitTask {
  readonly histories: readonly CardHistory[];
  /** The 21 weights in use. */
  readonly current: readonly number[];
  readonly enableShortTerm: boolean;
  readonly isCancelled: () => boolean;
  /** Called with the share that is done, 0-1. */
  readonly onShare: (share: number) => void;
}

/** Thrown out of a fit that was cancelled. */
export class FitCancelled extends Error {
  override readonly name = 'FitCancelled';
}

/** The latest share of the recalls that a fit is judged by. */
const heldOutShare = 0.2;

/** How often the binding is asked how far it is, and told to stop, in milliseconds. It also ends up to this much later. */
export const pollMs = 20;

/** Parts of the work, one after the other, by the share of the time that they take; together 1. */
const parts = { items: 0.15, trial: 0.3, weights: 0.4, judging: 0.15 } as const;

function stopIfCancelled({ isCancelled }: FitTask): void {
  if (isCancelled()) throw new FitCancelled();
}

/** Runs the binding's training. It has a thread of its own and rejects when it is stopped. */
async function train(
  optimiser: Optimiser,
  items: readonly TrainingItem[],
  task: FitTask,
  onShare: (share: number) => void,
): Promise<number[]> {
  try {
    const weights = await optimiser.computeParameters(
      items.map(({ item }) => item),
      {
        enableShortTerm: task.enableShortTerm,
        numRelearningSteps: relearningStepCount,
        timeout: pollMs,
        progress(done, all) {
          onShare(done / Math.max(1, all));
          return !task.isCancelled();
        },
      },
    );
    return usableWeights(weights, task.enableShortTerm);
  } catch (error) {
    stopIfCancelled(task);
    throw error;
  }
}

/** How well weights predict the recalls from a study day on. */
function judge(weights: readonly number[], fromDay: number, task: FitTask): FitQuality {
  const tally = qualityTally();
  const visitRecalls = recallPredictor(weights, task.enableShortTerm);
  for (const card of task.histories) {
    stopIfCancelled(task);
    visitRecalls(card, (recall) => {
      if (recall.day >= fromDay) tally.add(recall);
    });
  }
  return tally.quality();
}

/**
 * Fits and judges weights; `fitParameters` says how. Blocks its thread for seconds with a long log.
 *
 * @throws FitCancelled
 */
export async function fit(optimiser: Optimiser, task: FitTask): Promise<Fit> {
  const { histories, current, onShare } = task;
  const items = trainingItems(optimiser, histories, (share) => {
    stopIfCancelled(task);
    onShare(parts.items * share);
  });
  const heldOutDay = items[Math.floor(items.length * (1 - heldOutShare))]?.day ?? -Infinity;
  const known = items.filter(({ day }) => day < heldOutDay);

  let done: number = parts.items;
  const trial = await train(optimiser, known, task, (share) => onShare(done + parts.trial * share));
  done += parts.trial;
  const weights = await train(optimiser, items, task, (share) => onShare(done + parts.weights * share));
  done += parts.weights;
  onShare(done);

  const before = judge(current, heldOutDay, task);
  const after = judge(trial, heldOutDay, task);
  onShare(done + parts.judging / 3);
  const wholeBefore = judge(current, -Infinity, task);
  const wholeAfter = judge(weights, -Infinity, task);
  onShare(1);
  return {
    weights,
    before,
    after,
    // The trial shows that fitting is of use for what is to come; the whole log, that these very weights are no worse.
    better: after.logLoss < before.logLoss && wholeAfter.logLoss < wholeBefore.logLoss,
  };
}

import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { usableWeights, type CardHistory } from '#shared/study/predicted-recall.ts';
import type { Fit } from './fit.ts';
import { controls, fitSteps, type FitMessage, type FitOrder } from './fit-messages.ts';
import { OptimiserMissing } from './optimiser.ts';
import { packHistories, type PackedHistories } from './packed-histories.ts';

export type { CardHistory, Fit };

/**
 * Below so many recalls a fit says more of chance than of the learner. A recall is the first answer of a day to
 * a card of an earlier day: nothing can be learned of forgetting from the others.
 */
export const minimumReviews = 400;

/** How long the end of the program waits at most for a fit to stop, in milliseconds; it takes some 80. */
const exitPatienceMs = 2000;

/** `done` never falls, and is `total` at the end of a fit. */
export interface FitProgress {
  readonly done: number;
  readonly total: number;
}

export interface FitOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: FitProgress) => void;
  /** Whether more answers of one day move a card's memory, as the schedule is set. */
  readonly enableShortTerm: boolean;
}

export type FitOutcome =
  | { readonly kind: 'fitted'; readonly fit: Fit }
  /** `found` recalls, fewer than `needed`. */
  | { readonly kind: 'too-few-reviews'; readonly found: number; readonly needed: number }
  | { readonly kind: 'cancelled' }
  /** This machine has no optimiser. */
  | { readonly kind: 'unavailable'; readonly error: OptimiserMissing };

/** The thread's module: beside this one in the sources, beside the entries of the program in the build. */
function workerModule(): URL {
  const places = ['./fit-worker.ts', './fit-worker.js', '../fit-worker.js'];
  const found = places.map((place) => new URL(place, import.meta.url)).find((url) => existsSync(url));
  if (found === undefined) throw new OptimiserMissing('The thread that fits is not part of this build.');
  return found;
}

const unavailable = (cause: unknown): FitOutcome => {
  const error = cause instanceof OptimiserMissing ? cause : new OptimiserMissing(String(cause), { cause });
  return { kind: 'unavailable', error };
};

/** Fits in a thread of its own, and hears of it. */
function fitInThread(
  packed: PackedHistories,
  current: readonly number[],
  { signal, onProgress, enableShortTerm }: FitOptions,
): Promise<FitOutcome> {
  const { promise, resolve, reject } = Promise.withResolvers<FitOutcome>();
  const control = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  const order: FitOrder = { packed, current, enableShortTerm, control };
  const transferList = [packed.starts.buffer, packed.grades.buffer, packed.days.buffer];
  const worker = new Worker(workerModule(), { workerData: order, transferList, execArgv: [] });
  const cancel = () => {
    Atomics.store(control, controls.cancelled, 1);
  };
  // A thread that is torn down amid native work takes the program with it (exit code 134), so its exit waits.
  const stopBeforeExit = () => {
    cancel();
    Atomics.wait(control, controls.ended, 0, exitPatienceMs);
  };
  process.once('exit', stopBeforeExit);
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();

  let started = false;
  worker.on('message', (message: FitMessage) => {
    started = true;
    if (message.kind === 'unavailable') resolve(unavailable(message.error));
    // Who cancelled is not told of anything else, however far the fit was.
    else if (signal.aborted) resolve({ kind: 'cancelled' });
    else if (message.kind === 'progress') onProgress({ done: message.done, total: fitSteps });
    else resolve(message);
  });
  worker.on('error', (error) => {
    if (started) reject(error);
    else resolve(unavailable(error));
  });
  worker.on('exit', (code) => {
    signal.removeEventListener('abort', cancel);
    process.off('exit', stopBeforeExit);
    // Without effect on a promise that is settled.
    reject(new Error(`The thread that fits ended with code ${code} and no answer.`));
  });
  return promise;
}

/**
 * Fits the weights of FSRS-6 to the learner's own log, in a thread of its own. Changes nothing: who asked decides
 * whether the weights are used.
 *
 * A fit is judged by recalls that it has not seen, the latest fifth by study day, since any weights look good on the log
 * that they were fitted to. `before` and `after` say how fitting does there; then weights are fitted once more, to
 * everything. (Where the current weights come from an earlier fit, they have seen those recalls; that can only be to
 * their advantage.) The same log gives the same fit.
 *
 * @param histories - one for each card, answers oldest first
 * @param current - the 21 weights in use
 * @throws RangeError unless `current` are 21 finite numbers
 */
export async function fitParameters(
  histories: readonly CardHistory[],
  current: readonly number[],
  options: FitOptions,
): Promise<FitOutcome> {
  const used = usableWeights(current, options.enableShortTerm);
  const packed = await packHistories(histories);
  if (packed.recalls < minimumReviews) {
    return { kind: 'too-few-reviews', found: packed.recalls, needed: minimumReviews };
  }
  if (options.signal.aborted) return { kind: 'cancelled' };
  try {
    return await fitInThread(packed, used, options);
  } catch (error) {
    if (error instanceof OptimiserMissing) return unavailable(error);
    throw error;
  }
}

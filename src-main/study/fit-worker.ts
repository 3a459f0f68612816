// The thread in which weights are fitted: the main one has windows and requests to answer. Started by fit-parameters.ts.
import { setTimeout as wait } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { fit, FitCancelled, pollMs } from './fit.ts';
import { controls, fitSteps, type FitMessage, type FitOrder } from './fit-messages.ts';
import { loadOptimiser, OptimiserMissing } from './optimiser.ts';
import { unpackHistories } from './packed-histories.ts';

const { packed, current, enableShortTerm, control } = workerData as FitOrder;
const post = (message: FitMessage) => parentPort?.postMessage(message);

let reported = -1;
function onShare(share: number) {
  const done = Math.floor(Math.min(1, share) * fitSteps);
  if (done <= reported) return;
  reported = done;
  post({ kind: 'progress', done });
}

try {
  onShare(0);
  const isCancelled = () => Atomics.load(control, controls.cancelled) !== 0;
  const task = { histories: unpackHistories(packed), current, enableShortTerm, isCancelled, onShare };
  post({ kind: 'fitted', fit: await fit(loadOptimiser(), task) });
} catch (error) {
  if (error instanceof FitCancelled) post({ kind: 'cancelled' });
  else if (error instanceof OptimiserMissing) post({ kind: 'unavailable', error });
  else throw error;
} finally {
  // After a training that was stopped, a thread of the binding sleeps once more and then calls into this one:
  // were that gone by then, the whole program would be aborted.
  await wait(3 * pollMs);
  Atomics.store(control, controls.ended, 1);
  Atomics.notify(control, controls.ended);
}

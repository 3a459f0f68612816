import { partIndex } from '../../engine/latency-parts.ts';
import type { Cloud } from './cloud.ts';
import { event } from './events.ts';
import type { Failure, Invocations } from './invocations.ts';
import { errorBackoffSeconds, throttleBackoffSeconds } from './retry-backoff.ts';
import type { RunningFunction } from './running-function.ts';

const mostThrottlings = 255;

/**
 * Events of storage, tables, mail and schedules. Nobody waits for an answer, so an event that cannot be worked on waits in a
 * queue and is tried again, until it is too old; and one on which the function fails is tried some times more.
 *
 * Source: AWS Lambda Developer Guide, error handling for asynchronous invocation.
 */
export class EventQueue {
  private readonly cloud: Cloud;
  private readonly maxAgeMs: number;
  private readonly maxFailures: number;

  constructor(cloud: Cloud) {
    this.cloud = cloud;
    this.maxAgeMs = cloud.platform.maxEventAgeSeconds * 1000;
    this.maxFailures = cloud.platform.eventRetries;
  }

  arrive(fn: RunningFunction, request: number, invocations: Invocations): void {
    const { requests } = this.cloud.kernel;
    // Times that it was throttled, and times that the function failed on it.
    requests.phase[request] = 0;
    requests.process[request] = 0;
    this.attempt(fn, request, invocations);
  }

  /** The wait of an event is over. */
  triedAgain(fn: RunningFunction, request: number, invocations: Invocations): void {
    const { waiting, kernel } = this.cloud;
    const { requests, nowMs } = kernel;
    waiting.set(waiting.value - 1, nowMs);
    // Throttlings are counted anew after each failure, so there are none where the wait was for a failure.
    if (requests.phase[request] === 0) {
      requests.addPart(request, partIndex.retry, nowMs - (requests.startedMs[request] as number));
      requests.startedMs[request] = nowMs;
    }
    if (nowMs >= (requests.arrivedMs[request] as number) + this.maxAgeMs) this.drop(fn, request);
    else this.attempt(fn, request, invocations);
  }

  /** The function has failed on an event. */
  failed(fn: RunningFunction, request: number, kind: Failure): void {
    const { kernel } = this.cloud;
    const { requests } = kernel;
    const failures = (requests.process[request] as number) + 1;
    requests.process[request] = failures;
    requests.phase[request] = 0;
    if (failures > this.maxFailures) {
      fn.note('events-dropped');
      kernel.fail(request, kind);
    } else {
      this.wait(request, errorBackoffSeconds(failures, this.cloud.platform.errorRetrySeconds));
    }
  }

  private attempt(fn: RunningFunction, request: number, invocations: Invocations): void {
    if (invocations.invoke(fn, request, -1) === 'begun') return;
    const { kernel, platform } = this.cloud;
    const { requests } = kernel;
    const throttlings = Math.min((requests.phase[request] as number) + 1, mostThrottlings);
    requests.phase[request] = throttlings;
    this.wait(
      request,
      throttleBackoffSeconds(throttlings, platform.throttleRetrySeconds, platform.longestRetrySeconds),
    );
  }

  private wait(request: number, seconds: number): void {
    const { waiting, kernel } = this.cloud;
    const { nowMs, requests } = kernel;
    const oldMs = (requests.arrivedMs[request] as number) + this.maxAgeMs;
    waiting.set(waiting.value + 1, nowMs);
    kernel.events.schedule(
      Math.max(nowMs, Math.min(nowMs + seconds * 1000, oldMs)),
      event.eventTriedAgain,
      request,
    );
  }

  private drop(fn: RunningFunction, request: number): void {
    fn.note('events-dropped');
    this.cloud.kernel.fail(request, 'lost');
  }
}

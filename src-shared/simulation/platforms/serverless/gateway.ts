import { partIndex } from '../../engine/latency-parts.ts';
import type { Cloud } from './cloud.ts';
import { noRequest } from './environments.ts';
import { event } from './events.ts';
import type { RunningFunction } from './running-function.ts';

/** The API gateway: it lets requests of clients through to functions, and does not wait for an answer for ever. */
export class Gateway {
  private readonly cloud: Cloud;

  constructor(cloud: Cloud) {
    this.cloud = cloud;
  }

  /** A request of a client has come. It passes at an event of its own; both ways are booked on the way in. */
  arrive(request: number): void {
    const { kernel, platform } = this.cloud;
    kernel.events.schedule(kernel.nowMs + platform.gatewayMs, event.gatewayPassed, request);
  }

  passed(fn: RunningFunction, request: number): void {
    const { kernel, bill } = this.cloud;
    const { requests, nowMs } = kernel;
    requests.addPart(request, partIndex.network, nowMs - (requests.startedMs[request] as number));
    requests.startedMs[request] = nowMs;
    requests.handle[request] = -1;
    bill.gatewayRequest(fn);
  }

  /** Where what an environment does for the gateway will last longer than that waits, an event says when it gives up. */
  watch(row: number, dueMs: number): void {
    const { environments, kernel, platform } = this.cloud;
    const request = environments.request[row] as number;
    if (this.cloud.versionOf(row).fn.plan.trigger !== 'api-gateway' || request === noRequest) return;
    const limitMs = (environments.begunMs[row] as number) + platform.gatewayLimitSeconds * 1000;
    if (dueMs > limitMs && kernel.requests.handle[request] === -1)
      kernel.requests.handle[request] = kernel.events.schedule(limitMs, event.gatewayGivesUp, row);
  }

  /** The caller is told that it took too long; the function, not knowing, works on. */
  givesUp(row: number): void {
    const { environments, kernel } = this.cloud;
    const request = environments.request[row] as number;
    environments.request[row] = noRequest;
    kernel.requests.handle[request] = -1;
    this.cloud.versionOf(row).fn.note('time-limit');
    kernel.fail(request, 'time-limit');
  }

  /** The function has ended before that. */
  forget(fn: RunningFunction, request: number): void {
    const { events, requests } = this.cloud.kernel;
    if (fn.plan.trigger !== 'api-gateway') return;
    const handle = requests.handle[request] as number;
    if (handle >= 0) events.cancel(handle);
    requests.handle[request] = -1;
  }
}

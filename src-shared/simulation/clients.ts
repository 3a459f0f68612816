import { partIndex } from './engine/latency-parts.ts';
import type { ErrorKind } from './engine/outcomes.ts';
import type { RandomStream } from './engine/random.ts';
import type { Kernel } from './platform.ts';
import type { Service } from './workload/service.ts';

/**
 * A run with so many attempts in the system is stopped: clients who give up and try again leave behind what nobody waits for
 * any longer, and a platform that falls behind holds all of it.
 */
const inSystemLimit = 4_000_000;

/** What clients need of the run. */
export interface ClientPorts {
  /** Kinds of the events of a client: it tries again; it waits no longer. */
  readonly retryEvent: number;
  readonly patienceEvent: number;
  /** An attempt goes to the platform. */
  arrive(request: number): void;
  /** Whether anybody waits for the answer to requests of a service. */
  isAwaited(service: number): boolean;
  /** There is more in the system than a run may have. */
  overflow(detail: Readonly<Record<string, number>>): void;
}

/** Those who send requests: they wait so long and no longer, and may try again. Platforms see attempts, and nothing of it. */
export class Clients {
  private readonly kernel: Kernel;
  private readonly ports: ClientPorts;
  private readonly jitter: readonly RandomStream[];
  /** How long clients of a service wait; Infinity for patient ones. */
  private readonly patienceMs: Float64Array;

  constructor(kernel: Kernel, ports: ClientPorts) {
    this.kernel = kernel;
    this.ports = ports;
    this.jitter = kernel.services.map(({ name }) => kernel.stream(`retry:${name}`));
    this.patienceMs = Float64Array.from(kernel.services, ({ timeoutMs }) => timeoutMs ?? Infinity);
  }

  /** A request, new or tried again, goes to the platform. */
  attempt(request: number): void {
    const { requests, events, nowMs } = this.kernel;
    const service = requests.service[request] as number;
    const patienceMs = this.patienceMs[service] as number;
    requests.arrivedMs[request] = nowMs;
    requests.startedMs[request] = nowMs;
    requests.abandoned[request] = 0;
    requests.instance[request] = -1;
    requests.clearParts(request);
    const retryMs = nowMs - (requests.issuedMs[request] as number);
    if (retryMs > 0) requests.addPart(request, partIndex.retry, retryMs);
    requests.patience[request] =
      patienceMs < Infinity && this.ports.isAwaited(service)
        ? events.schedule(nowMs + patienceMs, this.ports.patienceEvent, request)
        : -1;
    this.ports.arrive(request);
  }

  /** The wait before another attempt is over. */
  retry(request: number): void {
    this.kernel.outcomes.counters.retrying--;
    this.attempt(request);
  }

  /** The client no longer waits for this attempt; the platform works on, not knowing. */
  giveUp(request: number): void {
    const { requests, outcomes } = this.kernel;
    requests.patience[request] = -1;
    requests.abandoned[request] = 1;
    outcomes.counters.abandoned++;
    if (requests.inSystem >= inSystemLimit) this.ports.overflow({ inSystemLimit });
    this.tryAgain(requests.takeLike(request), 'timeout');
  }

  /** The platform has answered. */
  answered(request: number): void {
    const { requests, outcomes, nowMs } = this.kernel;
    if (requests.abandoned[request] === 0) {
      this.forgetPatience(request);
      outcomes.served(requests, request, nowMs);
    } else {
      outcomes.counters.abandoned--;
    }
    requests.release(request);
  }

  /** The platform has not answered, and will not. */
  failed(request: number, kind: ErrorKind): void {
    const { requests, outcomes } = this.kernel;
    requests.instance[request] = -1;
    if (requests.abandoned[request] === 1) {
      outcomes.counters.abandoned--;
      requests.release(request);
      return;
    }
    this.forgetPatience(request);
    this.tryAgain(request, kind);
  }

  /** An attempt has failed: there will be another one, or the request is counted as failed. */
  private tryAgain(request: number, kind: ErrorKind): void {
    const { requests, outcomes, events, nowMs } = this.kernel;
    const service = requests.service[request] as number;
    const attempt = requests.attempt[request] as number;
    const measured = requests.measured[request] as number;
    const backoffMs = this.ports.isAwaited(service) ? this.backoffMs(service, attempt) : null;
    if (backoffMs === null) {
      outcomes.error(service, measured, nowMs, kind);
      requests.release(request);
      return;
    }
    outcomes.retried(service, measured);
    outcomes.counters.retrying++;
    requests.attempt[request] = attempt + 1;
    events.schedule(nowMs + backoffMs, this.ports.retryEvent, request);
  }

  /**
   * How long the client of a request waits before its next attempt, or null where it makes none. The wait doubles with
   * every attempt, and is drawn from zero to that length where the service's clients spread themselves ("full jitter").
   *
   * Source: AWS Architecture Blog, "Exponential Backoff And Jitter", 2015.
   *
   * @returns milliseconds
   */
  private backoffMs(service: number, attempt: number): number | null {
    const { retry } = this.kernel.services[service] as Service;
    if (retry === undefined || attempt >= retry.attempts) return null;
    const longestMs = retry.backoffMs * 2 ** attempt;
    return retry.jitter ? longestMs * (this.jitter[service] as RandomStream).uniform() : longestMs;
  }

  private forgetPatience(request: number): void {
    const { requests, events } = this.kernel;
    const handle = requests.patience[request] as number;
    if (handle < 0) return;
    events.cancel(handle);
    requests.patience[request] = -1;
  }
}

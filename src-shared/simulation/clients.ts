import type { RandomStream } from './engine/random.ts';
import type { Kernel } from './platform.ts';
import type { Service } from './workload/service.ts';

/** Whether and when clients try again. */
export class Clients {
  private readonly kernel: Kernel;
  private readonly jitter: readonly RandomStream[];

  constructor(kernel: Kernel) {
    this.kernel = kernel;
    this.jitter = kernel.services.map(({ name }) => kernel.stream(`retry:${name}`));
  }

  /**
   * How long the client of a request waits before its next attempt, or null where it makes none. The wait doubles with
   * every attempt, and is drawn from zero to that length where the service's clients spread themselves ("full jitter").
   *
   * Source: AWS Architecture Blog, "Exponential Backoff And Jitter", 2015.
   *
   * @returns milliseconds
   */
  backoffMs(service: number, attempt: number): number | null {
    const { retry } = this.kernel.services[service] as Service;
    if (retry === undefined || attempt >= retry.attempts) return null;
    const longestMs = retry.backoffMs * 2 ** attempt;
    return retry.jitter ? longestMs * (this.jitter[service] as RandomStream).uniform() : longestMs;
  }
}

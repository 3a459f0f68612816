import { resized } from '../../engine/columns.ts';
import type { RandomStream } from '../../engine/random.ts';
import type { Kernel } from '../../platform.ts';

/**
 * What a function has kept in memory of a caller is in one environment only. Each request belongs to one of so many
 * callers, all alike; here it is counted how often a caller's request lands in another environment than its last one, and
 * finds nothing.
 */
export class CallerMemory {
  private readonly kernel: Kernel;
  private readonly callers: number;
  private readonly chance: readonly RandomStream[];
  /** Per function and caller: serial of the environment that its last request was in; 0 before its first. */
  private readonly last: readonly Float64Array[];
  /** Per row of a request. */
  private callerOf = new Int32Array(1024);
  /** Per function, since the end of the warm-up: requests of callers that had been there before, and those in vain. */
  private readonly visited: Int32Array;
  private readonly lost: Int32Array;

  /** With no callers, nothing is counted. */
  constructor(kernel: Kernel, callers: number) {
    this.kernel = kernel;
    this.callers = callers;
    const counted = callers > 0 ? kernel.services : [];
    this.chance = counted.map(({ name }) => kernel.stream(`callers:${name}`));
    this.last = counted.map(() => new Float64Array(callers));
    this.visited = new Int32Array(kernel.services.length);
    this.lost = new Int32Array(kernel.services.length);
  }

  /** A request has come: draws its caller. */
  arrive(fn: number, request: number): void {
    if (this.callers === 0) return;
    if (request >= this.callerOf.length)
      this.callerOf = resized(this.callerOf, this.kernel.requests.rows * 2);
    this.callerOf[request] = (this.chance[fn] as RandomStream).below(this.callers);
  }

  /** The request is worked on in an environment. */
  visits(fn: number, request: number, environment: number): void {
    if (this.callers === 0) return;
    const last = this.last[fn] as Float64Array;
    const caller = this.callerOf[request] as number;
    const before = last[caller] as number;
    last[caller] = environment;
    if (before === 0) return;
    this.visited[fn] = (this.visited[fn] as number) + 1;
    if (before !== environment) this.lost[fn] = (this.lost[fn] as number) + 1;
  }

  openWindow(): void {
    this.visited.fill(0);
    this.lost.fill(0);
  }

  /** Share of the requests of returning callers that found another environment, of one function or of all; null if there were none. */
  lostShare(fn?: number): number | null {
    const of = (column: Int32Array): number =>
      fn === undefined ? column.reduce((sum, count) => sum + count, 0) : (column[fn] as number);
    const visited = of(this.visited);
    return visited > 0 ? of(this.lost) / visited : null;
  }
}

import { BatchPool, Cancelled } from './batch-pool.ts';
import type { JobKind, Jobs } from './batch-protocol.ts';

/** Many simulations off the page, with how far they are. */
export class BatchRun {
  status = $state<'idle' | 'running' | 'done' | 'cancelled' | 'broken'>('idle');
  done = $state(0);
  total = $state(0);
  /** What a simulation broke off with, in English. */
  message = $state<string | null>(null);
  readonly #pool = new BatchPool();
  #number = 0;

  /** 0-100. */
  get percent(): number {
    return this.total === 0 ? 0 : Math.round((this.done / this.total) * 100);
  }

  /**
   * Does a job for each item; whatever else was running is given up. Results come as they are there, in any order.
   *
   * @returns whether all are done
   */
  async start<K extends JobKind, I>(
    kind: K,
    items: readonly I[],
    inputOf: (item: I) => Jobs[K]['in'],
    onresult: (item: I, value: Jobs[K]['out']) => void,
  ): Promise<boolean> {
    this.#pool.cancel();
    const mine = ++this.#number;
    this.status = 'running';
    this.message = null;
    this.done = 0;
    this.total = items.length;
    try {
      await Promise.all(
        items.map(async (item) => {
          const value = await this.#pool.run(kind, inputOf(item));
          if (mine !== this.#number) return;
          this.done += 1;
          onresult(item, value);
        }),
      );
    } catch (error) {
      if (mine !== this.#number || error instanceof Cancelled) return false;
      this.#pool.cancel();
      this.status = 'broken';
      this.message = error instanceof Error ? error.message : String(error);
      return false;
    }
    if (mine !== this.#number) return false;
    this.status = 'done';
    return true;
  }

  cancel(): void {
    this.#number += 1;
    this.#pool.cancel();
    if (this.status === 'running') this.status = 'cancelled';
  }

  /** As if nothing had been started. */
  clear(): void {
    this.cancel();
    this.status = 'idle';
    this.message = null;
    this.done = 0;
    this.total = 0;
  }
}

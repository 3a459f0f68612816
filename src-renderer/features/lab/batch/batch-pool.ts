import type { Job, JobKind, Jobs, Reply } from './batch-protocol.ts';
import BatchWorker from './batch.worker.ts?worker';

/** As many as leave the page and the system something to run on. */
const workersAtOnce = 2;

interface Waiting {
  readonly job: Job;
  resolve(value: Jobs[JobKind]['out']): void;
  reject(error: Error): void;
}

/** A job was given up because nobody waits for it any more. */
export class Cancelled extends Error {}

/** Does jobs in a few workers, in the order in which they were asked for. */
export class BatchPool {
  readonly #waiting: Waiting[] = [];
  readonly #running = new Map<Worker, Waiting>();
  readonly #idle: Worker[] = [];

  run<K extends JobKind>(kind: K, input: Jobs[K]['in']): Promise<Jobs[K]['out']> {
    return new Promise<Jobs[K]['out']>((resolve, reject) => {
      const job = { kind, ...input } as Job;
      this.#waiting.push({ job, resolve: resolve as Waiting['resolve'], reject });
      this.#next();
    });
  }

  /** Gives up all that is not done; the pool can be used again. */
  cancel(): void {
    const given = [...this.#running.values(), ...this.#waiting.splice(0)];
    for (const worker of [...this.#running.keys(), ...this.#idle.splice(0)]) worker.terminate();
    this.#running.clear();
    for (const { reject } of given) reject(new Cancelled());
  }

  #next(): void {
    if (this.#waiting.length === 0 || this.#running.size >= workersAtOnce) return;
    const worker = this.#idle.pop() ?? this.#start();
    const waiting = this.#waiting.shift();
    if (!waiting) return;
    this.#running.set(worker, waiting);
    worker.postMessage(waiting.job);
  }

  #start(): Worker {
    const worker = new BatchWorker();
    worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
      const waiting = this.#running.get(worker);
      this.#running.delete(worker);
      this.#idle.push(worker);
      if (data.ok) waiting?.resolve(data.value);
      else waiting?.reject(new Error(data.message));
      this.#next();
    });
    const broke = () => {
      const waiting = this.#running.get(worker);
      this.#running.delete(worker);
      worker.terminate();
      waiting?.reject(new Error('the worker ended'));
      this.#next();
    };
    worker.addEventListener('error', broke);
    worker.addEventListener('messageerror', broke);
    return worker;
  }
}

import { resized } from './columns.ts';

/** The requests that are in the system, a column for each fact. A row is used again after its request has left. */
export class Requests {
  arrivedMs = new Float64Array(1024);
  /** CPU time that it needs, on one full core. */
  workMs = new Float64Array(1024);
  /** Time that it waits for others after its work, holding no core. */
  ioMs = new Float64Array(1024);
  startedMs = new Float64Array(1024);
  service = new Int32Array(1024);
  /** 1 if it counts, 0 if it belongs to the warm-up. */
  measured = new Uint8Array(1024);
  /** Free for the platform: which process works on it. */
  process = new Int32Array(1024);
  /** Free for the platform: which instance answers; -1 for a request that has left. */
  instance = new Int32Array(1024);
  /** Free for the platform: how far the request has come. */
  phase = new Uint8Array(1024);
  /** Free for the platform: the handle of the event that ends its present phase. */
  handle = new Int32Array(1024);

  inSystem = 0;
  private free = new Int32Array(1024);
  private freeCount = 0;
  private used = 0;

  /** A fresh row. The caller fills it. */
  take(): number {
    this.inSystem++;
    if (this.freeCount > 0) return this.free[--this.freeCount] as number;
    if (this.used === this.arrivedMs.length) this.grow();
    return this.used++;
  }

  /** Rows in use now or before. */
  get rows(): number {
    return this.used;
  }

  release(request: number): void {
    this.inSystem--;
    this.instance[request] = -1;
    this.free[this.freeCount++] = request;
  }

  private grow(): void {
    const length = this.used * 2;
    this.arrivedMs = resized(this.arrivedMs, length);
    this.workMs = resized(this.workMs, length);
    this.ioMs = resized(this.ioMs, length);
    this.startedMs = resized(this.startedMs, length);
    this.service = resized(this.service, length);
    this.measured = resized(this.measured, length);
    this.process = resized(this.process, length);
    this.instance = resized(this.instance, length);
    this.phase = resized(this.phase, length);
    this.handle = resized(this.handle, length);
    this.free = resized(this.free, length);
  }
}

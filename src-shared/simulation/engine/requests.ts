import { resized } from './columns.ts';
import { partCount } from './latency-parts.ts';

/** The requests that are in the system, a column for each fact. A row is used again after its request has left. */
export class Requests {
  /** When this attempt came. */
  arrivedMs = new Float64Array(1024);
  /** When its client issued it first. */
  issuedMs = new Float64Array(1024);
  /** CPU time that it needs, on one full core. */
  workMs = new Float64Array(1024);
  /** Time that it waits for others after its work, holding no core. */
  ioMs = new Float64Array(1024);
  /** Free for the platform: when its work began. */
  startedMs = new Float64Array(1024);
  /** Free for the platform: the CPU time of this attempt, where it differs from `workMs`. */
  demandMs = new Float64Array(1024);
  /** Free for the platform: the reading of some clock when its present phase began. */
  mark = new Float64Array(1024);
  service = new Int32Array(1024);
  /** 1 if it counts, 0 if it belongs to the warm-up. */
  measured = new Uint8Array(1024);
  /** 0 for the first attempt. */
  attempt = new Uint8Array(1024);
  /** 1 once its client has given up on this attempt. */
  abandoned = new Uint8Array(1024);
  /** Handle of the event at which its client gives up, or -1. */
  patience = new Int32Array(1024);
  /** Free for the platform: which process works on it. */
  process = new Int32Array(1024);
  /** Free for the platform: which instance answers; -1 for a request that no platform has. */
  instance = new Int32Array(1024);
  /** Free for the platform: how far the request has come. */
  phase = new Uint8Array(1024);
  /** Free for the platform: the handle of the event that ends its present phase. */
  handle = new Int32Array(1024);
  /** Milliseconds by part of latency, `partCount` for each row. */
  parts = new Float64Array(1024 * partCount);

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

  /** A fresh row for another attempt at the same request; nobody works on it yet. */
  takeLike(request: number): number {
    const next = this.take();
    this.service[next] = this.service[request] as number;
    this.measured[next] = this.measured[request] as number;
    this.issuedMs[next] = this.issuedMs[request] as number;
    this.attempt[next] = this.attempt[request] as number;
    this.workMs[next] = this.workMs[request] as number;
    this.ioMs[next] = this.ioMs[request] as number;
    this.instance[next] = -1;
    return next;
  }

  /** Rows in use now or before. */
  get rows(): number {
    return this.used;
  }

  /** Books time of a request under what it went to, by the column of `partIndex`. */
  addPart(request: number, part: number, ms: number): void {
    const at = request * partCount + part;
    this.parts[at] = (this.parts[at] as number) + ms;
  }

  clearParts(request: number): void {
    const start = request * partCount;
    for (let at = start; at < start + partCount; at++) this.parts[at] = 0;
  }

  release(request: number): void {
    this.inSystem--;
    this.instance[request] = -1;
    this.free[this.freeCount++] = request;
  }

  private grow(): void {
    const length = this.used * 2;
    this.arrivedMs = resized(this.arrivedMs, length);
    this.issuedMs = resized(this.issuedMs, length);
    this.workMs = resized(this.workMs, length);
    this.ioMs = resized(this.ioMs, length);
    this.startedMs = resized(this.startedMs, length);
    this.demandMs = resized(this.demandMs, length);
    this.mark = resized(this.mark, length);
    this.service = resized(this.service, length);
    this.measured = resized(this.measured, length);
    this.attempt = resized(this.attempt, length);
    this.abandoned = resized(this.abandoned, length);
    this.patience = resized(this.patience, length);
    this.process = resized(this.process, length);
    this.instance = resized(this.instance, length);
    this.phase = resized(this.phase, length);
    this.handle = resized(this.handle, length);
    this.parts = resized(this.parts, length * partCount);
    this.free = resized(this.free, length);
  }
}

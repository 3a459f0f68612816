import { IntQueue } from '../../engine/columns.ts';
import { type LatencyPart, partIndex } from '../../engine/latency-parts.ts';
import { SharedProcessor } from '../../engine/shared-processor.ts';
import { firstPlatformEvent, type Kernel } from '../../platform.ts';

export const departureEvent = firstPlatformEvent;

/** The one thing that differs between disciplines: who is served when. */
export interface Station {
  /** Requests in the system, served or waiting. */
  readonly count: number;
  /** Servers at work. */
  readonly busy: number;
  /** Returns whether the request must wait, or share a server. */
  enter(request: number): boolean;
  /** A departure is due. Returns the request that leaves. */
  leave(subject: number): number;
  /** Under which part of latency the discipline makes requests wait. */
  readonly waitsAs: LatencyPart;
  /** Books the time of a leaving request. */
  book(request: number): void;
}

/** First come, first served, by c servers. */
export class FcfsStation implements Station {
  readonly waitsAs = 'queueing';
  busy = 0;
  private readonly line = new IntQueue();
  private readonly kernel: Kernel;
  private readonly servers: number;

  constructor(kernel: Kernel, servers: number) {
    this.kernel = kernel;
    this.servers = servers;
  }

  get count(): number {
    return this.busy + this.line.length;
  }

  enter(request: number): boolean {
    if (this.busy === this.servers) {
      this.line.push(request);
      return true;
    }
    this.busy++;
    this.begin(request);
    return false;
  }

  leave(request: number): number {
    if (this.line.length > 0) this.begin(this.line.shift());
    else this.busy--;
    return request;
  }

  book(request: number): void {
    const { nowMs, requests } = this.kernel;
    const startedMs = requests.startedMs[request] as number;
    requests.addPart(request, partIndex.queueing, startedMs - (requests.arrivedMs[request] as number));
    requests.addPart(request, partIndex.work, nowMs - startedMs);
  }

  private begin(request: number): void {
    const { nowMs, events, requests } = this.kernel;
    requests.startedMs[request] = nowMs;
    events.schedule(nowMs + (requests.workMs[request] as number), departureEvent, request);
  }
}

/** Processor sharing by c servers: of n requests each has min(1, c/n) of a server. */
export class SharingStation implements Station {
  readonly waitsAs = 'contention';
  private readonly processor = new SharedProcessor();
  private readonly kernel: Kernel;
  private readonly servers: number;
  private advancedMs = 0;
  /** The event of the next departure, or -1 where nobody is in. */
  private departure = -1;

  constructor(kernel: Kernel, servers: number) {
    this.kernel = kernel;
    this.servers = servers;
  }

  get count(): number {
    return this.processor.count;
  }

  get busy(): number {
    return Math.min(this.servers, this.processor.count);
  }

  enter(request: number): boolean {
    this.advance();
    this.processor.add(request, this.kernel.requests.workMs[request] as number);
    this.share();
    return this.processor.count > this.servers;
  }

  leave(): number {
    this.advance();
    this.departure = -1;
    const request = this.processor.finishNext();
    this.share();
    return request;
  }

  book(request: number): void {
    const { nowMs, requests } = this.kernel;
    const workMs = requests.workMs[request] as number;
    const servedMs = nowMs - (requests.arrivedMs[request] as number);
    requests.addPart(request, partIndex.work, workMs);
    requests.addPart(request, partIndex.contention, Math.max(0, servedMs - workMs));
  }

  private advance(): void {
    this.processor.advance(this.kernel.nowMs - this.advancedMs);
    this.advancedMs = this.kernel.nowMs;
  }

  private share(): void {
    const { processor } = this;
    const { events, nowMs } = this.kernel;
    if (processor.count === 0) return;
    processor.rate = Math.min(1, this.servers / processor.count);
    const atMs = nowMs + processor.nextInMs;
    if (this.departure < 0) this.departure = events.schedule(atMs, departureEvent, 0);
    else events.move(this.departure, atMs);
  }
}

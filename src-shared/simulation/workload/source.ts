import type { RandomStream } from '../engine/random.ts';
import { type ArrivalSampler, arrivalSampler } from './arrival-sampler.ts';
import { LawSampler } from './laws.ts';
import type { Service } from './service.ts';

/** Where the requests of a service come from. */
export class Source {
  /** Handle of the event of the next arrival, or -1. */
  next = -1;
  /** What waits for others are multiplied with at present. */
  ioFactor = 1;
  private readonly arrivals: ArrivalSampler;
  private readonly work: LawSampler;
  private readonly io: LawSampler | null;

  constructor(service: Service, streamOf: (name: string) => RandomStream) {
    const { name } = service;
    this.arrivals = arrivalSampler(service.arrivals, streamOf(`arrivals:${name}`));
    this.work = new LawSampler(service.cpu, streamOf(`work:${name}`));
    this.io = service.ioMs === undefined ? null : new LawSampler(service.ioMs, streamOf(`io:${name}`));
  }

  /** The moment of the arrival that follows one at `nowMs`; Infinity where none does. */
  nextAfter(nowMs: number): number {
    return this.arrivals.nextAfter(nowMs);
  }

  sampleWorkMs(): number {
    return this.work.sample();
  }

  sampleIoMs(): number {
    return this.io === null ? 0 : this.io.sample() * this.ioFactor;
  }
}

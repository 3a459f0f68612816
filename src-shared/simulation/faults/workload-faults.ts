import type { Kernel } from '../platform.ts';
import { lawMeanMs, LawSampler } from '../workload/laws.ts';
import type { Service } from '../workload/service.ts';
import type { Source } from '../workload/source.ts';
import type { FaultOccurrence } from './fault-schema.ts';

interface Ports {
  /** Kinds of the events about a fault. */
  readonly starts: number;
  readonly ends: number;
  /** Sends one request more. */
  issue(service: number, workMs: number, ioMs: number): void;
}

/** Faults of what lies around the platform: slow dependencies, and clients that come all at once. */
export class WorkloadFaults {
  private readonly kernel: Kernel;
  private readonly faults: readonly FaultOccurrence[];
  private readonly sources: readonly Source[];
  private readonly ports: Ports;

  constructor(kernel: Kernel, faults: readonly FaultOccurrence[], sources: readonly Source[], ports: Ports) {
    this.kernel = kernel;
    this.faults = faults;
    this.sources = sources;
    this.ports = ports;
    faults.forEach((fault, i) => {
      if (fault.kind === 'dependency-slowdown' || fault.kind === 'retry-storm')
        kernel.events.schedule(fault.atSeconds * 1000, ports.starts, i);
    });
  }

  start(index: number): void {
    const { kernel } = this;
    const { nowMs, events } = kernel;
    const fault = this.faults[index];
    if (fault?.kind === 'dependency-slowdown') {
      this.slowDown(index, fault.service, fault.factor);
      events.schedule(nowMs + fault.forSeconds * 1000, this.ports.ends, index);
    } else if (fault?.kind === 'retry-storm') {
      this.storm(index, fault.service, fault.requests);
    }
  }

  end(index: number): void {
    const { kernel } = this;
    const fault = this.faults[index];
    if (fault?.kind !== 'dependency-slowdown') return;
    const source = this.sources[this.serviceIndex(fault.service)] as Source;
    source.ioFactor /= fault.factor;
    kernel.log.add({
      atMs: kernel.nowMs,
      kind: 'fault-ended',
      subject: fault.service,
      detail: { fault: fault.kind, service: fault.service },
    });
  }

  private slowDown(index: number, service: string, factor: number): void {
    const { kernel } = this;
    const serviceIndex = this.serviceIndex(service);
    const source = this.sources[serviceIndex] as Source;
    source.ioFactor *= factor;
    if (isSlowed(kernel.services[serviceIndex] as Service, factor)) kernel.faultBook.hit(index, serviceIndex);
    const detail = { fault: 'dependency-slowdown', service, factor };
    kernel.log.add({ atMs: kernel.nowMs, kind: 'fault-started', subject: service, detail });
  }

  /** Work is drawn from a stream of the storm's own, so that what comes after it is as it would have been without. */
  private storm(index: number, name: string, count: number): void {
    const { kernel } = this;
    const serviceIndex = this.serviceIndex(name);
    const { cpu, ioMs } = kernel.services[serviceIndex] as Service;
    const work = new LawSampler(cpu, kernel.stream(`storm-work:${index}`));
    const io = ioMs === undefined ? null : new LawSampler(ioMs, kernel.stream(`storm-io:${index}`));
    const { ioFactor } = this.sources[serviceIndex] as Source;
    kernel.log.add({ atMs: kernel.nowMs, kind: 'retry-storm', subject: name, detail: { requests: count } });
    for (let i = 0; i < count; i++)
      this.ports.issue(serviceIndex, work.sample(), io === null ? 0 : io.sample() * ioFactor);
  }

  private serviceIndex(name: string): number {
    return this.kernel.services.findIndex((service) => service.name === name);
  }
}

/** Whether a request alone takes more than twice as long, on average: a service that hardly waits for others hardly minds. */
function isSlowed({ cpu, ioMs }: Service, factor: number): boolean {
  if (ioMs === undefined) return false;
  const waitMs = lawMeanMs(ioMs);
  return waitMs * factor > lawMeanMs(cpu) + 2 * waitMs;
}

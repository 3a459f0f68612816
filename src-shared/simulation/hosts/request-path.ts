import { partIndex } from '../engine/latency-parts.ts';
import type { RandomStream } from '../engine/random.ts';
import { Balancer } from './balancer.ts';
import { type Estate } from './estate.ts';
import { event, type Host, type Instance, type Process } from './estate-parts.ts';

/** How far a request has come. */
const inLine = 0;
export const onCpu = 1;
const inIo = 2;

/** The way of a request: balancer, line of the process, cores of the host, wait for others, answer. */
export class RequestPath {
  private readonly estate: Estate;
  private readonly balancer: Balancer;
  private readonly badVersion: RandomStream;
  private readonly alike: boolean;

  constructor(estate: Estate) {
    const { kernel, policy, services } = estate;
    this.estate = estate;
    this.alike = policy.balanced === 'all-services';
    this.balancer = new Balancer(policy.balancer, kernel.stream('balancer'), services.length, (instance) =>
      this.alike ? instance.group.inFlight : instance.inFlight,
    );
    this.badVersion = kernel.stream('bad-version');
  }

  arrive(request: number): void {
    const { kernel, policy, instancesOf } = this.estate;
    const { requests } = kernel;
    const service = requests.service[request] as number;
    const instance = this.balancer.pick(instancesOf[service] as Instance[], this.alike ? 0 : service);
    const process = instance === null ? null : leastActiveProcess(instance);
    if (instance === null || process === null) {
      kernel.fail(request, 'unavailable');
      return;
    }
    requests.process[request] = process.index;
    requests.instance[request] = instance.index;
    instance.inFlight++;
    instance.taken++;
    instance.group.inFlight++;
    if (process.active < policy.threadsPerProcess) {
      this.begin(request, process, instance);
    } else {
      requests.phase[request] = inLine;
      process.line.push(request);
      this.changeWaiting(instance, 1);
    }
  }

  /** A host says that the first of its jobs is done, or that a quota has run out or begun anew. */
  cpuDone(host: Host): void {
    const { kernel } = this.estate;
    const { requests, events, nowMs } = kernel;
    const request = host.pool.finishNext();
    host.busyCores.set(host.pool.busyCores, nowMs);
    if (request < 0) return;
    const instance = this.instanceOf(request);
    instance.onCpu--;
    this.meter(instance.service, requests.demandMs[request] as number);
    this.bookCpuTime(request, host.pool.standstillMs);
    const ioMs = requests.ioMs[request] as number;
    if (ioMs > 0) {
      requests.phase[request] = inIo;
      requests.startedMs[request] = nowMs;
      requests.handle[request] = events.schedule(nowMs + ioMs, event.ioDone, request);
    } else {
      this.answer(request, instance);
    }
  }

  ioDone(request: number): void {
    const { kernel } = this.estate;
    const { requests, nowMs } = kernel;
    const { pausedUntilMs } = this.processOf(request);
    if (pausedUntilMs > nowMs) {
      requests.handle[request] = kernel.events.schedule(pausedUntilMs, event.ioDone, request);
      return;
    }
    const ioMs = requests.ioMs[request] as number;
    requests.addPart(request, partIndex.io, ioMs);
    const lateMs = nowMs - (requests.startedMs[request] as number) - ioMs;
    requests.addPart(request, partIndex.pause, Math.max(0, lateMs));
    this.answer(request, this.instanceOf(request));
  }

  /** The answer has come to its client. */
  networkDone(request: number): void {
    const { kernel, policy } = this.estate;
    kernel.requests.addPart(request, partIndex.network, policy.networkMs);
    kernel.serve(request);
  }

  /** The process is gone: its requests fail, wherever they are. */
  dropAll(process: Process): void {
    const { kernel } = this.estate;
    const { requests } = kernel;
    const { host } = process.group;
    const dropped = this.requestsOf(process);
    for (const request of dropped) {
      const instance = this.instanceOf(request);
      const phase = requests.phase[request];
      const handle = requests.handle[request] as number;
      if (phase === inLine) this.changeWaiting(instance, -1);
      if (phase === inIo) kernel.events.cancel(handle);
      if (phase === onCpu) {
        instance.onCpu--;
        const missingMs = host.pool.remove(process.cpuClass, handle);
        this.meter(instance.service, (requests.demandMs[request] as number) - missingMs);
      }
      instance.inFlight--;
      instance.group.inFlight--;
    }
    process.active = 0;
    process.line.clear();
    host.busyCores.set(host.pool.busyCores, kernel.nowMs);
    for (const request of dropped) kernel.fail(request, 'killed');
  }

  private begin(request: number, process: Process, instance: Instance): void {
    const { nowMs, requests } = this.estate.kernel;
    const { host } = instance.group;
    const demandMs = (requests.workMs[request] as number) * (instance.defect?.cpuFactor ?? 1);
    process.active++;
    instance.onCpu++;
    requests.addPart(request, partIndex.queueing, nowMs - (requests.arrivedMs[request] as number));
    requests.phase[request] = onCpu;
    requests.startedMs[request] = nowMs;
    requests.demandMs[request] = demandMs;
    requests.mark[request] = pausedMsBy(process, nowMs);
    requests.handle[request] = host.pool.add(process.cpuClass, request, demandMs);
    host.busyCores.set(host.pool.busyCores, nowMs);
  }

  /** Time on the CPU is work, and whatever made it longer: a quota, a freeze, others on the same cores. */
  private bookCpuTime(request: number, standstillMs: number): void {
    const { requests, nowMs } = this.estate.kernel;
    const demandMs = requests.demandMs[request] as number;
    const pausedMs = pausedMsBy(this.processOf(request), nowMs) - (requests.mark[request] as number);
    const lastedMs = nowMs - (requests.startedMs[request] as number);
    requests.addPart(request, partIndex.work, demandMs);
    if (standstillMs > 0) requests.addPart(request, partIndex.throttling, standstillMs);
    if (pausedMs > 0) requests.addPart(request, partIndex.pause, pausedMs);
    const sharedMs = lastedMs - demandMs - standstillMs - pausedMs;
    if (sharedMs > 0) requests.addPart(request, partIndex.contention, sharedMs);
  }

  private answer(request: number, instance: Instance): void {
    const process = this.processOf(request);
    process.active--;
    instance.inFlight--;
    instance.group.inFlight--;
    this.respond(request, instance);
    if (process.line.length > 0) {
      const next = process.line.shift();
      const nextInstance = this.instanceOf(next);
      this.changeWaiting(nextInstance, -1);
      this.begin(next, process, nextInstance);
    }
    if (instance.group.inFlight === 0) instance.group.whenDrained?.();
  }

  private respond(request: number, { defect }: Instance): void {
    const { kernel, policy } = this.estate;
    if (defect !== null && this.badVersion.uniform() < defect.errorRate) {
      kernel.fail(request, 'bug');
    } else if (policy.networkMs > 0) {
      // No process has it any more, so that no end of a process can touch it.
      kernel.requests.instance[request] = -1;
      kernel.events.schedule(kernel.nowMs + policy.networkMs, event.networkDone, request);
    } else {
      kernel.serve(request);
    }
  }

  private requestsOf(process: Process): number[] {
    const { requests } = this.estate.kernel;
    const found: number[] = [];
    // Many processes may end at one moment, and most of them idle.
    if (process.active === 0 && process.line.length === 0) return found;
    for (let request = 0; request < requests.rows; request++) {
      if (requests.instance[request] !== -1 && requests.process[request] === process.index)
        found.push(request);
    }
    return found;
  }

  private changeWaiting(instance: Instance, by: number): void {
    const { waiting, kernel } = this.estate;
    instance.waiting += by;
    waiting.set(waiting.value + by, kernel.nowMs);
  }

  private meter(service: number, coreMs: number): void {
    const { cpuMsBooked } = this.estate;
    cpuMsBooked[service] = (cpuMsBooked[service] as number) + coreMs;
  }

  private instanceOf(request: number): Instance {
    return this.estate.instances[this.estate.kernel.requests.instance[request] as number] as Instance;
  }

  private processOf(request: number): Process {
    return this.estate.processes[this.estate.kernel.requests.process[request] as number] as Process;
  }
}

/** How long a process has been frozen so far. */
function pausedMsBy({ pausedForMs, pausedUntilMs, pausedSinceMs }: Process, nowMs: number): number {
  return pausedUntilMs > 0 ? pausedForMs + nowMs - pausedSinceMs : pausedForMs;
}

function leastActiveProcess({ group }: Instance): Process | null {
  let least: Process | null = null;
  for (const process of group.processes) {
    if (process.state !== 'running') continue;
    const load = process.active + process.line.length;
    if (least === null || load < least.active + least.line.length) least = process;
  }
  return least;
}

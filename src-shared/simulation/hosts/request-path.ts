import type { RandomStream } from '../engine/random.ts';
import { type Estate, event, type Group, type Host, type Instance, type Process } from './estate.ts';

/** How far a request has come. */
const inLine = 0;
export const onCpu = 1;
const inIo = 2;

/** The way of a request: balancer, line of the process, cores of the host, wait for others, answer. */
export class RequestPath {
  private readonly estate: Estate;
  private readonly chance: RandomStream;
  private readonly turns: Int32Array;
  /** Told when a group has answered its last request. */
  private readonly whenIdle: (group: Group) => void;

  constructor(estate: Estate, whenIdle: (group: Group) => void) {
    this.estate = estate;
    this.chance = estate.kernel.stream('balancer');
    this.turns = new Int32Array(estate.services.length);
    this.whenIdle = whenIdle;
  }

  arrive(request: number): void {
    const { kernel, plan } = this.estate;
    const { requests } = kernel;
    const instance = this.pickInstance(requests.service[request] as number);
    const process = instance === null ? null : leastActiveProcess(instance);
    if (instance === null || process === null) {
      kernel.fail(request, 'unavailable');
      return;
    }
    requests.process[request] = process.index;
    requests.instance[request] = instance.index;
    instance.inFlight++;
    instance.group.inFlight++;
    if (process.active < plan.threadsPerProcess) {
      this.begin(request, process, instance);
    } else {
      requests.phase[request] = inLine;
      process.line.push(request);
      this.changeWaiting(instance, 1);
    }
  }

  /** A host says that the first of its jobs is done. */
  cpuDone(host: Host): void {
    const { kernel } = this.estate;
    const { requests, events } = kernel;
    const request = host.pool.finishNext();
    const instance = this.instanceOf(request);
    instance.onCpu--;
    this.meter(instance.service, requests.workMs[request] as number);
    host.busyCores.set(host.pool.busyCores, kernel.nowMs);
    const ioMs = requests.ioMs[request] as number;
    if (ioMs > 0) {
      requests.phase[request] = inIo;
      requests.handle[request] = events.schedule(kernel.nowMs + ioMs, event.ioDone, request);
    } else {
      this.answer(request, instance);
    }
  }

  ioDone(request: number): void {
    const { kernel } = this.estate;
    const { pausedUntilMs } = this.processOf(request);
    if (pausedUntilMs > kernel.nowMs) {
      kernel.requests.handle[request] = kernel.events.schedule(pausedUntilMs, event.ioDone, request);
    } else {
      this.answer(request, this.instanceOf(request));
    }
  }

  /** The process is gone: its requests fail, wherever they are. */
  dropAll(process: Process): void {
    const { kernel } = this.estate;
    const { requests } = kernel;
    const { host } = process.group;
    for (const request of this.requestsOf(process)) {
      const instance = this.instanceOf(request);
      const phase = requests.phase[request];
      const handle = requests.handle[request] as number;
      if (phase === inLine) this.changeWaiting(instance, -1);
      if (phase === inIo) kernel.events.cancel(handle);
      if (phase === onCpu) {
        instance.onCpu--;
        const missingMs = host.pool.remove(process.cpuClass, handle);
        this.meter(instance.service, (requests.workMs[request] as number) - missingMs);
      }
      instance.inFlight--;
      instance.group.inFlight--;
      kernel.fail(request, 'killed');
    }
    process.active = 0;
    process.line.clear();
    host.busyCores.set(host.pool.busyCores, kernel.nowMs);
  }

  private begin(request: number, process: Process, instance: Instance): void {
    const { nowMs, requests } = this.estate.kernel;
    const { host } = instance.group;
    process.active++;
    instance.onCpu++;
    requests.phase[request] = onCpu;
    requests.startedMs[request] = nowMs;
    requests.handle[request] = host.pool.add(process.cpuClass, request, requests.workMs[request] as number);
    host.busyCores.set(host.pool.busyCores, nowMs);
  }

  private answer(request: number, instance: Instance): void {
    const { kernel } = this.estate;
    const { requests } = kernel;
    const process = this.processOf(request);
    const waitMs = (requests.startedMs[request] as number) - (requests.arrivedMs[request] as number);
    process.active--;
    instance.inFlight--;
    instance.group.inFlight--;
    kernel.serve(request, waitMs);
    if (process.line.length > 0) {
      const next = process.line.shift();
      const nextInstance = this.instanceOf(next);
      this.changeWaiting(nextInstance, -1);
      this.begin(next, process, nextInstance);
    }
    if (instance.group.inFlight === 0) this.whenIdle(instance.group);
  }

  /** By the policy of the balancer, of those that can answer; null where there is none. */
  private pickInstance(service: number): Instance | null {
    const { plan, instancesOf } = this.estate;
    const candidates = instancesOf[service] as readonly Instance[];
    const turn = plan.balanced === 'all-services' ? 0 : service;
    const count = candidates.length;
    const start =
      plan.balancer === 'random' ? this.chance.below(count) : (this.turns[turn] as number) % count;
    let best: Instance | null = null;
    let bestAt = 0;
    for (let i = 0; i < count; i++) {
      const at = (start + i) % count;
      const instance = candidates[at] as Instance;
      if (!canAnswer(instance)) continue;
      if (best !== null && this.outstanding(instance) >= this.outstanding(best)) continue;
      best = instance;
      bestAt = at;
      if (plan.balancer !== 'least-outstanding') break;
    }
    this.turns[turn] = bestAt + 1;
    return best;
  }

  private outstanding(instance: Instance): number {
    return this.estate.plan.balanced === 'all-services' ? instance.group.inFlight : instance.inFlight;
  }

  private requestsOf(process: Process): number[] {
    const { requests } = this.estate.kernel;
    const found: number[] = [];
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

function canAnswer(instance: Instance): boolean {
  const { group } = instance;
  return (
    instance.available && group.accepting && group.processes.some((process) => process.state === 'running')
  );
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

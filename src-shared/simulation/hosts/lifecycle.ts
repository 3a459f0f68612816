import type { NotableKind } from '../engine/notable-log.ts';
import { type Estate, event, type Group, type Host, type Process } from './estate.ts';
import type { RequestPath } from './request-path.ts';

/** Starts and ends of processes and hosts, and the memory that decides some of them. */
export class Lifecycle {
  private readonly estate: Estate;
  private readonly path: RequestPath;
  /** Told of every process that was killed for want of memory, and when all of a group runs again. */
  whenKilledForMemory: (process: Process) => void = () => undefined;
  whenGroupRuns: (group: Group) => void = () => undefined;

  constructor(estate: Estate, path: RequestPath) {
    this.estate = estate;
    this.path = path;
  }

  /** Memory in use by a process now. */
  memoryOf(process: Process): number {
    return process.state === 'running' ? process.baseMiB + process.leakedMiB : 0;
  }

  /** The process ends at once. It is started again after a while if its host is up. */
  kill(process: Process, kind: NotableKind, detail: Record<string, number> = {}): void {
    const { plan } = this.estate;
    this.note(kind, process, { ...detail, requests: process.active + process.line.length });
    this.end(process, 'killed');
    if (process.group.host.up) this.setTimer(process, event.processRestarts, plan.restartDelaySeconds * 1000);
  }

  /** The process is ended and started anew at once, on purpose. */
  replace(process: Process): void {
    this.note('stopped-for-deploy', process, { requests: process.active + process.line.length });
    this.end(process, 'starting');
    if (process.group.host.up) this.setTimer(process, event.processStarted, process.group.startMs);
    else process.state = 'killed';
  }

  /** The wait before a restart is over. */
  restart(process: Process): void {
    process.timer = -1;
    process.state = 'restarting';
    this.estate.restarts++;
    this.setTimer(process, event.processStarted, process.group.startMs);
  }

  started(process: Process): void {
    const { group } = process;
    process.timer = -1;
    if (process.state === 'restarting') this.note('restarted', process, {});
    process.state = 'running';
    this.memoryChanged(group);
    this.enforceMemory(group.host);
    if (group.processes.every((sibling) => sibling.state === 'running')) this.whenGroupRuns(group);
  }

  loseHost(host: Host): void {
    const { kernel } = this.estate;
    host.up = false;
    kernel.log.add({ atMs: kernel.nowMs, kind: 'host-lost', subject: host.id, detail: {} });
    for (const group of host.groups) for (const process of group.processes) this.end(process, 'killed');
    this.hostMemoryChanged(host);
  }

  hostBack(host: Host): void {
    const { kernel } = this.estate;
    host.up = true;
    kernel.log.add({ atMs: kernel.nowMs, kind: 'host-back', subject: host.id, detail: {} });
    for (const group of host.groups) for (const process of group.processes) this.restart(process);
    this.hostMemoryChanged(host);
  }

  /** To be called when the memory of a group has changed. */
  memoryChanged(group: Group): void {
    const used = group.processes.reduce((sum, process) => sum + this.memoryOf(process), 0);
    group.memoryMiB.set(used, this.estate.kernel.nowMs);
    this.hostMemoryChanged(group.host);
  }

  hostMemoryChanged(host: Host): void {
    const { kernel, plan } = this.estate;
    const total = host.groups.reduce((sum, other) => sum + other.memoryMiB.value, 0);
    host.memoryMiB.set(host.up ? plan.osMemoryMiB + total : 0, kernel.nowMs);
  }

  /**
   * Kills whoever is over a limit of its own; and then, while the host has not enough, the largest process, as the Linux
   * kernel does (its badness is in the main the memory in use: proc(5), oom_score).
   */
  enforceMemory(host: Host): void {
    const { plan } = this.estate;
    const processes = host.groups.flatMap((group) => group.processes);
    for (const process of processes) {
      const memoryMiB = this.memoryOf(process);
      if (memoryMiB > process.memoryLimitMiB) {
        this.killForMemory(process, 'memory-limit-killed', { memoryMiB, limitMiB: process.memoryLimitMiB });
      }
    }
    while (host.memoryMiB.value > plan.memoryMiBPerHost) {
      const largest = processes.reduce<Process | null>((most, process) => {
        const memoryMiB = this.memoryOf(process);
        return memoryMiB > (most === null ? 0 : this.memoryOf(most)) ? process : most;
      }, null);
      if (largest === null) return;
      const memoryMiB = this.memoryOf(largest);
      this.killForMemory(largest, 'oom-killed', { memoryMiB, hostMiB: plan.memoryMiBPerHost });
    }
  }

  /** Ends the endless loops of a process, and books what they have used. */
  stopSpinning(process: Process): void {
    if (process.spinning === 0) return;
    const { pool, busyCores } = process.group.host;
    this.bookSpinning(process);
    pool.spin(process.cpuClass, -process.spinning);
    busyCores.set(pool.busyCores, this.estate.kernel.nowMs);
    process.spinning = 0;
  }

  /** Books what endless loops have used since it was booked last. */
  bookSpinning(process: Process): void {
    if (process.spinning === 0) return;
    const { cpuMsBooked } = this.estate;
    const attained = process.group.host.pool.attainedBy(process.cpuClass);
    const used = (attained - process.spinningSince) * process.spinning;
    cpuMsBooked[process.spinningService] = (cpuMsBooked[process.spinningService] as number) + used;
    process.spinningSince = attained;
  }

  resume(process: Process): void {
    const { host } = process.group;
    if (process.pausedUntilMs === 0) return;
    process.pausedUntilMs = 0;
    host.pool.setPaused(process.cpuClass, false);
    host.busyCores.set(host.pool.busyCores, this.estate.kernel.nowMs);
  }

  private killForMemory(process: Process, kind: NotableKind, detail: Record<string, number>): void {
    this.estate.oomKills++;
    this.kill(process, kind, detail);
    this.whenKilledForMemory(process);
  }

  private end(process: Process, next: 'killed' | 'starting'): void {
    const { events } = this.estate.kernel;
    if (process.timer >= 0) events.cancel(process.timer);
    process.timer = -1;
    this.stopSpinning(process);
    this.resume(process);
    this.path.dropAll(process);
    process.state = next;
    process.leakedMiB = 0;
    process.group.accepting = true;
    this.memoryChanged(process.group);
  }

  private setTimer(process: Process, kind: number, inMs: number): void {
    const { events, nowMs } = this.estate.kernel;
    process.timer = events.schedule(nowMs + inMs, kind, process.index);
  }

  private note(kind: NotableKind, process: Process, detail: Record<string, number>): void {
    const { kernel } = this.estate;
    const services = [...new Set(process.group.instances.map((instance) => instance.service))]
      .map((service) => this.estate.services[service]?.name)
      .join(' ');
    kernel.log.add({ atMs: kernel.nowMs, kind, subject: process.id, detail: { services, ...detail } });
  }
}

import type { NotableKind } from '../engine/notable-log.ts';
import { type Estate } from './estate.ts';
import { event, type Group, type Host, type Process } from './estate-parts.ts';
import type { RequestPath } from './request-path.ts';

/** Starts and ends of processes, groups and hosts, and the memory that decides some of them. */
export class Lifecycle {
  private readonly estate: Estate;
  private readonly path: RequestPath;
  /** Told of every process that was killed for want of memory, when all of a group runs, and when a host is lost or back. */
  whenKilledForMemory: (process: Process) => void = () => undefined;
  whenGroupRuns: (group: Group) => void = () => undefined;
  whenHostLost: (host: Host) => void = () => undefined;
  whenHostBack: (host: Host) => void = (host) => {
    for (const group of host.groups) for (const process of group.processes) this.restart(process);
  };
  /** By what the kernel chooses whom to kill for want of memory: the largest. */
  badness: (process: Process) => number = (process) => this.memoryOf(process);
  /** How long a dead process waits to be started again; null for never. */
  restartDelaySeconds: (process: Process) => number | null;

  constructor(estate: Estate, path: RequestPath) {
    this.estate = estate;
    this.path = path;
    this.restartDelaySeconds = () => estate.policy.restartDelaySeconds;
  }

  /** Memory in use by a process now. */
  memoryOf(process: Process): number {
    return process.state === 'running' ? process.baseMiB + process.leakedMiB : 0;
  }

  /**
   * Starts the processes of a group that was added: in the time that a start takes, or as if they had been running before.
   * Then whoever has filled a host calls `enforceMemory` for it, and `whenGroupRuns` is not told.
   */
  startGroup(group: Group, ready: 'at-once' | 'after-start'): void {
    for (const process of group.processes) {
      if (ready === 'at-once') {
        process.state = 'running';
        group.running++;
      } else {
        process.state = 'starting';
        this.setTimer(process, event.processStarted, group.startMs);
      }
    }
    this.memoryChanged(group);
    this.estate.readinessChanged(group);
  }

  /** Ends a group for good, and its requests with it. */
  endGroup(group: Group): void {
    for (const process of group.processes) this.end(process, 'killed');
    this.cancelDrain(group);
    this.estate.removeGroup(group);
    this.hostMemoryChanged(group.host);
  }

  /** Lets a group finish its requests, for so many seconds at most, and no new ones come; then does what is to be done. */
  drain(group: Group, seconds: number, then: () => void): void {
    const { kernel } = this.estate;
    this.cancelDrain(group);
    group.accepting = false;
    this.estate.readinessChanged(group);
    if (group.inFlight === 0 || seconds === 0) {
      this.cancelDrain(group);
      then();
      return;
    }
    group.whenDrained = () => {
      this.cancelDrain(group);
      then();
    };
    group.drainTimer = kernel.events.schedule(kernel.nowMs + seconds * 1000, event.drainOver, group.index);
  }

  /** The time that requests are given to finish is over. */
  drainOver(group: Group): void {
    group.drainTimer = -1;
    group.whenDrained?.();
  }

  /** The process ends at once. It is started again after a while if its host is up. */
  kill(process: Process, kind: NotableKind, detail: Record<string, number> = {}): void {
    this.note(kind, process, { ...detail, requests: process.active + process.line.length });
    this.end(process, 'killed');
    const delaySeconds = this.restartDelaySeconds(process);
    if (process.group.host.up && delaySeconds !== null)
      this.setTimer(process, event.processRestarts, delaySeconds * 1000);
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
    group.running++;
    this.memoryChanged(group);
    this.estate.readinessChanged(group);
    this.enforceMemory(group.host);
    if (group.running === group.processes.length) this.whenGroupRuns(group);
  }

  loseHost(host: Host): void {
    const { kernel } = this.estate;
    host.up = false;
    kernel.log.add({ atMs: kernel.nowMs, kind: 'host-lost', subject: host.id, detail: {} });
    for (const group of host.groups) for (const process of group.processes) this.end(process, 'killed');
    this.hostMemoryChanged(host);
    this.whenHostLost(host);
  }

  hostBack(host: Host): void {
    const { kernel } = this.estate;
    host.up = true;
    kernel.log.add({ atMs: kernel.nowMs, kind: 'host-back', subject: host.id, detail: {} });
    this.hostMemoryChanged(host);
    this.whenHostBack(host);
  }

  /** To be called when the memory of a group has changed. */
  memoryChanged(group: Group): void {
    const used = group.processes.reduce((sum, process) => sum + this.memoryOf(process), 0);
    group.memoryMiB.set(used, this.estate.kernel.nowMs);
    this.hostMemoryChanged(group.host);
  }

  hostMemoryChanged(host: Host): void {
    const { kernel } = this.estate;
    const total = host.groups.reduce((sum, other) => sum + other.memoryMiB.value, 0);
    host.memoryMiB.set(host.up ? host.osMemoryMiB + total : 0, kernel.nowMs);
  }

  /**
   * Kills whoever is over a limit of its own; and then, while the host has not enough, the process of the greatest badness,
   * as the Linux kernel does (it is in the main the memory in use: proc(5), oom_score).
   */
  enforceMemory(host: Host): void {
    const processes = host.groups.flatMap((group) => group.processes);
    for (const process of processes) {
      const memoryMiB = this.memoryOf(process);
      if (memoryMiB > process.memoryLimitMiB) {
        this.killForMemory(process, 'memory-limit-killed', { memoryMiB, limitMiB: process.memoryLimitMiB });
      }
    }
    while (host.memoryMiB.value > host.memoryLimitMiB) {
      const worst = processes.reduce<Process | null>((most, process) => {
        if (this.memoryOf(process) === 0) return most;
        return most === null || this.badness(process) > this.badness(most) ? process : most;
      }, null);
      if (worst === null) return;
      const memoryMiB = this.memoryOf(worst);
      this.killForMemory(worst, 'oom-killed', { memoryMiB, hostMiB: host.memoryLimitMiB });
    }
  }

  /** Ends so many of the endless loops of a process, all of them unless told otherwise, and books what they have used. */
  stopSpinning(process: Process, loops = process.spinning): void {
    const ended = Math.min(loops, process.spinning);
    if (ended === 0) return;
    const { pool, busyCores } = process.group.host;
    this.bookSpinning(process);
    pool.spin(process.cpuClass, -ended);
    busyCores.set(pool.busyCores, this.estate.kernel.nowMs);
    process.spinning -= ended;
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

  /** Freezes a running process, or goes on freezing it. */
  pause(process: Process, untilMs: number): void {
    const { nowMs } = this.estate.kernel;
    const { pool, busyCores } = process.group.host;
    if (process.pausedUntilMs === 0) {
      process.pausedSinceMs = nowMs;
      pool.setPaused(process.cpuClass, true);
      busyCores.set(pool.busyCores, nowMs);
    }
    process.pausedUntilMs = Math.max(process.pausedUntilMs, untilMs);
  }

  resume(process: Process): void {
    const { nowMs } = this.estate.kernel;
    const { pool, busyCores } = process.group.host;
    if (process.pausedUntilMs === 0) return;
    process.pausedForMs += nowMs - process.pausedSinceMs;
    process.pausedUntilMs = 0;
    pool.setPaused(process.cpuClass, false);
    busyCores.set(pool.busyCores, nowMs);
  }

  private killForMemory(process: Process, kind: NotableKind, detail: Record<string, number>): void {
    this.estate.oomKills++;
    this.kill(process, kind, detail);
    this.whenKilledForMemory(process);
  }

  private end(process: Process, next: 'killed' | 'starting'): void {
    const { events } = this.estate.kernel;
    const { group } = process;
    if (process.timer >= 0) events.cancel(process.timer);
    process.timer = -1;
    this.stopSpinning(process);
    this.resume(process);
    if (process.state === 'running') group.running--;
    process.state = next;
    process.leakedMiB = 0;
    // Failed requests may be tried again at once, and must not come back to what has just ended.
    this.path.dropAll(process);
    this.memoryChanged(group);
    this.estate.readinessChanged(group);
  }

  private cancelDrain(group: Group): void {
    if (group.drainTimer >= 0) this.estate.kernel.events.cancel(group.drainTimer);
    group.drainTimer = -1;
    group.whenDrained = null;
    group.accepting = true;
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

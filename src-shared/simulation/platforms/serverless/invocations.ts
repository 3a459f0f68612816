import type { Defect } from '../../deployments/deployment-schema.ts';
import type { RandomStream } from '../../engine/random.ts';
import {
  bookAnswer,
  bookAttempt,
  bookLeak,
  chargeInvocation,
  memoryRoomMiB,
  recordCpuMs,
} from './booking.ts';
import type { CallerMemory } from './caller-memory.ts';
import type { Cloud } from './cloud.ts';
import { type Environments, environmentState, noRequest } from './environments.ts';
import { event } from './events.ts';
import type { Gateway } from './gateway.ts';
import type { RunningFunction, Version } from './running-function.ts';

/** Why an invocation failed. */
export type Failure = 'killed' | 'bug' | 'time-limit';

/** A service counts as hit by a version that needs more than so many times the CPU time. */
const slowed = 2;

export type Admission = 'begun' | 'throttled' | 'unavailable';

/** Those who have functions invoked. They are told how it ended. */
export interface Invokers {
  answered(fn: RunningFunction, request: number): void;
  failed(fn: RunningFunction, request: number, kind: Failure): void;
  /** The record that an environment works on is done. Returns the next of the batch, or noRequest. */
  recordDone(row: number): number;
  /** These two are told while the environment is as it was when the batch ended. */
  batchAnswered(row: number): void;
  batchFailed(row: number, kind: Failure): void;
  /** The environment is free, and the shard may go on. */
  batchOver(shard: number): void;
}

/** The way of a request, or batch, through an environment: perhaps its init, CPU time, waits for others, answer, bill. */
export class Invocations {
  private readonly cloud: Cloud;
  private readonly environments: Environments;
  private readonly callers: CallerMemory;
  private readonly gateway: Gateway;
  private readonly invokers: Invokers;
  private readonly badVersion: RandomStream;

  constructor(cloud: Cloud, callers: CallerMemory, gateway: Gateway, invokers: Invokers) {
    this.cloud = cloud;
    this.environments = cloud.environments;
    this.callers = callers;
    this.gateway = gateway;
    this.invokers = invokers;
    this.badVersion = cloud.kernel.stream('bad-version');
  }

  /**
   * Has a request worked on, or a batch that begins with it: in an environment that is kept ready, else in the warm one that
   * was used last, else in a new one, as far as the limits of concurrency and scaling allow.
   *
   * @param shard index of the shard whose batch it is, or -1
   */
  invoke(fn: RunningFunction, request: number, shard: number): Admission {
    const { cloud } = this;
    const { limits } = cloud;
    const version = fn.route();
    fn.counts.attempts++;
    if (version.ready.size > 0 && limits.hasProvisionedRoom) {
      this.begin(version.ready.popNewest(), version, request, shard, 0);
      return 'begun';
    }
    if (!limits.hasRoom(fn.index)) return this.throttle(fn);
    if (version.idle.size > 0) {
      this.begin(version.idle.popNewest(), version, request, shard, 0);
      return 'begun';
    }
    if (cloud.hostsUp === 0) return 'unavailable';
    if (!fn.starts.take(cloud.kernel.nowMs)) return this.throttle(fn);
    fn.note('cold-starts');
    fn.counts.coldStarts++;
    this.begin(cloud.start(version, false), version, request, shard, fn.sampleInitMs());
    return 'begun';
  }

  /** The event of what an environment works on: it is done, or was stopped. */
  workEnds(row: number): void {
    const { environments, cloud } = this;
    const { nowMs } = cloud.kernel;
    if ((environments.endMs[row] as number) <= nowMs) return this.recordDone(row);
    const { fn } = cloud.versionOf(row);
    if ((environments.fullMs[row] as number) <= nowMs) {
      this.noteFull(fn, row);
      return this.end(row, 'killed', false);
    }
    fn.note('time-limit');
    // The runtime is stopped in the middle of its work, so the environment cannot be used again.
    this.end(row, 'time-limit', false);
  }

  /** Ends an environment, whatever it does. */
  kill(row: number): void {
    const { environments, cloud } = this;
    const state = environments.state[row];
    if (state === environmentState.idle) {
      const version = cloud.versionOf(row);
      version.idle.remove(row);
      version.ready.remove(row);
      cloud.end(row);
      return;
    }
    cloud.kernel.events.cancel(environments.handle[row] as number);
    if (state === environmentState.busy) this.end(row, 'killed', false);
    else cloud.end(row);
  }

  /** When what an environment works on ends, one way or another. */
  dueMs(row: number): number {
    const { endMs, fullMs, limitedMs } = this.environments;
    const limitMs = (limitedMs[row] as number) + this.cloud.versionOf(row).fn.plan.timeLimitMs;
    return Math.min(endMs[row] as number, limitMs, fullMs[row] as number);
  }

  private throttle(fn: RunningFunction): 'throttled' {
    const { kernel } = this.cloud;
    fn.counts.throttled++;
    fn.note('throttled');
    if (kernel.traced) kernel.trace({ atMs: kernel.nowMs, kind: 'throttled', subject: fn.name, detail: {} });
    return 'throttled';
  }

  private begin(row: number, version: Version, request: number, shard: number, oneInitMs: number): void {
    const { environments, cloud } = this;
    const { kernel } = cloud;
    const { nowMs } = kernel;
    const { fn } = version;
    const frozenMs = Math.max(0, (environments.pausedUntilMs[row] as number) - nowMs);
    const initLimitMs = cloud.platform.initLimitSeconds * 1000;
    // An init that takes too long is stopped, and done again as part of the request.
    const initMs = oneInitMs > initLimitMs ? initLimitMs + oneInitMs : oneInitMs;
    const invokedMs = nowMs + frozenMs + initMs;
    fn.counts.invocations++;
    fn.busy.set(fn.busy.value + 1, nowMs);
    cloud.limits.take(fn.index, environments.provisioned[row] === 1);
    environments.state[row] = environmentState.busy;
    environments.shard[row] = shard;
    environments.begunMs[row] = nowMs;
    environments.initMs[row] = initMs;
    environments.initPausedMs[row] = frozenMs;
    environments.invokedMs[row] = invokedMs;
    environments.limitedMs[row] = nowMs + frozenMs + Math.min(initMs, initLimitMs);
    environments.doneCpuMs[row] = 0;
    this.beginRecord(row, version, request, invokedMs);
    if (fn.plan.trigger === 'api-gateway') this.gateway.watch(row, this.dueMs(row));
  }

  private beginRecord(row: number, version: Version, request: number, atMs: number): void {
    const { environments, cloud } = this;
    const { kernel } = cloud;
    const { fn, bad } = version;
    environments.taken[row] = (environments.taken[row] as number) + 1;
    const workMs = (kernel.requests.workMs[request] as number) * (bad === null ? 1 : bad.cpuFactor);
    const plainMs = workMs / fn.plainSpeed;
    const cpuMs = fn.loops === 0 ? plainMs : workMs / fn.speed;
    const leak = environments.leakMiBPerMs[row] as number;
    environments.request[row] = request;
    environments.recordMs[row] = atMs;
    environments.workMs[row] = workMs;
    environments.contentionMs[row] = cpuMs - plainMs;
    environments.cpuEndMs[row] = atMs + cpuMs;
    environments.endMs[row] = atMs + cpuMs + (kernel.requests.ioMs[request] as number);
    environments.pausedMs[row] = 0;
    environments.cpuPausedMs[row] = 0;
    environments.fullMs[row] = leak === 0 ? Infinity : atMs + memoryRoomMiB(cloud, row) / leak;
    environments.handle[row] = kernel.events.schedule(this.dueMs(row), event.workEnds, row);
    kernel.requests.instance[request] = row;
    this.callers.visits(fn.index, request, environments.serial[row] as number);
  }

  private recordDone(row: number): void {
    const { environments, cloud, invokers } = this;
    const version = cloud.versionOf(row);
    bookLeak(cloud, row);
    if (version.bad !== null && this.suffers(version, version.bad)) return this.end(row, 'bug', true);
    if ((environments.shard[row] as number) >= 0) {
      environments.doneCpuMs[row] = (environments.doneCpuMs[row] as number) + recordCpuMs(cloud, row);
      const next = invokers.recordDone(row);
      if (next !== noRequest) return this.beginRecord(row, version, next, cloud.kernel.nowMs);
      // Its CPU time is among that of the records that are done.
      environments.cpuEndMs[row] = environments.recordMs[row] as number;
      environments.cpuPausedMs[row] = 0;
    }
    this.end(row, null, true);
  }

  /** Whether a bad version fails on a request. */
  private suffers({ fn, fault }: Version, bad: Defect): boolean {
    const fails = this.badVersion.uniform() < bad.errorRate;
    if (fault !== null && (fails || bad.cpuFactor > slowed)) this.cloud.kernel.faultBook.hit(fault, fn.index);
    return fails;
  }

  /** The invocation is over: it is billed, its caller is told, and the environment is idle or gone. */
  private end(row: number, failure: Failure | null, survives: boolean): void {
    const { environments, cloud, invokers } = this;
    const { kernel } = cloud;
    const { fn } = cloud.versionOf(row);
    const request = environments.request[row] as number;
    const shard = environments.shard[row] as number;
    if (shard >= 0) {
      if (failure === null) invokers.batchAnswered(row);
      else invokers.batchFailed(row, failure);
    } else if (request !== noRequest) {
      this.gateway.forget(fn, request);
      if (failure === null) bookAnswer(cloud, row, request);
      else bookAttempt(cloud, row, request);
    }
    chargeInvocation(cloud, row);
    cloud.limits.giveBack(fn.index, environments.provisioned[row] === 1);
    fn.busy.set(fn.busy.value - 1, kernel.nowMs);
    environments.request[row] = noRequest;
    if (survives) cloud.putIdle(row);
    else cloud.end(row);
    if (shard >= 0) invokers.batchOver(shard);
    else if (request === noRequest) return;
    else if (failure === null) invokers.answered(fn, request);
    else invokers.failed(fn, request, failure);
  }

  private noteFull(fn: RunningFunction, row: number): void {
    const { kernel, environments } = this.cloud;
    for (const leak of fn.leaks) if (leak.row === row) kernel.faultBook.hit(leak.fault, fn.index);
    const detail = { services: fn.name, limitMiB: fn.plan.memoryMiB };
    const subject = `env-${environments.serial[row] as number}`;
    kernel.log.add({ atMs: kernel.nowMs, kind: 'memory-limit-killed', subject, detail });
  }
}

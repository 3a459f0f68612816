import { memoryRoomMiB } from './booking.ts';
import type { Cloud } from './cloud.ts';
import { environmentState } from './environments.ts';
import type { Gateway } from './gateway.ts';
import type { Invocations } from './invocations.ts';
import type { RunningFunction } from './running-function.ts';

/** Moves the ends of what environments work on when something holds them up. */
export class Slowdowns {
  private readonly cloud: Cloud;
  private readonly invocations: Invocations;
  private readonly gateway: Gateway;

  constructor(cloud: Cloud, invocations: Invocations, gateway: Gateway) {
    this.cloud = cloud;
    this.invocations = invocations;
    this.gateway = gateway;
  }

  /** The environment stands still until a moment. What it waits for from others goes on. */
  freeze(row: number, untilMs: number): void {
    const { environments, kernel } = this.cloud;
    const { pausedUntilMs, cpuEndMs, endMs, fullMs, invokedMs, limitedMs, recordMs } = environments;
    const { nowMs } = kernel;
    const moreMs = untilMs - Math.max(nowMs, pausedUntilMs[row] as number);
    if (moreMs <= 0) return;
    pausedUntilMs[row] = untilMs;
    if (environments.state[row] === environmentState.starting) {
      const handle = environments.handle[row] as number;
      kernel.events.move(handle, kernel.events.timeOf(handle) + moreMs);
    }
    if (environments.state[row] !== environmentState.busy) return;
    if (nowMs < (cpuEndMs[row] as number)) {
      if (nowMs < (limitedMs[row] as number)) add(limitedMs, row, moreMs);
      if (nowMs < (invokedMs[row] as number)) {
        add(invokedMs, row, moreMs);
        add(recordMs, row, moreMs);
        add(environments.initPausedMs, row, moreMs);
      } else {
        add(environments.pausedMs, row, moreMs);
        add(environments.cpuPausedMs, row, moreMs);
      }
      add(cpuEndMs, row, moreMs);
      add(endMs, row, moreMs);
      add(fullMs, row, moreMs);
    } else {
      const lateMs = Math.max(0, untilMs - (endMs[row] as number));
      add(environments.pausedMs, row, lateMs);
      add(endMs, row, lateMs);
    }
    this.dueAnew(row);
  }

  /** So many endless loops run in the environments of a function beside its requests. */
  setLoops(fn: RunningFunction, loops: number): void {
    const { environments, kernel } = this.cloud;
    const { cpuEndMs, endMs, recordMs, pausedUntilMs } = environments;
    const { nowMs } = kernel;
    const before = fn.speed;
    fn.setLoops(loops);
    if (fn.speed === before) return;
    for (const row of this.cloud.rowsOf(fn)) {
      if (environments.state[row] !== environmentState.busy) continue;
      const fromMs = Math.max(nowMs, recordMs[row] as number, pausedUntilMs[row] as number);
      const leftMs = (cpuEndMs[row] as number) - fromMs;
      if (leftMs <= 0) continue;
      const moreMs = (leftMs * before) / fn.speed - leftMs;
      add(environments.contentionMs, row, moreMs);
      add(cpuEndMs, row, moreMs);
      add(endMs, row, moreMs);
      this.dueAnew(row);
    }
  }

  /** An environment leaks so much more from now on. */
  leak(row: number, mibPerMs: number): void {
    const { environments, kernel } = this.cloud;
    const { recordMs, leakMiBPerMs, leakedMiB, fullMs } = environments;
    if (environments.state[row] !== environmentState.busy) return;
    // What will be booked from the beginning of its record on is too much by this.
    const aheadMs = Math.max(0, kernel.nowMs - (recordMs[row] as number));
    add(leakedMiB, row, -mibPerMs * aheadMs);
    fullMs[row] = (recordMs[row] as number) + memoryRoomMiB(this.cloud, row) / (leakMiBPerMs[row] as number);
    this.dueAnew(row);
  }

  private dueAnew(row: number): void {
    const dueMs = this.invocations.dueMs(row);
    this.cloud.kernel.events.move(this.cloud.environments.handle[row] as number, dueMs);
    this.gateway.watch(row, dueMs);
  }
}

function add(column: Float64Array, row: number, ms: number): void {
  column[row] = (column[row] as number) + ms;
}

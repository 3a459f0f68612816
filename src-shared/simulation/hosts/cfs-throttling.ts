import { cfsPeriod } from '../catalogue/linux.ts';

export const cfsPeriodMs = cfsPeriod.value;

/**
 * CFS bandwidth control of one control group: in every period of 100 ms its threads may use `quotaMs` of CPU time between
 * them. Once that is used up, all of them stand still until the next period begins (they are throttled).
 *
 * One thread of work w under quota q takes floor((w - 1 ns) / q) whole periods and the rest: (w, q) of (50, 20), (200, 50)
 * and (30, 50) ms take 210, 350 and 30 ms. A group that can run on more cores at once uses its quota up sooner: 4 threads
 * and a quota of 100 ms run for 25 ms and stand still for 75.
 *
 * Source: Turner, Rao and Rao, CPU bandwidth control for CFS, Linux Symposium 2010; Documentation/scheduler/sched-bwc.rst.
 * The kernel lays the periods of a group on a grid of its own; here a period begins when a group that has been idle beyond
 * the end of its last one becomes runnable. The slices of 5 ms in which the kernel hands a quota out are left out.
 */
export class CfsBandwidth {
  /** CPU time of a period, in core-milliseconds. */
  readonly quotaMs: number;
  throttled = false;
  /** Time that runnable threads of the group have stood still for so far. */
  standstillMs = 0;
  /** Periods in which the group was runnable, and those of them in which it was throttled (nr_throttled of cpu.stat). */
  private begunPeriods = 0;
  throttledPeriods = 0;

  private endsMs = -Infinity;
  private leftMs = 0;

  /** @param quotaMs above 0 */
  constructor(quotaMs: number) {
    this.quotaMs = quotaMs;
  }

  /** The group was not runnable and now is. */
  wake(nowMs: number): void {
    if (nowMs >= this.endsMs) this.begin(nowMs);
  }

  /** Lets a time pass in which the group was runnable and used `cores`. It must not lead beyond `dueMs`. */
  pass(fromMs: number, toMs: number, cores: number): void {
    if (this.throttled) {
      this.standstillMs += toMs - fromMs;
      return;
    }
    const begun = this.periodsBegunBy(toMs);
    if (begun === 0) {
      this.leftMs -= cores * (toMs - fromMs);
      return;
    }
    this.begunPeriods += begun;
    const beginsMs = this.endsMs + (begun - 1) * cfsPeriodMs;
    this.endsMs = beginsMs + cfsPeriodMs;
    this.leftMs = this.quotaMs - cores * (toMs - beginsMs);
  }

  /** When the runnable group is throttled if it goes on at so many cores, or when it goes on if it is throttled. */
  dueMs(nowMs: number, cores: number): number {
    if (this.throttled) return this.endsMs;
    if (cores <= 0) return Infinity;
    const usedUpMs = nowMs + Math.max(0, this.leftMs) / cores;
    if (usedUpMs < this.endsMs - tolerance) return usedUpMs;
    return cores * cfsPeriodMs > this.quotaMs + tolerance ? this.endsMs + this.quotaMs / cores : Infinity;
  }

  /** What `dueMs` said has come: throttles the group, or lets it go on. */
  turn(nowMs: number): void {
    if (this.throttled) {
      this.begin(nowMs);
    } else {
      this.throttled = true;
      this.throttledPeriods++;
    }
  }

  /** Periods so far, of a group that is runnable or not since the last change. Changes nothing. */
  periods(nowMs: number, runnable: boolean): number {
    return this.begunPeriods + (runnable && !this.throttled ? this.periodsBegunBy(nowMs) : 0);
  }

  private periodsBegunBy(nowMs: number): number {
    return nowMs < this.endsMs ? 0 : Math.floor((nowMs - this.endsMs) / cfsPeriodMs) + 1;
  }

  private begin(nowMs: number): void {
    this.throttled = false;
    this.begunPeriods++;
    this.leftMs = this.quotaMs;
    this.endsMs = nowMs + cfsPeriodMs;
  }
}

/** A nanosecond: work that is done with the last of a quota is done, whatever rounding says. */
const tolerance = 1e-6;

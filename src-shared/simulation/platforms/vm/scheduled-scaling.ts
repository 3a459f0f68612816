export interface ScheduledSize {
  readonly atSeconds: number;
  readonly instances: number;
}

/**
 * The size of a fleet by the clock: entry after entry of a plan, each of which holds until the next. With a period the plan
 * is gone through anew in each, and the last entry of one period holds until the first of the next.
 *
 * Source: Amazon EC2 Auto Scaling User Guide, "Scheduled scaling".
 *
 * @param plan entries in order of time; with a period all within it
 * @param repeatSeconds length of the period; null for a plan that is gone through once
 * @param turn which change of the run, counted from 0
 * @returns when the change comes, since the start of the run, and the size from then on; null where there is none
 */
export function scheduledChange(
  plan: readonly ScheduledSize[],
  repeatSeconds: number | null,
  turn: number,
): ScheduledSize | null {
  const entry = plan[turn % plan.length];
  const period = Math.floor(turn / plan.length);
  if (entry === undefined || (repeatSeconds === null && period > 0)) return null;
  return {
    atSeconds: period * (repeatSeconds ?? 0) + entry.atSeconds,
    instances: entry.instances,
  };
}

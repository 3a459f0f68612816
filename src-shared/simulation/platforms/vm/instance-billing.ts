import type { CostParts } from '../../costs.ts';

/**
 * What one start of a VM is billed for: whole seconds, and not less than the minimum.
 *
 * billed = max(minimum, ceil(seconds))
 * Source: AWS News Blog, "Per-Second Billing for EC2 Instances and EBS Volumes" (2017): per second, at least 60 s; billed
 * from the state "running" on (EC2 User Guide, instance lifecycle: "pending" is not billed).
 *
 * @param seconds from running to terminated, at least 0
 * @param minimumSeconds the least that is billed
 */
export function billedSeconds(seconds: number, minimumSeconds: number): number {
  return Math.max(minimumSeconds, Math.ceil(seconds));
}

/** The price of so many seconds. 730 h of m5.large at 0.096 USD/h cost 70.08 USD. */
export function priceOf(seconds: number, pricePerHourUsd: number): number {
  return (seconds / 3600) * pricePerHourUsd;
}

/** One VM as the bill sees it. Times in milliseconds since the start of the run. */
export interface BilledInstance {
  readonly pricePerHourUsd: number;
  readonly cores: number;
  /** When it ran first; what it costs counts from here. */
  readonly launchedMs: number;
  /** When it could answer first; null if that has not come. */
  readonly inServiceMs: number | null;
  /** null while it exists. */
  readonly terminatedMs: number | null;
  /** Core-milliseconds that were in use on it in the window. */
  readonly busyCoreMs: number;
}

/**
 * What a VM cost in a window, by what the money went to. Time before it could answer is `starting`; the rest is divided
 * by the share of its cores that worked into `work` and `idle`. What the last second and the minimum add is `minimum`,
 * charged at the moment of termination. A VM that still exists has been billed for the time so far.
 *
 * @param fromMs start of the window
 * @param untilMs end of the window, not before `fromMs`
 */
export function costOfInstance(
  instance: BilledInstance,
  fromMs: number,
  untilMs: number,
  minimumSeconds: number,
): Required<Pick<CostParts, 'work' | 'idle' | 'starting' | 'minimum'>> {
  const { pricePerHourUsd, cores, launchedMs, terminatedMs, busyCoreMs } = instance;
  const endMs = Math.min(untilMs, terminatedMs ?? untilMs);
  const answersMs = Math.min(endMs, instance.inServiceMs ?? endMs);
  const startingMs = Math.max(0, answersMs - Math.max(fromMs, launchedMs));
  const servingMs = Math.max(0, endMs - Math.max(fromMs, launchedMs, answersMs));
  const workingMs = Math.min(servingMs, busyCoreMs / cores);
  const endsInWindow = terminatedMs !== null && terminatedMs > fromMs && terminatedMs <= untilMs;
  const ranSeconds = ((terminatedMs ?? untilMs) - launchedMs) / 1000;
  const addedSeconds = endsInWindow ? billedSeconds(ranSeconds, minimumSeconds) - ranSeconds : 0;
  const usd = (ms: number): number => priceOf(ms / 1000, pricePerHourUsd);
  return {
    work: usd(workingMs),
    idle: usd(servingMs - workingMs),
    starting: usd(startingMs),
    minimum: priceOf(addedSeconds, pricePerHourUsd),
  };
}

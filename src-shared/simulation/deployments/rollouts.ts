import { percentile } from '../engine/percentiles.ts';
import type { Kernel } from '../platform.ts';

/** An answer counts as slow if it took longer than so many of those before the rollout did. */
const slowShare = 0.99;

/**
 * Answers so long after the end of a rollout are held against it too: what is new begins cold, and shows it only when it is
 * asked. A function's alias moves in a moment, and its cold starts come with the requests after that.
 */
const settlingMs = 30_000;

/** Instances of a service that could answer when a rollout began, and the fewest since. */
interface Capacity {
  readonly before: number;
  least: number;
}

interface Rollout {
  readonly service: number;
  /** Of the service, and of those that are restarted with it. */
  readonly capacities: ReadonlyMap<number, Capacity>;
  readonly rollback: boolean;
  readonly startedMs: number;
  finishedMs: number | null;
  failed: boolean;
}

/** What else is to be known of a rollout. */
export interface RolloutTraits {
  /** Whether it takes a version back. */
  readonly rollback?: boolean;
  /** Other services that are restarted with this one, each with its instances that can answer now. */
  readonly alongside?: ReadonlyMap<number, number>;
}

export interface DeployMetrics {
  /** Mean time from the order of a new version to the last instance on it. */
  readonly leadSeconds: number | null;
  /** The same of ways back; null where none has been gone to its end. */
  readonly rollbackSeconds: number | null;
  /** The share of the services that a new version of one service restarts, at worst, 0 to 1. */
  readonly restartedShare: number;
  /** The share of a service's instances that could not answer during a rollout that touched it, at worst, 0 to 1. */
  readonly capacityDip: number;
  /** Requests that failed during a rollout that touched their service. */
  readonly lostRequests: number;
  /** Answers during such a rollout, and shortly after, that took longer than 99 % of their service's answers before. */
  readonly slowRequests: number;
}

/** A stretch of time, in milliseconds. */
interface Stretch {
  readonly fromMs: number;
  untilMs: number;
}

/** Keeps book of how new versions come to be everywhere, and at what price. */
export class Rollouts {
  private readonly kernel: Kernel;
  private readonly rollouts: Rollout[] = [];

  constructor(kernel: Kernel) {
    this.kernel = kernel;
  }

  /**
   * A new version of a service is ordered. Returns the number by which the rollout goes from here on.
   *
   * @param capacity instances of the service that can answer now
   */
  begin(
    service: number,
    capacity: number,
    detail: Readonly<Record<string, string | number>> = {},
    { rollback = false, alongside = new Map() }: RolloutTraits = {},
  ): number {
    const { nowMs, log, services } = this.kernel;
    const capacities = new Map<number, Capacity>();
    for (const [touched, instances] of [...alongside, [service, capacity] as const])
      capacities.set(touched, { before: instances, least: instances });
    this.rollouts.push({ service, capacities, rollback, startedMs: nowMs, finishedMs: null, failed: false });
    log.add({ atMs: nowMs, kind: 'deploy-started', subject: services[service]?.name ?? '', detail });
    return this.rollouts.length - 1;
  }

  /** So many instances of the service can answer now; or of one that is restarted with it. */
  capacity(id: number, instances: number, service = this.rollouts[id]?.service ?? -1): void {
    const rollout = this.rollouts[id];
    const capacity = rollout?.capacities.get(service);
    if (capacity !== undefined && rollout?.finishedMs === null)
      capacity.least = Math.min(capacity.least, instances);
  }

  /** The last instance answers on the new version. */
  finish(id: number): void {
    const { nowMs, log, services } = this.kernel;
    const rollout = this.rollouts[id];
    if (rollout === undefined || rollout.finishedMs !== null) return;
    rollout.finishedMs = nowMs;
    const leadSeconds = (nowMs - rollout.startedMs) / 1000;
    const subject = services[rollout.service]?.name ?? '';
    log.add({ atMs: nowMs, kind: 'deploy-finished', subject, detail: { leadSeconds } });
  }

  /** The rollout was given up for another one; it has no lead time. */
  abandon(id: number): void {
    const rollout = this.rollouts[id];
    if (rollout === undefined || rollout.finishedMs !== null) return;
    rollout.finishedMs = this.kernel.nowMs;
    rollout.failed = true;
  }

  /**
   * @param expectedLeadSeconds what a deployment would take in a run without any
   * @param restartedShare see `DeployMetrics`
   */
  metrics(expectedLeadSeconds: number | null, restartedShare: number): DeployMetrics {
    return {
      leadSeconds: this.rollouts.length === 0 ? expectedLeadSeconds : this.meanSeconds(false),
      rollbackSeconds: this.meanSeconds(true),
      restartedShare,
      capacityDip: this.deepestDip(),
      lostRequests: this.count(0, (service, stretch) => this.lostIn(service, stretch)),
      slowRequests: this.count(settlingMs, (service, stretch) => this.slowIn(service, stretch)),
    };
  }

  private deepestDip(): number {
    let deepest = 0;
    for (const { capacities } of this.rollouts)
      for (const { before, least } of capacities.values())
        if (before > 0) deepest = Math.max(deepest, 1 - least / before);
    return deepest;
  }

  /** From order to end, of the rollouts that came to theirs. */
  private meanSeconds(ofRollbacks: boolean): number | null {
    const lasted = this.rollouts.flatMap(({ rollback, startedMs, finishedMs, failed }) =>
      rollback !== ofRollbacks || finishedMs === null || failed ? [] : [(finishedMs - startedMs) / 1000],
    );
    return lasted.length === 0 ? null : lasted.reduce((sum, seconds) => sum + seconds, 0) / lasted.length;
  }

  /** Adds up over all stretches of time in which some rollout touched a service, or had done so shortly before. */
  private count(afterMs: number, of: (service: number, stretch: Stretch) => number): number {
    let sum = 0;
    this.kernel.services.forEach((_, service) => {
      for (const stretch of this.stretches(service, afterMs)) sum += of(service, stretch);
    });
    return sum;
  }

  /** In order of time, and without overlaps: a request counts once however many rollouts it meets. */
  private stretches(service: number, afterMs: number): Stretch[] {
    const stretches: Stretch[] = [];
    for (const { capacities, startedMs, finishedMs } of this.rollouts) {
      if (!capacities.has(service)) continue;
      const untilMs = finishedMs === null ? this.kernel.nowMs : finishedMs + afterMs;
      const last = stretches.at(-1);
      if (last !== undefined && startedMs <= last.untilMs) last.untilMs = Math.max(last.untilMs, untilMs);
      else stretches.push({ fromMs: startedMs, untilMs });
    }
    return stretches;
  }

  private lostIn(service: number, { fromMs, untilMs }: Stretch): number {
    return this.kernel.outcomes.errorsBetween(service, fromMs, untilMs);
  }

  private slowIn(service: number, { fromMs, untilMs }: Stretch): number {
    const { outcomes } = this.kernel;
    const bar = percentile(outcomes.latenciesBetween(service, 0, fromMs), slowShare);
    if (bar === null) return 0;
    const during = outcomes.latenciesBetween(service, fromMs, untilMs);
    return during.reduce((slow, latencyMs) => (latencyMs > bar ? slow + 1 : slow), 0);
  }
}

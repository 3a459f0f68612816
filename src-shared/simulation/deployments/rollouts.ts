import { percentile } from '../engine/percentiles.ts';
import type { Kernel } from '../platform.ts';

/** An answer counts as slow if it took longer than so many of those before the rollout did. */
const slowShare = 0.99;

interface Rollout {
  readonly service: number;
  readonly startedMs: number;
  /** Instances that could answer when it began, and the fewest since. */
  readonly capacityBefore: number;
  leastCapacity: number;
  finishedMs: number | null;
  failed: boolean;
}

export interface DeployMetrics {
  /** Mean time from the order to the last instance on the new version. */
  readonly leadSeconds: number | null;
  /** The share of the services that a new version of one service restarts, at worst, 0 to 1. */
  readonly restartedShare: number;
  /** The share of a service's instances that could not answer while it was rolled out, at worst, 0 to 1. */
  readonly capacityDip: number;
  /** Requests of the services that failed while they were rolled out. */
  readonly lostRequests: number;
  /** Answers while a service was rolled out that took longer than 99 % of its answers before. */
  readonly slowRequests: number;
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
  begin(service: number, capacity: number, detail: Readonly<Record<string, string | number>> = {}): number {
    const { nowMs, log, services } = this.kernel;
    this.rollouts.push({
      service,
      startedMs: nowMs,
      capacityBefore: capacity,
      leastCapacity: capacity,
      finishedMs: null,
      failed: false,
    });
    log.add({ atMs: nowMs, kind: 'deploy-started', subject: services[service]?.name ?? '', detail });
    return this.rollouts.length - 1;
  }

  /** So many instances of the service can answer now. */
  capacity(id: number, instances: number): void {
    const rollout = this.rollouts[id];
    if (rollout !== undefined && rollout.finishedMs === null)
      rollout.leastCapacity = Math.min(rollout.leastCapacity, instances);
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
    if (this.rollouts.length === 0) {
      return {
        leadSeconds: expectedLeadSeconds,
        restartedShare,
        capacityDip: 0,
        lostRequests: 0,
        slowRequests: 0,
      };
    }
    const leads = this.rollouts.flatMap(({ startedMs, finishedMs, failed }) =>
      finishedMs === null || failed ? [] : [(finishedMs - startedMs) / 1000],
    );
    const dips = this.rollouts.map(({ capacityBefore, leastCapacity }) =>
      capacityBefore > 0 ? 1 - Math.min(leastCapacity, capacityBefore) / capacityBefore : 0,
    );
    return {
      leadSeconds: leads.length === 0 ? null : leads.reduce((sum, lead) => sum + lead, 0) / leads.length,
      restartedShare,
      capacityDip: Math.max(...dips),
      lostRequests: this.count((rollout) => this.lostIn(rollout)),
      slowRequests: this.count((rollout) => this.slowIn(rollout)),
    };
  }

  private count(of: (rollout: Rollout) => number): number {
    return this.rollouts.reduce((sum, rollout) => sum + of(rollout), 0);
  }

  private lostIn({ service, startedMs, finishedMs }: Rollout): number {
    const { outcomes, nowMs } = this.kernel;
    return outcomes.errorsBetween(service, startedMs, finishedMs ?? nowMs);
  }

  private slowIn({ service, startedMs, finishedMs }: Rollout): number {
    const { outcomes, nowMs } = this.kernel;
    const before = outcomes.latenciesBetween(service, 0, startedMs).sort();
    const bar = percentile(before, slowShare);
    if (bar === null) return 0;
    const during = outcomes.latenciesBetween(service, startedMs, finishedMs ?? nowMs);
    return during.reduce((slow, latencyMs) => (latencyMs > bar ? slow + 1 : slow), 0);
  }
}

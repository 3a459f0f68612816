import type { Estate } from '../../hosts/estate.ts';
import {
  busyShare,
  crashRadius,
  estateSeries,
  memoryShare,
  serviceUsage,
} from '../../hosts/estate-metrics.ts';
import { commonMetrics, type MetricTree } from '../../metrics.ts';
import type { Kernel, PlatformSeries } from '../../platform.ts';
import { nodesNeeded } from './bin-packing.ts';
import type { Cluster } from './cluster.ts';
import type { ContainerPlatform } from './container-parameters.ts';
import { rollingWaves } from './lead-time.ts';
import type { PodSpec } from './pod-spec.ts';
import { rollingLimits } from './rolling-limits.ts';

/** What a run on a cluster has come to, after the warm-up. */
export class ClusterMeter {
  private readonly kernel: Kernel;
  private readonly platform: ContainerPlatform;
  private readonly estate: Estate;
  private readonly cluster: Cluster;
  private readonly specs: readonly PodSpec[];
  private quotaBefore = { periods: 0, throttled: 0 };

  constructor(
    kernel: Kernel,
    platform: ContainerPlatform,
    estate: Estate,
    cluster: Cluster,
    specs: readonly PodSpec[],
  ) {
    this.kernel = kernel;
    this.platform = platform;
    this.estate = estate;
    this.cluster = cluster;
    this.specs = specs;
  }

  openWindow(): void {
    this.cluster.nodes.openWindow();
    this.cluster.pending.level.startWindow(this.kernel.nowMs);
    this.quotaBefore = this.quotaPeriods();
  }

  metrics(): MetricTree {
    const { kernel, estate, cluster } = this;
    const { nowMs } = kernel;
    const { nodes } = cluster;
    const requests = cluster.podsOf.flat().map(({ service }) => (this.specs[service] as PodSpec).requests);
    return {
      ...commonMetrics(kernel, {
        utilisation: busyShare(estate),
        memoryUtilisation: memoryShare(estate),
        meanWaiting: estate.waiting.mean(nowMs),
        instances: estate.ready,
        costParts: nodes.costParts(),
        deploy: kernel.rollouts.metrics(this.expectedLeadSeconds(), 1 / kernel.services.length),
        blastRadius: kernel.faultBook.blastRadius(crashRadius(estate)),
        services: serviceUsage(estate),
      }),
      nodes: {
        used: nodes.used.value,
        mean: nodes.paid.mean(nowMs),
        max: nodes.paid.maximum,
        needed: nodesNeeded(requests, nodes.allocatable, this.platform.podsPerNode),
      },
      pods: { running: estate.ready.mean(nowMs), pending: cluster.pending.level.mean(nowMs) },
      throttledShare: this.throttledShare(),
      imagePulls: cluster.pulls.count,
      oomKills: estate.oomKills,
      restarts: estate.restarts,
    };
  }

  /** The node of every pod that has one. */
  placement(): Record<string, string> {
    const placed = this.cluster.podsOf.flatMap((pods) =>
      pods.flatMap(({ id, node }) => (node === null ? [] : [[id, node.id] as const])),
    );
    return Object.fromEntries(placed);
  }

  series(): PlatformSeries {
    return estateSeries(this.estate);
  }

  /** Of the periods in which a pod with a CPU limit could run, those in which it was held back. */
  private throttledShare(): number {
    const { periods, throttled } = this.quotaPeriods();
    const there = periods - this.quotaBefore.periods;
    // A period may have begun before the end of the warm-up and its quota have run out only after it.
    return there > 0 ? Math.min(1, (throttled - this.quotaBefore.throttled) / there) : 0;
  }

  private quotaPeriods(): { periods: number; throttled: number } {
    const { everyHost, past } = this.estate;
    const sum = { periods: past.periods, throttled: past.throttledPeriods };
    for (const { pool } of everyHost) {
      const { periods, throttled } = pool.quotaPeriods();
      sum.periods += periods;
      sum.throttled += throttled;
    }
    return sum;
  }

  /** What a new version of the slowest service would take where there is room, and nothing to drain. */
  private expectedLeadSeconds(): number {
    const { deployOrder, maxSurgePercent, maxUnavailablePercent, pullMiBPerSecond } = this.platform;
    const leads = this.specs.map(({ replicas, ownImageMiB, plan }) => {
      const limits = rollingLimits(replicas, maxSurgePercent, maxUnavailablePercent);
      const waves = deployOrder === 'rolling' ? rollingWaves(replicas, limits) : Math.min(1, replicas);
      const startSeconds = plan.startSeconds ?? 0;
      // Where a node gets a second pod of the service, the image is there already.
      return replicas === 0 ? 0 : waves * startSeconds + ownImageMiB / pullMiBPerSecond;
    });
    return Math.max(...leads);
  }
}

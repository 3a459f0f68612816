import { Level } from '../../engine/level.ts';
import { mean, percentile } from '../../engine/percentiles.ts';
import type { CostParts } from '../../costs.ts';
import { commonMetrics, type MetricTree } from '../../metrics.ts';
import type {
  Kernel,
  PlatformDefinition,
  PlatformInput,
  PlatformSeries,
  Problem,
  RunningPlatform,
} from '../../platform.ts';
import type { TopologySnapshot } from '../../topology.ts';
import { type QueuePlatform, queueSchema } from './queue-parameters.ts';
import { FcfsStation, SharingStation, type Station } from './station.ts';

/** The textbook station: one line, c servers. */
export const queuePlatform: PlatformDefinition<QueuePlatform> = {
  kind: 'queue',
  schema: queueSchema,
  check({ faults, deployments, services }) {
    const problems: Problem[] = [];
    faults.forEach(({ kind }, i) => {
      if (kind !== 'retry-storm') {
        problems.push({ path: `faults[${i}].kind`, message: `the platform "queue" knows no ${kind}` });
      }
    });
    if (deployments.length > 0) {
      problems.push({ path: 'deployments', message: 'the platform "queue" knows no deployments' });
    }
    for (const service of services) {
      if (service.ioMs === undefined) continue;
      const path = `workload.services[${service.fileIndex}].ioMs`;
      problems.push({ path, message: 'the platform "queue" knows no waiting for others, only work' });
    }
    return problems;
  },
  start: (input, kernel) => new RunningQueue(input, kernel),
};

/** Of many servers the first so many are shown. */
const shownServers = 64;

class RunningQueue implements RunningPlatform {
  private readonly kernel: Kernel;
  private readonly servers: number;
  private readonly pricePerHourUsd: number;
  private readonly capacity: number;
  private readonly station: Station;
  private readonly inSystem: Level;
  private readonly busy: Level;
  private readonly available: Level;
  private accepted = 0;
  private waited = 0;

  constructor({ platform }: PlatformInput<QueuePlatform>, kernel: Kernel) {
    this.kernel = kernel;
    this.servers = platform.servers;
    this.pricePerHourUsd = platform.servers * platform.pricePerServerHourUsd;
    this.available = new Level(kernel.buckets, platform.servers);
    this.capacity = platform.capacity ?? Infinity;
    this.station =
      platform.discipline === 'fcfs'
        ? new FcfsStation(kernel, platform.servers)
        : new SharingStation(kernel, platform.servers);
    this.inSystem = new Level(kernel.buckets);
    this.busy = new Level(kernel.buckets);
  }

  arrive(request: number): void {
    const { kernel, station } = this;
    if (station.count >= this.capacity) {
      kernel.fail(request, 'lost');
      return;
    }
    const waits = station.enter(request);
    if (kernel.requests.measured[request] === 1) {
      this.accepted++;
      if (waits) this.waited++;
    }
    this.updateLevels();
  }

  handle(_kind: number, subject: number): void {
    const request = this.station.leave(subject);
    this.station.book(request);
    this.kernel.serve(request);
    this.updateLevels();
  }

  private updateLevels(): void {
    this.inSystem.set(this.station.count, this.kernel.nowMs);
    this.busy.set(this.station.busy, this.kernel.nowMs);
  }

  openWindow(): void {
    this.inSystem.startWindow(this.kernel.nowMs);
    this.busy.startWindow(this.kernel.nowMs);
    this.available.startWindow(this.kernel.nowMs);
  }

  metrics(): MetricTree {
    const { kernel } = this;
    const { outcomes, nowMs } = kernel;
    const waits = outcomes.partTimes(this.station.waitsAs);
    const { arrived, errors } = outcomes.tally();
    const inSystem = this.inSystem.mean(nowMs);
    const busy = this.busy.mean(nowMs);
    return {
      ...commonMetrics(kernel, {
        utilisation: busy / this.servers,
        memoryUtilisation: null,
        meanWaiting: Math.max(0, inSystem - busy),
        instances: this.available,
        costParts: this.costParts(),
        deploy: kernel.rollouts.metrics(null, 1),
        // All services share the one station.
        blastRadius: kernel.faultBook.blastRadius(1),
      }),
      waitMs: { mean: mean(waits), p95: percentile(waits, 0.95) },
      waitProbability: this.accepted > 0 ? this.waited / this.accepted : null,
      lossProbability: arrived > 0 ? errors.lost / arrived : null,
      meanInSystem: inSystem,
    };
  }

  costParts(): CostParts {
    const { nowMs, windowStartMs } = this.kernel;
    const usd = (this.pricePerHourUsd * (nowMs - windowStartMs)) / 3_600_000;
    const work = usd * (this.busy.mean(nowMs) / this.servers);
    return { work, idle: usd - work };
  }

  series(): PlatformSeries {
    const { nowMs } = this.kernel;
    const busy = this.busy.series(nowMs);
    const utilisation = busy.map((servers) => servers / this.servers);
    return {
      utilisation,
      waiting: this.inSystem.series(nowMs).map((count, i) => Math.max(0, count - (busy[i] ?? 0))),
      instances: this.available.series(nowMs),
      hosts: [{ id: 'station', cpuUtilisation: utilisation, memoryUsedMiB: null }],
    };
  }

  snapshot(): TopologySnapshot {
    const { nowMs, outcomes } = this.kernel;
    const { busy, count } = this.station;
    return {
      atMs: nowMs,
      waiting: count - busy,
      hosts: [
        {
          id: 'station',
          state: 'up',
          cores: this.servers,
          busyCores: busy,
          cpuUtilisation: this.busy.recentMean(nowMs) / this.servers,
          memoryMiB: null,
          memoryUsedMiB: null,
          osMiB: 0,
          groups: Array.from({ length: Math.min(this.servers, shownServers) }, (_, i) => ({
            id: `server-${i + 1}`,
            kind: 'process',
            state: 'running',
            memoryMiB: 0,
            reservedMiB: 0,
            memoryLimitMiB: null,
            leakedMiB: 0,
            cpuCores: i < busy ? 1 : 0,
            cpuLimitCores: null,
            throttled: false,
            processes: 1,
            processesRunning: 1,
            instances: [
              {
                id: `server-${i + 1}`,
                service: null,
                state: 'running',
                busy: i < busy ? 1 : 0,
                waiting: 0,
                cpuCores: i < busy ? 1 : 0,
                memoryMiB: null,
                // Whoever is free takes the next: they cannot be told apart.
                taken: 0,
                version: null,
                defective: false,
              },
            ],
          })),
        },
      ],
      counters: { ...outcomes.counters },
    };
  }
}

import type { FaultOccurrence } from '../../faults/fault-schema.ts';
import { checkEstate } from '../../hosts/check-estate.ts';
import { FixedEstate, type FixedEstatePlan } from '../../hosts/fixed-estate.ts';
import type { PlatformDefinition } from '../../platform.ts';
import type { Service } from '../../workload/service.ts';
import { type MonolithPlatform, monolithSchema } from './monolith-parameters.ts';

/**
 * N servers with M instances of one application each. The services of the workload are its modules: every instance
 * carries all of them, and a new version of one replaces everything.
 */
export const monolithPlatform: PlatformDefinition<MonolithPlatform> = {
  kind: 'monolith',
  schema: monolithSchema,
  check: (scenario) => checkEstate(monolithPlan(scenario), scenario),
  start: (input, kernel) => new FixedEstate(kernel, monolithPlan(input), input),
};

interface Input {
  readonly platform: MonolithPlatform;
  readonly services: readonly Service[];
  readonly faults: readonly Pick<FaultOccurrence, 'kind'>[];
}

function monolithPlan({ platform, services, faults }: Input): FixedEstatePlan {
  const application = {
    services: services.map((_, i) => i),
    processes: 1,
    weight: null,
    cpuLimitCores: null,
    memoryLimitMiB: null,
  };
  const groups = Array.from({ length: platform.instancesPerServer }, () => application);
  return {
    hosts: Array.from({ length: platform.servers }, (_, i) => ({
      host: {
        cores: platform.coresPerServer,
        memoryMiB: platform.memoryMiBPerServer,
        osMemoryMiB: platform.osMemoryMiB,
        zone: i % platform.zones,
      },
      groups,
    })),
    pricePerHostHourUsd: platform.pricePerServerHourUsd,
    policy: {
      runtimeOverheadMiB: platform.runtimeOverheadMiB,
      threadsPerProcess: platform.threadsPerProcess,
      coresPerProcess: Infinity,
      balancer: platform.balancer,
      balanced: 'all-services',
      restartDelaySeconds: platform.restartDelaySeconds,
      networkMs: platform.networkMs,
      weighted: false,
      classPerProcess: faults.some(({ kind }) => kind === 'pause'),
    },
    deploy: {
      copyMiBPerSecond: platform.copyMiBPerSecond,
      drainSeconds: platform.drainSeconds,
      order: platform.deployOrder,
      scope: 'everything',
      hot: false,
    },
  };
}

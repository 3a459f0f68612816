import { checkEstate } from '../../hosts/check-estate.ts';
import type { EstatePlan } from '../../hosts/plan.ts';
import { RunningEstate } from '../../hosts/running-estate.ts';
import type { PlatformDefinition, PlatformInput } from '../../platform.ts';
import { type MonolithPlatform, monolithSchema } from './monolith-parameters.ts';

/**
 * N servers with M instances of one application each. The services of the workload are its modules: every instance
 * carries all of them, and a new version of one replaces everything.
 */
export const monolithPlatform: PlatformDefinition<MonolithPlatform> = {
  kind: 'monolith',
  schema: monolithSchema,
  check: (input) => checkEstate(monolithPlan(input), input),
  start: (input, kernel) => new RunningEstate(kernel, monolithPlan(input), input),
};

function monolithPlan({ platform, services }: PlatformInput<MonolithPlatform>): EstatePlan {
  const modules = services.map((_, i) => i);
  const application = {
    services: modules,
    processes: 1,
    weight: null,
    cpuLimitCores: null,
    memoryLimitMiB: null,
  };
  const server = { groups: Array.from({ length: platform.instancesPerServer }, () => application) };
  return {
    hosts: Array.from({ length: platform.servers }, () => server),
    coresPerHost: platform.coresPerServer,
    memoryMiBPerHost: platform.memoryMiBPerServer,
    osMemoryMiB: platform.osMemoryMiB,
    pricePerHostHourUsd: platform.pricePerServerHourUsd,
    runtimeOverheadMiB: platform.runtimeOverheadMiB,
    threadsPerProcess: platform.threadsPerProcess,
    coresPerProcess: Infinity,
    balancer: platform.balancer,
    balanced: 'all-services',
    copyMiBPerSecond: platform.copyMiBPerSecond,
    drainSeconds: platform.drainSeconds,
    restartDelaySeconds: platform.restartDelaySeconds,
    deployOrder: platform.deployOrder,
    deployScope: 'everything',
    hotDeploy: false,
    weighted: false,
  };
}

import type { FaultOccurrence } from '../../faults/fault-schema.ts';
import type { FixedEstatePlan } from '../../hosts/fixed-estate.ts';
import type { GroupPlan } from '../../hosts/plan.ts';
import type { Service } from '../../workload/service.ts';
import { settingsOf } from '../service-settings.ts';
import type { SharedHostPlatform } from './shared-host-parameters.ts';

interface Input {
  readonly platform: SharedHostPlatform;
  readonly services: readonly Service[];
  readonly faults: readonly Pick<FaultOccurrence, 'kind'>[];
}

/**
 * Places the instances: instance j of service i goes to host (i + j) mod hosts, so that instances of one service are on
 * different hosts as far as there are any; on each host they are put into groups in that order.
 */
export function sharedHostPlan({ platform, services, faults }: Input): FixedEstatePlan {
  const placed: number[][] = Array.from({ length: platform.hosts }, () => []);
  services.forEach((service, i) => {
    const count = settingsOf(platform, service).instances ?? platform.instancesPerService;
    for (let j = 0; j < count; j++) placed[(i + j) % platform.hosts]?.push(i);
  });
  const settings = Object.values(platform.services);
  const weighted = settings.some(({ weight }) => weight !== undefined);
  const limited = settings.some(({ cpuLimitCores }) => cpuLimitCores !== undefined);
  return {
    hosts: placed.map((onHost, i) => ({
      host: {
        cores: platform.coresPerHost,
        memoryMiB: platform.memoryMiBPerHost,
        osMemoryMiB: platform.osMemoryMiB,
        zone: i % platform.zones,
      },
      groups: chunks(onHost, platform.instancesPerGroup).map((members) =>
        groupPlan(platform, services, members),
      ),
    })),
    pricePerHostHourUsd: platform.pricePerHostHourUsd,
    policy: {
      runtimeOverheadMiB: platform.runtimeOverheadMiB,
      threadsPerProcess: platform.threadsPerProcess,
      coresPerProcess: platform.coresPerProcess === 0 ? Infinity : platform.coresPerProcess,
      balancer: platform.balancer,
      balanced: 'each-service',
      restartDelaySeconds: platform.restartDelaySeconds,
      networkMs: platform.networkMs,
      weighted,
      classPerProcess:
        weighted || limited || platform.coresPerProcess > 0 || faults.some(({ kind }) => kind === 'pause'),
    },
    deploy: {
      copyMiBPerSecond: platform.copyMiBPerSecond,
      drainSeconds: platform.drainSeconds,
      order: platform.deployOrder,
      scope: 'service',
      hot: platform.hotDeploy,
    },
  };
}

/** Limits and weights are of processes: an instance that shares one with others has none of its own. */
function groupPlan(
  platform: SharedHostPlatform,
  services: readonly Service[],
  members: readonly number[],
): GroupPlan {
  const [only] = members;
  const service = members.length === 1 && only !== undefined ? services[only] : undefined;
  const settings = service === undefined ? {} : settingsOf(platform, service);
  return {
    services: members,
    processes: platform.processesPerInstance,
    weight: settings.weight ?? null,
    cpuLimitCores: settings.cpuLimitCores ?? null,
    memoryLimitMiB: settings.memoryLimitMiB ?? null,
  };
}

function chunks(items: readonly number[], size: number): number[][] {
  if (items.length === 0) return [];
  if (size === 0) return [[...items]];
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}

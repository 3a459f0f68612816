import { maxProcesses } from '../../hosts/host-fields.ts';
import type { PlatformDefinition, PlatformScenario, Problem } from '../../platform.ts';
import { type ContainerPlatform, containerSchema } from './container-parameters.ts';
import type { ServiceSettings } from './pod-parameters.ts';
import { podSettings, podSpec } from './pod-spec.ts';
import { RunningContainer } from './running-container.ts';

type Scenario = PlatformScenario<ContainerPlatform>;

/** One service instance per container: pods on a cluster of nodes, as Kubernetes runs them. */
export const containerPlatform: PlatformDefinition<ContainerPlatform> = {
  kind: 'container',
  schema: containerSchema,
  check: (scenario) => [
    ...unknownServices(scenario),
    ...settingProblems(scenario),
    ...faultProblems(scenario),
    ...sizeProblems(scenario),
  ],
  start: (input, kernel) => new RunningContainer(input, kernel),
};

function unknownServices({ platform, services }: Scenario): Problem[] {
  const names = new Set(services.flatMap(({ name, family }) => [name, family]));
  return Object.keys(platform.services)
    .filter((name) => !names.has(name))
    .map((name) => ({
      path: `platform.services.${name}`,
      message: 'no service of the workload has this name',
    }));
}

/** A limit below its request is refused by Kubernetes, and use cannot be measured against a request of nothing. */
function settingProblems({ platform }: Scenario): Problem[] {
  const problems: Problem[] = [];
  const settings: [string, ServiceSettings][] = [
    ['platform.pods', {}],
    ...Object.entries(platform.services).map(([name, own]): [string, ServiceSettings] => [
      `platform.services.${name}`,
      own,
    ]),
  ];
  for (const [path, own] of settings) {
    const { cpuRequest, cpuLimit, memoryRequestMiB, memoryLimitMiB } = podSettings(platform, own);
    if (cpuLimit > 0 && cpuLimit < cpuRequest) {
      problems.push({ path: `${path}.cpuLimit`, message: 'expected 0 or at least the CPU request' });
    }
    if (memoryLimitMiB > 0 && memoryLimitMiB < memoryRequestMiB) {
      problems.push({ path: `${path}.memoryLimitMiB`, message: 'expected 0 or at least the memory request' });
    }
    const isScaled = (own.hpa ?? platform.hpa)?.enabled === true;
    if (isScaled && Math.round(cpuRequest * 1000) === 0) {
      const message = 'expected more than 0: the autoscaler measures use against it';
      problems.push({ path: `${path}.cpuRequest`, message });
    }
  }
  return problems;
}

function faultProblems({ platform, faults }: Scenario): Problem[] {
  const most = platform.nodeAutoscaler?.enabled === true ? platform.nodeAutoscaler.maxNodes : 0;
  const nodes = Math.max(platform.nodes, most);
  return faults.flatMap((fault, i): Problem[] => {
    if (fault.kind === 'host-loss' && typeof fault.host === 'number' && fault.host > nodes)
      return [{ path: `faults[${i}].host`, message: `there are only ${nodes} nodes` }];
    if (fault.kind === 'zone-loss' && typeof fault.zone === 'number' && fault.zone > platform.zones)
      return [{ path: `faults[${i}].zone`, message: `there are only ${platform.zones} zones` }];
    return [];
  });
}

function sizeProblems({ platform, services }: Scenario): Problem[] {
  const pods = services.reduce((sum, service, i) => {
    const { replicas, hpa } = podSpec(platform, service, i);
    return sum + Math.max(replicas, hpa?.maxReplicas ?? 0);
  }, 0);
  if (pods <= maxProcesses) return [];
  const message = `may make ${pods} pods; expected at most ${maxProcesses}`;
  return [{ path: 'platform.pods.replicas', message }];
}

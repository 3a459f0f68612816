import { checkEstate } from '../../hosts/check-estate.ts';
import { FixedEstate } from '../../hosts/fixed-estate.ts';
import type { Kernel, PlatformDefinition, PlatformInput, PlatformScenario, Problem } from '../../platform.ts';
import { settingsName, settingsOf, unknownServices } from '../service-settings.ts';
import { sharedHostPlan } from './layout.ts';
import { type SharedHostPlatform, sharedHostSchema } from './shared-host-parameters.ts';

/** Several service instances per host: hosts as pets, many services on each, on ports of their own. */
export const sharedHostPlatform: PlatformDefinition<SharedHostPlatform> = {
  kind: 'shared-host',
  schema: sharedHostSchema,
  check: (input) => [
    ...unknownServices(input.platform, input.services),
    ...checkEstate(sharedHostPlan(input), input),
    ...portClashes(input),
  ],
  start(input, kernel) {
    noteUnenforced(input, kernel);
    return new FixedEstate(kernel, sharedHostPlan(input), input);
  },
};

/** Two groups of a host cannot listen on one port. Instances in one group share its port under different paths. */
function portClashes(scenario: PlatformScenario<SharedHostPlatform>): Problem[] {
  const { platform, services } = scenario;
  const problems = new Map<string, Problem>();
  for (const host of sharedHostPlan(scenario).hosts) {
    const holders = new Map<number, { readonly group: number; readonly name: string }>();
    host.groups.forEach((group, groupIndex) => {
      for (const index of group.services) {
        const service = services[index];
        const port = service && settingsOf(platform, service).port;
        if (service === undefined || port === undefined) continue;
        const holder = holders.get(port);
        if (holder === undefined) holders.set(port, { group: groupIndex, name: service.name });
        else if (holder.group !== groupIndex) {
          const path = `platform.services.${settingsName(platform, service)}.port`;
          const message = `port ${port} is taken on the same host by an instance of "${holder.name}"`;
          problems.set(path, { path, message });
        }
      }
    });
  }
  return [...problems.values()];
}

/** Nothing inside one process can be limited. That is no mistake of the file, but worth a note. */
function noteUnenforced({ platform, services }: PlatformInput<SharedHostPlatform>, kernel: Kernel): void {
  if (platform.instancesPerGroup === 1) return;
  for (const service of services) {
    const { weight, cpuLimitCores, memoryLimitMiB } = settingsOf(platform, service);
    if (weight === undefined && cpuLimitCores === undefined && memoryLimitMiB === undefined) continue;
    kernel.log.add({ atMs: kernel.nowMs, kind: 'limit-not-enforced', subject: service.name, detail: {} });
  }
}

import { maxProcesses } from '../../hosts/host-fields.ts';
import type { PlatformDefinition, PlatformScenario, Problem } from '../../platform.ts';
import { settingsName, settingsOf, unknownServices } from '../service-settings.ts';
import { fleetSettings } from './fleet-settings.ts';
import { RunningVm } from './running-vm.ts';
import { type VmPlatform, vmSchema } from './vm-parameters.ts';

/** One service instance per VM: an image for each version, a fleet of VMs for each service, scaled by itself. */
export const vmPlatform: PlatformDefinition<VmPlatform> = {
  kind: 'vm',
  schema: vmSchema,
  check: (scenario) => [
    ...unknownServices(scenario.platform, scenario.services),
    ...fleetProblems(scenario),
    ...faultProblems(scenario),
  ],
  start: (input, kernel) => new RunningVm(input, kernel),
};

function fleetProblems({ platform, services }: PlatformScenario<VmPlatform>): Problem[] {
  const problems = new Map<string, Problem>();
  let most = 0;
  for (const service of services) {
    const own = settingsOf(platform, service);
    const { instances, min, max, warmPool } = fleetSettings(platform, service);
    most += max + warmPool;
    if (instances >= min && instances <= max) continue;
    const isOwn = own.instances !== undefined || own.scaling !== undefined;
    const path = isOwn
      ? `platform.services.${settingsName(platform, service)}.instances`
      : 'platform.instances';
    problems.set(path, { path, message: `expected within "min" ${min} and "max" ${max}` });
  }
  if (most > maxProcesses) {
    const message = `can make ${most} VMs; expected at most ${maxProcesses}`;
    problems.set('platform', { path: 'platform', message });
  }
  return [...problems.values()];
}

function faultProblems({ platform, faults }: PlatformScenario<VmPlatform>): Problem[] {
  return faults.flatMap((fault, i) =>
    fault.kind === 'zone-loss' && typeof fault.zone === 'number' && fault.zone > platform.zones
      ? [{ path: `faults[${i}].zone`, message: `there are only ${platform.zones} zones` }]
      : [],
  );
}

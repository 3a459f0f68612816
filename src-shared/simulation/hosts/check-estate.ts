import type { Fault } from '../faults/fault-schema.ts';
import type { Problem } from '../platform.ts';
import type { Service } from '../workload/service.ts';
import type { FixedEstatePlan } from './fixed-estate.ts';
import { maxProcesses } from './host-fields.ts';

/** What can be wrong with a scenario on a fixed set of hosts. */
export function checkEstate(
  plan: FixedEstatePlan,
  scenario: { readonly services: readonly Service[]; readonly faults: readonly Fault[] },
): Problem[] {
  const problems: Problem[] = [];
  const groups = plan.hosts.flatMap((host) => host.groups);
  const processes = groups.reduce((sum, group) => sum + group.processes, 0);
  if (processes > maxProcesses) {
    const message = `makes ${processes} processes; expected at most ${maxProcesses}`;
    problems.push({ path: 'platform', message });
  }
  const instancesOf = (name: string): number => {
    const service = scenario.services.findIndex((candidate) => candidate.name === name);
    return groups.flatMap((group) => group.services).filter((index) => index === service).length;
  };
  const zones = new Set(plan.hosts.map(({ host }) => host.zone)).size;
  scenario.faults.forEach((fault, i) => {
    if (fault.kind === 'host-loss' && typeof fault.host === 'number' && fault.host > plan.hosts.length) {
      const message = `there are only ${plan.hosts.length} hosts`;
      problems.push({ path: `faults[${i}].host`, message });
    }
    if (fault.kind === 'zone-loss' && typeof fault.zone === 'number' && fault.zone > zones) {
      problems.push({ path: `faults[${i}].zone`, message: `there are only ${zones} zones` });
    }
    if ('instance' in fault && typeof fault.instance === 'number') {
      const count = instancesOf(fault.service);
      if (fault.instance > count) {
        const message = `"${fault.service}" has only ${count} instances`;
        problems.push({ path: `faults[${i}].instance`, message });
      }
    }
  });
  return problems;
}

import type { PlatformInput, Problem } from '../platform.ts';
import { maxProcesses } from './host-fields.ts';
import type { EstatePlan } from './plan.ts';

/** What can be wrong with a scenario on any platform of hosts and processes. */
export function checkEstate(
  plan: EstatePlan,
  input: Pick<PlatformInput<unknown>, 'services' | 'faults'>,
): Problem[] {
  const problems: Problem[] = [];
  const processes = plan.hosts.reduce(
    (sum, host) => sum + host.groups.reduce((processesOnHost, group) => processesOnHost + group.processes, 0),
    0,
  );
  if (processes > maxProcesses) {
    problems.push({
      path: 'platform',
      message: `makes ${processes} processes; expected at most ${maxProcesses}`,
    });
  }
  input.faults.forEach((fault, i) => {
    if (fault.kind === 'host-loss') {
      if (fault.host > plan.hosts.length) {
        problems.push({ path: `faults[${i}].host`, message: `there are only ${plan.hosts.length} hosts` });
      }
      return;
    }
    const service = input.services.findIndex(({ name }) => name === fault.service);
    const count = plan.hosts
      .flatMap((host) => host.groups)
      .flatMap((group) => group.services)
      .filter((index) => index === service).length;
    if (fault.instance > count) {
      problems.push({
        path: `faults[${i}].instance`,
        message: `"${fault.service}" has only ${count} instances`,
      });
    }
  });
  return problems;
}

import type { Estate } from './estate.ts';
import { onCpu } from './request-path.ts';

/**
 * Core-milliseconds that every service has used so far: by requests that are done, by those under way, and by endless
 * loops. Reading the meter changes nothing.
 */
export function cpuMsByService(estate: Estate): Float64Array {
  const { kernel, instances, processes } = estate;
  const { requests } = kernel;
  const used = estate.cpuMsBooked.slice();
  const add = (service: number, coreMs: number): void => {
    used[service] = (used[service] as number) + coreMs;
  };
  for (let request = 0; request < requests.rows; request++) {
    const instance = instances[requests.instance[request] as number];
    const process = processes[requests.process[request] as number];
    if (instance === undefined || process === undefined || requests.phase[request] !== onCpu) continue;
    const missingMs = instance.group.host.pool.missing(process.cpuClass, requests.handle[request] as number);
    add(instance.service, (requests.demandMs[request] as number) - missingMs);
  }
  for (const process of processes) {
    if (process.spinning === 0) continue;
    const attained = process.group.host.pool.attainedBy(process.cpuClass) - process.spinningSince;
    add(process.spinningService, attained * process.spinning);
  }
  return used;
}

import { createSimulation, parseSimulationFile, type SimulationFile } from '#shared/simulation/simulate.ts';

const rounds = 5;

/** Events a second of the simulator on one core, each the median of five runs on one seed. */
export function benchSimulation(): Promise<Record<string, number>> {
  return Promise.resolve({
    'simulation.mm1.eventsPerSecond': eventsPerSecond(station(1, 0.8)),
    'simulation.mm4.eventsPerSecond': eventsPerSecond(station(4, 3.2)),
    'simulation.sharedHost12.eventsPerSecond': eventsPerSecond(twelveServices()),
  });
}

/** 200,000 customers of M/M/c at a load of 0.8. */
function station(servers: number, perSecond: number): SimulationFile {
  return fileOf({
    platform: { kind: 'queue', servers },
    workload: {
      services: [
        {
          name: 'main',
          arrivals: { kind: 'poisson', perSecond },
          cpu: { kind: 'exponential', meanMs: 1000 },
        },
      ],
    },
    run: { requests: 200_000, warmupRequests: 20_000, seeds: [1] },
  });
}

/** Two hosts of four cores at a load of about 0.7, every service in a process with a weight of its own. */
function twelveServices(): SimulationFile {
  return fileOf({
    platform: { kind: 'shared-host', hosts: 2, services: { shop: { weight: 1024 } } },
    workload: {
      services: [
        {
          name: 'shop',
          count: 12,
          arrivals: { kind: 'poisson', perSecond: 47 },
          cpu: { kind: 'exponential', meanMs: 10 },
          ioMs: { kind: 'exponential', meanMs: 20 },
        },
      ],
    },
    run: { requests: 100_000, warmupRequests: 10_000, seeds: [1] },
  });
}

function fileOf(value: unknown): SimulationFile {
  const parsed = parseSimulationFile(value);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.file;
}

function eventsPerSecond(file: SimulationFile): number {
  const speeds = Array.from({ length: rounds }, () => {
    const startedMs = performance.now();
    const simulation = createSimulation(file, 1);
    simulation.advance();
    simulation.result();
    return simulation.eventCount / ((performance.now() - startedMs) / 1000);
  });
  return Math.round(speeds.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0);
}

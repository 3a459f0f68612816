import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createSimulation, parseSimulationFile, type SimulationFile } from '#shared/simulation/simulate.ts';
import { simjsStation } from './peers/simjs.ts';
import { percentile, rounded } from './statistics.ts';

const rounds = 5;
const customers = 200_000;

/**
 * Events a second of the simulator on one core, results included, each the median of five runs on one seed; beside simjs and,
 * where Python has it, SimPy 2 on the same stations, as ratios of the time for the same customers in one go of the benchmark;
 * and how long a learner waits for a minute of 1,000 requests a second.
 */
export function benchSimulation(): Promise<Record<string, number>> {
  const metrics: Record<string, number> = {};
  for (const [name, servers] of Object.entries({ mm1: 1, mm4: 4 })) {
    const rate = 0.8 * servers;
    const ours = measure(station(servers, rate));
    metrics[`simulation.${name}.eventsPerSecond`] = ours.eventsPerSecond;
    metrics[`simulation.${name}.vsSimjs`] = rounded(simjsSeconds(servers, rate) / ours.seconds);
    const simpy = simpySeconds(servers, rate);
    if (simpy !== null) metrics[`simulation.${name}.vsSimpy`] = rounded(simpy / ours.seconds);
  }
  const others: Readonly<Record<string, SimulationFile>> = {
    mm100: station(100, 80),
    sharedHost12: twelveServices(),
    container200: twoHundredPods(),
    serverless1000: thousandEnvironments(),
  };
  for (const [name, file] of Object.entries(others))
    metrics[`simulation.${name}.eventsPerSecond`] = measure(file).eventsPerSecond;
  for (const [name, platform] of Object.entries(minutePlatforms))
    metrics[`simulation.minute.${name}.wallMs`] = Math.round(measure(minute(platform)).seconds * 1000);
  return Promise.resolve(metrics);
}

/** M/M/c with a mean service time of a second. */
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
    run: { requests: customers, warmupRequests: customers / 10, seeds: [1] },
  });
}

const work = { cpu: { kind: 'exponential', meanMs: 10 }, ioMs: { kind: 'exponential', meanMs: 20 } };

/** Two hosts of four cores at a load of about 0.7, every service in a process with a weight of its own. */
function twelveServices(): SimulationFile {
  return fileOf({
    platform: { kind: 'shared-host', hosts: 2, services: { shop: { weight: 1024 } } },
    workload: {
      services: [{ name: 'shop', count: 12, arrivals: { kind: 'poisson', perSecond: 47 }, ...work }],
    },
    run: { requests: 100_000, warmupRequests: 10_000, seeds: [1] },
  });
}

/** 20 services with 10 pods each on 20 nodes of four cores, at a load of about a half. */
function twoHundredPods(): SimulationFile {
  return fileOf({
    platform: {
      kind: 'container',
      nodes: 20,
      nodeCores: 4,
      pods: { replicas: 10, cpuRequest: 0.3, cpuLimit: 1, memoryRequestMiB: 512, memoryLimitMiB: 1024 },
    },
    workload: {
      services: [{ name: 'shop', count: 20, arrivals: { kind: 'poisson', perSecond: 200 }, ...work }],
    },
    run: { requests: 200_000, warmupRequests: 20_000, seeds: [1] },
  });
}

/** A function at a concurrency of about 1,000. */
function thousandEnvironments(): SimulationFile {
  return fileOf({
    platform: { kind: 'serverless', memoryMiB: 1769, concurrencyLimit: 2000 },
    workload: {
      services: [
        {
          name: 'shop',
          arrivals: { kind: 'poisson', perSecond: 5000 },
          cpu: { kind: 'exponential', meanMs: 100 },
          ioMs: { kind: 'exponential', meanMs: 100 },
        },
      ],
    },
    run: { requests: 200_000, warmupRequests: 20_000, seeds: [1] },
  });
}

/** Room for 1,000 requests of 10 ms a second on each platform. */
const minutePlatforms: Readonly<Record<string, object>> = {
  queue: { kind: 'queue', servers: 16 },
  monolith: { kind: 'monolith', servers: 4 },
  sharedHost: { kind: 'shared-host', hosts: 4, instancesPerService: 4 },
  vm: { kind: 'vm', instances: 8, instanceType: 'm5.large' },
  container: { kind: 'container', nodes: 4, pods: { replicas: 16, cpuRequest: 0.9, cpuLimit: 1 } },
  serverless: { kind: 'serverless', memoryMiB: 1769 },
};

function minute(platform: object): SimulationFile {
  const { cpu } = work;
  return fileOf({
    platform,
    workload: { services: [{ name: 'shop', arrivals: { kind: 'poisson', perSecond: 1000 }, cpu }] },
    run: { horizonSeconds: 60, warmupSeconds: 5, seeds: [1] },
  });
}

function fileOf(value: unknown): SimulationFile {
  const parsed = parseSimulationFile(value);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.file;
}

function measure(file: SimulationFile): { seconds: number; eventsPerSecond: number } {
  let events = 0;
  const seconds = medianSeconds(() => {
    const simulation = createSimulation(file, 1);
    simulation.advance();
    simulation.result();
    events = simulation.eventCount;
  });
  return { seconds, eventsPerSecond: Math.round(events / seconds) };
}

function simjsSeconds(servers: number, rate: number): number {
  const run = simjsStation();
  return medianSeconds((round) => {
    run(servers, rate, customers, round + 1);
  });
}

/** null where Python has no SimPy 2. */
function simpySeconds(servers: number, rate: number): number | null {
  if (spawnSync('python3', ['-c', 'import SimPy']).status !== 0) return null;
  const script = join(import.meta.dirname, 'peers/simpy_station.py');
  const args = [script, servers, rate, customers, rounds].map(String);
  const { status, stdout, stderr } = spawnSync('python3', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const seconds = stdout
    .trim()
    .split('\n')
    .map((line) => Number(line.split(' ')[0]));
  return percentile(seconds, 0.5);
}

function medianSeconds(run: (round: number) => void): number {
  const seconds = Array.from({ length: rounds }, (_, round) => {
    const startedMs = performance.now();
    run(round);
    return (performance.now() - startedMs) / 1000;
  });
  return percentile(seconds, 0.5);
}

import { instanceTypes, type InstanceTypeName } from '../catalogue/instance-types.ts';
import { jvmOverheadMiB } from '../catalogue/runtimes.ts';
import type { CommonWorkload } from './common-workload.ts';

/** The five patterns of the article. */
export const patterns = ['monolith', 'shared-host', 'vm', 'container', 'serverless'] as const;
export type ComparedPattern = (typeof patterns)[number];

/** How large a pattern is made. */
export interface Size {
  /** Servers, hosts, VMs of each service, nodes; of functions, which step of their ladder. */
  readonly steps: number;
  /** The machine that it runs on; null for functions. */
  readonly machine: InstanceTypeName | null;
  /** Machines altogether; null for functions. */
  readonly machines: number | null;
  /** Of functions. */
  readonly memoryMiB: number | null;
  readonly provisioned: number | null;
  /** Parameters of the platform. */
  readonly platform: object;
}

/** Sizes of a pattern, from the smallest that could do to the largest that is tried. */
export interface SizeRange {
  readonly least: number;
  readonly most: number;
  size(steps: number): Size;
}

/** Not burstable, all at the same price for a core and a GiB. */
const machines = ['m5.large', 'm5.xlarge', 'm5.4xlarge'] as const satisfies readonly InstanceTypeName[];
const osMemoryMiB = 512;
const overheadMiB = jvmOverheadMiB.value;
/** A sandbox of runc, rounded up. */
const sandboxMiB = 16;
/** Of everything, or of one service; and of the processes on all. */
const mostMachines = 64;
const mostProcesses = 2000;
/** Of what a node has; the rest is left to its system. */
const requestedShare = 0.95;

/** The smallest machine that holds so much besides its system, or the largest there is. */
function machineFor(memoryMiB: number) {
  const fits = machines.find((name) => instanceTypes[name].memoryMiB.value >= memoryMiB + osMemoryMiB);
  const name = fits ?? 'm5.4xlarge';
  const { vCpus, memoryMiB: memory, pricePerHourUsd } = instanceTypes[name];
  return { name, cores: vCpus.value, memoryMiB: memory.value, pricePerHourUsd: pricePerHourUsd.value };
}

type Machine = ReturnType<typeof machineFor>;

function onMachines(
  machine: Machine,
  services: number,
  demandCores: number,
  least: number,
  perStep: number,
  platform: (steps: number) => object,
): SizeRange {
  return {
    // With fewer, the line would only grow.
    least: Math.max(least, Math.ceil((demandCores / machine.cores) * 1.0001)),
    most: Math.min(mostMachines, Math.floor(mostProcesses / services)),
    size: (steps) => ({
      steps,
      machine: machine.name,
      machines: steps * perStep,
      memoryMiB: null,
      provisioned: null,
      platform: platform(steps),
    }),
  };
}

/** The sizes of a pattern for a workload. Nothing scales on its own but functions, so that sizes can be told apart. */
export function sizesOf(pattern: ComparedPattern, workload: CommonWorkload): SizeRange {
  const { services, heapMiB, perSecond, cpuMs } = workload;
  const ofService = (perSecond * cpuMs) / 1000;
  const ofAll = ofService * services;
  const least = workload.redundant ? 2 : 1;
  const processMiB = heapMiB + overheadMiB;
  switch (pattern) {
    case 'monolith': {
      const machine = machineFor(services * heapMiB + overheadMiB);
      return onMachines(machine, services, ofAll, least, 1, (servers) => ({
        kind: 'monolith',
        servers,
        coresPerServer: machine.cores,
        memoryMiBPerServer: machine.memoryMiB,
        pricePerServerHourUsd: machine.pricePerHourUsd,
      }));
    }
    case 'shared-host': {
      const machine = machineFor(services * processMiB);
      return onMachines(machine, services, ofAll, least, 1, (hosts) => ({
        kind: 'shared-host',
        hosts,
        // Every service on every host, each in a process of its own.
        instancesPerService: hosts,
        coresPerHost: machine.cores,
        memoryMiBPerHost: machine.memoryMiB,
        pricePerHostHourUsd: machine.pricePerHourUsd,
      }));
    }
    case 'vm': {
      const machine = machineFor(processMiB);
      return onMachines(machine, services, ofService, least, services, (instances) => ({
        kind: 'vm',
        instanceType: machine.name,
        instances,
      }));
    }
    case 'container': {
      const podMiB = processMiB + sandboxMiB;
      // Room for one pod more on each node: a rolling update starts the new before it stops the old.
      const podsPerNode = services + 1;
      const machine = machineFor(podsPerNode * podMiB);
      const cpuRequest = Math.floor(((machine.cores * requestedShare) / podsPerNode) * 1000) / 1000;
      return onMachines(machine, services, ofAll, least, 1, (nodes) => ({
        kind: 'container',
        nodes,
        nodeCores: machine.cores,
        nodeMemoryMiB: machine.memoryMiB,
        nodePricePerHourUsd: machine.pricePerHourUsd,
        pods: { replicas: nodes, cpuRequest, memoryRequestMiB: podMiB },
      }));
    }
    case 'serverless':
      return functionSizes(processMiB);
  }
}

/** Memory and environments kept ready: what is paid for grows from step to step. */
function functionSizes(processMiB: number): SizeRange {
  const smallest = Math.max(512, Math.ceil(processMiB / 64) * 64);
  const memories = [smallest, ...[1024, 1769].filter((memory) => memory > smallest)];
  const largest = memories.at(-1) ?? smallest;
  const ladder = [
    ...memories.map((memoryMiB) => ({ memoryMiB, provisioned: 0 })),
    ...[1, 2, 4, 8, 16].map((provisioned) => ({ memoryMiB: largest, provisioned })),
  ];
  return {
    least: 1,
    most: ladder.length,
    size: (steps) => {
      const { memoryMiB, provisioned } = ladder[steps - 1] ?? { memoryMiB: largest, provisioned: 0 };
      return {
        steps,
        machine: null,
        machines: null,
        memoryMiB,
        provisioned,
        platform: { kind: 'serverless', memoryMiB, provisionedConcurrency: provisioned },
      };
    },
  };
}

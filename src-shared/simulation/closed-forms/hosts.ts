import { fairShares } from '../hosts/fair-share.ts';
import { closedForm, wholeUp } from './closed-form.ts';

const cores = 'cores of the host, above 0';

/** A power with a whole exponent, by multiplication alone, so that it is the same on every machine. */
function power(base: number, exponent: number): number {
  let result = 1;
  for (let i = 0; i < exponent; i += 1) result *= base;
  return result;
}

/** What a host is asked for, and how its cores and memory are shared. */
export const hostForms = {
  'cores-needed': closedForm({
    about: 'busy cores = rate x CPU time; instances by the utilisation that is planned',
    inputs: {
      perSecond: 'requests per second',
      cpuMs: 'CPU time of a request in ms',
      utilisation: 'planned, a share above 0',
      coresPerInstance: 'above 0',
    },
    outputs: {
      busyCores: 'cores that work in the mean',
      cores: 'cores to have',
      instances: 'whole instances',
    },
    compute: (of) => {
      const busyCores = (of.perSecond * of.cpuMs) / 1000;
      const needed = busyCores / of.utilisation;
      return { busyCores, cores: needed, instances: wholeUp(needed / of.coresPerInstance) };
    },
  }),
  'runtime-memory': closedForm({
    about: 'memory of services with a runtime for each process, and with one for each group',
    inputs: {
      services: 'number of services',
      heapMiB: 'heap of each in MiB',
      overheadMiB: 'of a runtime beside the heap, in MiB',
      servicesPerProcess: 'at least 1',
      osMiB: 'of the operating system, in MiB',
    },
    outputs: {
      processes: 'processes when grouped',
      ownMiB: 'a process for each service, in MiB',
      groupedMiB: 'grouped, in MiB',
      savedMiB: 'the difference in MiB',
    },
    compute: (of) => {
      const processes = wholeUp(of.services / of.servicesPerProcess);
      const heaps = of.services * of.heapMiB + of.osMiB;
      const ownMiB = heaps + of.services * of.overheadMiB;
      const groupedMiB = heaps + processes * of.overheadMiB;
      return { processes, ownMiB, groupedMiB, savedMiB: ownMiB - groupedMiB };
    },
  }),
  'equal-threads': closedForm({
    about: 'one thread among others on shared cores: min(1, cores / threads) of a core',
    inputs: { cores, otherThreads: 'runnable threads beside it', workMs: 'CPU time of the work in ms' },
    outputs: { shareOfCore: 'share of a core, at most 1', latencyMs: 'in ms' },
    compute: (of) => {
      const shareOfCore = Math.min(1, of.cores / (of.otherThreads + 1));
      return { shareOfCore, latencyMs: of.workMs / shareOfCore };
    },
  }),
  'weighted-share': closedForm({
    about: 'cores by weight among groups that all want more than they get',
    inputs: { cores, weight: 'of the group', otherWeights: 'sum over the others' },
    outputs: { cores: 'of the group', otherCores: 'of all others together' },
    compute: (of) => {
      const shares = new Float64Array(2);
      const all = Float64Array.of(of.cores, of.cores);
      fairShares(of.cores, Float64Array.of(of.weight, of.otherWeights), all, shares);
      return { cores: shares[0] as number, otherCores: shares[1] as number };
    },
  }),
  'copy-and-start': closedForm({
    about: 'artefact over bandwidth, and starts one after another',
    inputs: {
      artefactMiB: 'in MiB',
      mibPerSecond: 'bandwidth in MiB/s',
      startSeconds: 'of one service in s',
      services: 'that start one after another',
    },
    outputs: { copySeconds: 'in s', totalSeconds: 'in s' },
    compute: (of) => {
      const copySeconds = of.artefactMiB / of.mibPerSecond;
      return { copySeconds, totalSeconds: copySeconds + of.startSeconds * of.services };
    },
  }),
  'all-succeed': closedForm({
    about: 'independent trials that all succeed: p^n',
    inputs: { share: 'p, a share', count: 'n, a whole number' },
    outputs: { probability: 'that all succeed', failureProbability: 'that at least one fails' },
    compute: (of) => {
      const probability = power(of.share, of.count);
      return { probability, failureProbability: 1 - probability };
    },
  }),
  'at-least-one': closedForm({
    about: 'independent trials of which at least one comes true: 1 - (1 - p)^n',
    inputs: { probability: 'p, a share', count: 'n, a whole number' },
    outputs: { atLeastOne: 'a probability' },
    compute: (of) => ({ atLeastOne: 1 - power(1 - of.probability, of.count) }),
  }),
};

import { createSimulation, flattenMetrics, type RunResult } from '#shared/simulation/simulate.ts';
import { fileOf } from './support.ts';

export const web = {
  name: 'web',
  arrivals: { kind: 'poisson', perSecond: 50 },
  cpu: { kind: 'exponential', meanMs: 20 },
  startSeconds: 10,
};

export interface VmScenario {
  platform?: object;
  services?: object[];
  faults?: object[];
  deployments?: object[];
  run?: object;
}

export const vmScenario = ({
  platform,
  services = [web],
  faults = [],
  deployments = [],
  run,
}: VmScenario) => ({
  platform: { kind: 'vm', ...platform },
  workload: { services },
  faults,
  deployments,
  run: { horizonSeconds: 600, seeds: [1], ...run },
});

export interface Traced {
  readonly atMs: number;
  readonly kind: string;
  readonly subject: string;
  readonly detail: Readonly<Record<string, string | number>>;
}

export interface TracedRun {
  readonly result: RunResult;
  readonly metrics: Record<string, number>;
  readonly trace: readonly Traced[];
}

/** A whole run with its trace. */
export function ran(value: VmScenario, seed = 1): TracedRun {
  const trace: Traced[] = [];
  const simulation = createSimulation(fileOf(vmScenario(value)), seed, {
    onTrace: (event) => trace.push(event),
  });
  simulation.advance();
  const result = simulation.result();
  return { result, metrics: flattenMetrics(result.metrics), trace };
}

/** Notable events of some kinds, with their seconds. */
export const logged = ({ result }: TracedRun, ...kinds: string[]) =>
  result.log.filter(({ kind }) => kinds.includes(kind)).map(({ atMs, kind }) => [atMs / 1000, kind]);

export interface BilledVm {
  readonly id: string;
  readonly fromMs: number;
  readonly untilMs: number | null;
  readonly pricePerHourUsd: number;
}

/** What a trace says of each billed stretch of a VM. */
export function billedVms(trace: readonly Traced[]): BilledVm[] {
  return trace
    .filter(({ kind }) => kind === 'instance-launched')
    .map(({ atMs, subject, detail }) => ({
      id: subject,
      fromMs: atMs,
      untilMs:
        trace.find(({ kind, subject: id }) => kind === 'instance-terminated' && id === subject)?.atMs ?? null,
      pricePerHourUsd: Number(detail['pricePerHourUsd']),
    }));
}

/** The bill of a window, from the trace alone: by the second, a minute at the least, charged when the VM goes. */
export function billOf(trace: readonly Traced[], fromMs: number, untilMs: number): number {
  return billedVms(trace).reduce((sum, vm) => {
    const endMs = vm.untilMs ?? untilMs;
    const inWindowMs = Math.max(0, Math.min(endMs, untilMs) - Math.max(vm.fromMs, fromMs));
    const ranSeconds = (endMs - vm.fromMs) / 1000;
    const isCharged = vm.untilMs !== null && vm.untilMs > fromMs;
    const toppedUp = isCharged ? Math.max(60, Math.ceil(ranSeconds)) - ranSeconds : 0;
    return sum + ((inWindowMs / 1000 + toppedUp) / 3600) * vm.pricePerHourUsd;
  }, 0);
}

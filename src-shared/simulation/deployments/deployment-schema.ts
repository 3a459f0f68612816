import { z } from 'zod';
import type { FaultOccurrence } from '../faults/fault-schema.ts';
import { field } from '../field.ts';

/** A new version of a service, rolled out the way of the platform. */
export const deploymentSchema = z.strictObject({
  service: field(z.string().min(1), { en: 'Service', 'zh-CN': '服务' }),
  atSeconds: field(z.number().min(0).max(10_000_000), { en: 'Ordered at', 'zh-CN': '下达时刻', unit: 's' }),
});

export type OrderedDeployment = z.infer<typeof deploymentSchema>;

/** What is wrong with a version. */
export interface Defect {
  /** Share of its answers that fail, 0 to 1. */
  readonly errorRate: number;
  /** Its CPU time in multiples of what a request needs. */
  readonly cpuFactor: number;
}

/** A deployment of a run, ordered by the file or by a fault of it. */
export interface Deployment {
  readonly service: string;
  readonly atSeconds: number;
  /** null for a version as it should be. */
  readonly bad: Defect | null;
  /** Whether it takes back a version: what it goes back to has been there before. */
  readonly rollback: boolean;
  /** Index of the fault that ordered it, or null. */
  readonly fault: number | null;
}

/** The deployments of a run: those of the file, then each bad one followed by the one that takes it back. */
export function planDeployments(
  ordered: readonly OrderedDeployment[],
  faults: readonly FaultOccurrence[],
): Deployment[] {
  return [
    ...ordered.map((deployment) => ({ ...deployment, bad: null, rollback: false, fault: null })),
    ...faults.flatMap((fault, i): Deployment[] => {
      if (fault.kind !== 'bad-deploy') return [];
      const { service, atSeconds, errorRate, cpuFactor, detectSeconds } = fault;
      return [
        { service, atSeconds, bad: { errorRate, cpuFactor }, rollback: false, fault: i },
        { service, atSeconds: atSeconds + detectSeconds, bad: null, rollback: true, fault: i },
      ];
    }),
  ];
}

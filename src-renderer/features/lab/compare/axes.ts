import type { CommonWorkload } from '#shared/simulation/side-by-side/common-workload.ts';

/** A parameter of the workload that a map can be drawn over. */
export type AxisName = Extract<
  keyof CommonWorkload,
  'perSecond' | 'burstiness' | 'services' | 'cpuMs' | 'ioMs' | 'heapMiB'
>;

/** Eight values each, about the same factor apart; the shorter side of a map takes six of them. */
export const axisValues: Readonly<Record<AxisName, readonly number[]>> = {
  perSecond: [0.01, 0.03, 0.1, 0.3, 1, 5, 20, 50],
  burstiness: [1, 1.5, 2, 3, 5, 8, 12, 20],
  services: [1, 2, 4, 6, 10, 15, 25, 40],
  cpuMs: [1, 2, 5, 10, 20, 50, 100, 200],
  ioMs: [0, 5, 10, 20, 50, 100, 200, 400],
  heapMiB: [32, 64, 128, 256, 512, 1024, 2048, 4096],
};
export const axisNames = Object.keys(axisValues) as AxisName[];

const shortSide = [0, 2, 3, 4, 5, 7];

export const acrossValues = (name: AxisName): readonly number[] => axisValues[name];
/** From the lowest up. */
export const upValues = (name: AxisName): readonly number[] =>
  shortSide.map((index) => axisValues[name][index] ?? 0);

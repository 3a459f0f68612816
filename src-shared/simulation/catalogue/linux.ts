import type { Quantity } from './quantity.ts';

/** Length of a period of CFS bandwidth control (cpu.cfs_period_us), unless told otherwise. */
export const cfsPeriod: Quantity = {
  value: 100,
  unit: 'ms',
  source: 'Linux kernel, Documentation/scheduler/sched-bwc.rst',
  date: '2026',
};

/** The weight of a control group that is given none (cpu.shares). */
export const cpuShares: Quantity = {
  value: 1024,
  unit: '1',
  source: 'Linux kernel, cgroup v1, cpu.shares',
  date: '2026',
};

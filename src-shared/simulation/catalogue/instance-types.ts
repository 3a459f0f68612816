import type { Quantity } from './quantity.ts';

/** What a VM can be rented as. */
export interface InstanceType {
  /** Hardware threads, each of which the simulation counts as a core. */
  readonly vCpus: Quantity;
  readonly memoryMiB: Quantity;
  /** On demand, Linux, us-east-1. */
  readonly pricePerHourUsd: Quantity;
}

function ec2(
  name: string,
  since: string,
  vCpus: number,
  memoryGiB: number,
  pricePerHourUsd: number,
): InstanceType {
  const source = `AWS instance types, ${name}`;
  return {
    vCpus: { value: vCpus, unit: '1', source, date: since },
    memoryMiB: { value: memoryGiB * 1024, unit: 'MiB', source, date: since },
    pricePerHourUsd: {
      value: pricePerHourUsd,
      unit: 'USD/h',
      source: `AWS price tables, us-east-1, Linux, on demand, ${name}`,
      date: '2026',
    },
  };
}

/** EC2 instance types. T3 types are burstable; the simulation lets them work at full speed all the time. */
export const instanceTypes = {
  't3.micro': ec2('t3.micro', '2018', 2, 1, 0.0104),
  't3.medium': ec2('t3.medium', '2018', 2, 4, 0.0416),
  't3.large': ec2('t3.large', '2018', 2, 8, 0.0832),
  'm5.large': ec2('m5.large', '2017', 2, 8, 0.096),
  'm5.xlarge': ec2('m5.xlarge', '2017', 4, 16, 0.192),
  'm5.4xlarge': ec2('m5.4xlarge', '2017', 16, 64, 0.768),
  'm7i.large': ec2('m7i.large', '2023', 2, 8, 0.1008),
} as const satisfies Readonly<Record<string, InstanceType>>;

export type InstanceTypeName = keyof typeof instanceTypes;

export const instanceTypeNames = Object.keys(instanceTypes) as [InstanceTypeName, ...InstanceTypeName[]];

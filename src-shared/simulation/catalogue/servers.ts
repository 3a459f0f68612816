import type { Quantity } from './quantity.ts';

/** A server to start from: EC2 m5.xlarge, us-east-1, on demand. */
export const m5Xlarge: {
  readonly cores: Quantity;
  readonly memoryMiB: Quantity;
  readonly pricePerHourUsd: Quantity;
} = {
  cores: { value: 4, unit: '1', source: 'AWS instance types, m5.xlarge', date: '2017' },
  memoryMiB: { value: 16_384, unit: 'MiB', source: 'AWS instance types, m5.xlarge', date: '2017' },
  pricePerHourUsd: {
    value: 0.192,
    unit: 'USD/h',
    source: 'AWS price tables, us-east-1, Linux',
    date: '2026',
  },
};

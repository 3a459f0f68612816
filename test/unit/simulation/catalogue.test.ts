import { describe, expect, it } from 'vitest';
import * as containers from '#shared/simulation/catalogue/containers.ts';
import * as limits from '#shared/simulation/catalogue/function-limits.ts';
import * as runtimes from '#shared/simulation/catalogue/function-runtimes.ts';
import { instanceTypes } from '#shared/simulation/catalogue/instance-types.ts';
import * as linux from '#shared/simulation/catalogue/linux.ts';
import { type Quantity, sourceOf } from '#shared/simulation/catalogue/quantity.ts';
import * as processes from '#shared/simulation/catalogue/runtimes.ts';
import * as pricing from '#shared/simulation/catalogue/serverless-pricing.ts';
import * as vmTimes from '#shared/simulation/catalogue/vm-times.ts';

const catalogue = { containers, limits, runtimes, instanceTypes, linux, processes, pricing, vmTimes };

interface Named {
  readonly path: string;
  readonly quantity: Quantity;
}

/** Every number of the catalogue, by its path. */
function quantities(node: unknown, path = ''): Named[] {
  if (typeof node !== 'object' || node === null) return [];
  if ('value' in node && 'source' in node)
    return typeof node.value === 'number' ? [{ path, quantity: node as unknown as Quantity }] : [];
  return Object.entries(node).flatMap(([name, inner]) => quantities(inner, `${path}/${name}`));
}

const all = quantities(catalogue);

it('every number has a unit, a source and a year', () => {
  expect(all.length).toBeGreaterThan(90);
  for (const { path, quantity } of all) {
    expect(Number.isFinite(quantity.value), path).toBe(true);
    expect(quantity.unit, path).toMatch(/\S/);
    expect(quantity.source.length, path).toBeGreaterThan(5);
    expect(quantity.date, path).toMatch(/^20\d\d(-\d\d)?$/);
    expect(sourceOf(quantity)).toBe(`${quantity.source}, ${quantity.date}`);
  }
});

/** What the simulations start from: value, unit, and a word of the source. */
const rows: readonly (readonly [number, string, RegExp])[] = [
  // EC2: launch, images, prices, billing, scaling
  ...[25.8, 4.8, 17.8, 3.2, 12.8].map((value) => [value, 's', /ec2-coldboot/] as const),
  [540, 's', /Aminator.*8 to 10 min/],
  [1050, 's', /Aminator.*15 to 20 min/],
  [3660, 's', /supabase.*51 to 71 min/],
  ...[0.0104, 0.0416, 0.0832, 0.096, 0.192, 0.768].map(
    (value) => [value, 'USD/h', /AWS price tables/] as const,
  ),
  [60, 's', /Per-Second Billing/],
  [300, 's', /EC2 Auto Scaling/],
  [3, '1', /EC2 Auto Scaling/],
  [15, '1', /EC2 Auto Scaling/],
  // Containers
  [0.57, 's', /2602\.15214/],
  [1.16, 's', /2602\.15214/],
  [0.76, '1', /Slacker/],
  ...[20, 50, 125, 500].map((value) => [value, 'ms', /stuzhuk/] as const),
  ...[7, 18, 28, 52].map((value) => [value, 'MiB', /stuzhuk/] as const),
  [125, 'ms', /Firecracker, SPEC/],
  [5, 'MiB', /Firecracker, SPEC/],
  [15, 's', /Horizontal Pod/],
  [0.1, '1', /Horizontal Pod/],
  [300, 's', /Horizontal Pod/],
  [100, 'ms', /Linux kernel/],
  [223, 'MiB', /spring\.io/],
  // Functions
  [1769, 'MiB', /Lambda/],
  [128, 'MiB', /Lambda/],
  [10_240, 'MiB', /Lambda/],
  [0.2, 'USD', /Lambda pricing/],
  [0.0000166667, 'USD/(GB s)', /Lambda pricing/],
  [1, 'ms', /1 ms/],
  [900, 's', /Lambda/],
  [300, 's', /Lambda quotas/],
  [1000, '1', /quotas/],
  [1000, '1', /scaling behavior/],
  [10, 's', /scaling behavior/],
  [300, 's', /mikhail\.io/],
  [600, 's', /mikhail\.io/],
  ...[15, 50, 85, 138, 234, 250].map((value) => [value, 'ms', /lambda-perf/] as const),
  [3162, 'ms', /edjgeek.*2 to 5 s/],
  [112, 'ms', /edjgeek.*90 to 140 ms/],
  [0.0000041667, 'USD/(GB s)', /provisioned/],
  [0.0000097222, 'USD/(GB s)', /provisioned/],
];

describe('the catalogue', () => {
  it.each(rows)('has %d %s of %s', (value, unit, source) => {
    expect(
      all.filter(
        ({ quantity }) => quantity.value === value && quantity.unit === unit && source.test(quantity.source),
      ),
    ).not.toEqual([]);
  });
});

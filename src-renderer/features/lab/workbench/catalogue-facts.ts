import { containerStartSeconds, sandboxes } from '#shared/simulation/catalogue/containers.ts';
import { functionRuntimes } from '#shared/simulation/catalogue/function-runtimes.ts';
import { instanceTypes } from '#shared/simulation/catalogue/instance-types.ts';
import type { Quantity } from '#shared/simulation/catalogue/quantity.ts';
import { serverlessPricing } from '#shared/simulation/catalogue/serverless-pricing.ts';
import { imageBakeSeconds } from '#shared/simulation/catalogue/vm-times.ts';

/** What the catalogue says of a word that can be chosen. */
export interface Fact {
  readonly name: string;
  readonly value: number | boolean;
  readonly unit: string;
  readonly source: string;
  readonly date: string;
}

type Entry = Readonly<Record<string, unknown>>;

const isQuantity = (value: unknown): value is Quantity =>
  typeof value === 'object' && value !== null && 'value' in value && 'source' in value;

/** One number by itself is called by the name of its table. */
const tables: Readonly<Record<string, readonly [name: string, entries: Entry]>> = {
  instanceType: ['', instanceTypes],
  imageBake: ['imageBake', imageBakeSeconds],
  runtime: ['initMs', functionRuntimes],
  pricing: ['', serverlessPricing],
  sandbox: ['', sandboxes],
  disk: ['containerStart', containerStartSeconds],
};

/** Everything that stands behind a choice, with its sources: of an instance type its cores, memory and price. */
export function factsOf(path: string, chosen: unknown): Fact[] {
  const [name, entries] = tables[path.split('.').at(-1) ?? ''] ?? [];
  const entry = typeof chosen === 'string' ? entries?.[chosen] : undefined;
  if (name === undefined || typeof entry !== 'object' || entry === null) return [];
  const parts = isQuantity(entry) ? { [name]: entry } : (entry as Entry);
  return Object.entries(parts).flatMap(([part, quantity]) => {
    if (!isQuantity(quantity)) return [];
    const { value, source, date } = quantity;
    return [{ name: part, value, unit: 'unit' in quantity ? quantity.unit : '', source, date }];
  });
}

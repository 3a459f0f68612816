import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import {
  createSimulation,
  flattenMetrics,
  parseComparison,
  parseSimulationFile,
  platformKinds,
  runAll,
  type Simulation,
  simulationFileJsonSchema,
} from '#shared/simulation/simulate.ts';
import { EventList } from '#shared/simulation/engine/event-list.ts';
import { arrivalsSchema } from '#shared/simulation/workload/arrivals.ts';

vi.setConfig({ testTimeout: 180_000 });

/** What somebody might write into a field, by mistake or to see what happens. */
const oddValue = fc.oneof(
  fc.constantFrom<unknown>(
    ...[NaN, Infinity, -Infinity, -1, 0, -0, 0.5, 1e-300, 1e9, 1e308, 2 ** 53, 10_000],
    ...[null, '', '4', 'NaN', true, false, [], {}, [[]], [null], '__proto__', { kind: 'poisson' }],
  ),
  fc.integer(),
  fc.double(),
  fc.string({ maxLength: 8 }),
);

type Schema = Readonly<Record<string, unknown>>;
const root = simulationFileJsonSchema() as Schema;

/** A value that fits a JSON Schema as far as the schema says; optional fields come now and then. */
function valueOf(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  const reference = schema['$ref'];
  if (typeof reference === 'string') {
    const target = reference
      .split('/')
      .slice(1)
      .reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], root);
    return valueOf(target as Schema, depth);
  }
  const choices = (schema['oneOf'] ?? schema['anyOf']) as readonly Schema[] | undefined;
  if (choices !== undefined && schema['type'] === undefined)
    return fc.oneof(...choices.map((choice) => valueOf(choice, depth)));
  if ('const' in schema) return fc.constant(schema['const']);
  if ('enum' in schema) return fc.constantFrom(...(schema['enum'] as unknown[]));
  const low = (schema['minimum'] ?? schema['exclusiveMinimum'] ?? 0) as number;
  const high = (schema['maximum'] ?? 1e6) as number;
  switch (schema['type']) {
    case 'number': {
      const least = schema['exclusiveMinimum'] === undefined ? low : low + 1e-9;
      // Small numbers more often than large ones: they make scenarios in which something happens.
      return fc.oneof(
        {
          weight: 4,
          arbitrary: fc.double({ min: least, max: Math.min(high, Math.max(least, 1) * 50), noNaN: true }),
        },
        { weight: 1, arbitrary: fc.constantFrom(least, high) },
      );
    }
    case 'integer':
      return fc.oneof(
        { weight: 4, arbitrary: fc.integer({ min: low, max: Math.min(high, low + 8) }) },
        { weight: 1, arbitrary: fc.constantFrom(low, Math.min(high, 2 ** 31 - 1)) },
      );
    case 'boolean':
      return fc.boolean();
    case 'string':
      return fc.constantFrom('a', 'b', 'main');
    case 'array': {
      const minLength = (schema['minItems'] ?? 0) as number;
      const item = valueOf(schema['items'] as Schema, depth + 1);
      return fc.array(item, { minLength, maxLength: Math.max(minLength, 3) });
    }
    case 'object':
      return objectOf(schema, depth);
    default:
      return oddValue;
  }
}

function objectOf(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  const properties = schema['properties'] as Readonly<Record<string, Schema>> | undefined;
  if (properties === undefined) {
    const value = schema['additionalProperties'] as Schema | undefined;
    if (value === undefined) return fc.constant({});
    return fc.dictionary(fc.constantFrom('a', 'main'), valueOf(value, depth + 1), { maxKeys: 2 });
  }
  const required = new Set((schema['required'] ?? []) as string[]);
  return fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, valueOf(part, depth + 1)])),
    { requiredKeys: [...required] },
  );
}

const parts = root['properties'] as Readonly<Record<string, Schema>>;
const part = (name: string): fc.Arbitrary<unknown> => valueOf(parts[name] ?? {}, 0);

const service = (name: string) =>
  fc.record({
    name: fc.constant(name),
    arrivals: valueOf(z.toJSONSchema(arrivalsSchema, { io: 'input' }) as Schema, 0),
    cpu: fc.constant({ kind: 'exponential', meanMs: 20 }),
  });
const run = fc.oneof(
  fc.record({ requests: fc.integer({ min: 1, max: 500 }), seeds: fc.constant([1]) }),
  fc.record({ horizonSeconds: fc.integer({ min: 1, max: 60 }), seeds: fc.constant([1]) }),
);
const none = fc.constant([]);
/** Faults with a moment each, over services that are there. */
const faults = part('faults').map((list) =>
  (list as Record<string, unknown>[]).map(({ everySeconds, atSeconds, ...fault }) =>
    everySeconds === undefined ? { ...fault, atSeconds: atSeconds ?? 1 } : { ...fault, everySeconds },
  ),
);
/** Files that are right in the main, so that many of them run. */
const likely = fc.record({
  platform: fc.oneof(part('platform'), fc.constantFrom(...platformKinds.map((kind) => ({ kind })))),
  workload: fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        services: fc.tuple(service('main'), service('a'), service('b')),
      }),
    },
    { weight: 1, arbitrary: part('workload') },
  ),
  faults: fc.oneof(none, faults),
  deployments: fc.oneof(none, part('deployments')),
  run: fc.oneof({ weight: 4, arbitrary: run }, { weight: 1, arbitrary: part('run') }),
});
const simple = (kind: string) => ({
  platform: { kind },
  workload: {
    services: [
      {
        name: 'main',
        arrivals: { kind: 'poisson', perSecond: 20 },
        cpu: { kind: 'exponential', meanMs: 20 },
      },
    ],
  },
  faults: [],
  deployments: [],
  run: { requests: 200, seeds: [1] },
});

/** The paths of all values in a file. */
function pathsOf(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

function withValueAt(value: unknown, [first, ...rest]: readonly (string | number)[], odd: unknown): unknown {
  if (first === undefined) return odd;
  if (Array.isArray(value))
    return value.map((item, i) => (i === Number(first) ? withValueAt(item, rest, odd) : item));
  const record = value as Record<string, unknown>;
  return { ...record, [first]: withValueAt(record[first], rest, odd) };
}

const absurd = fc.oneof(
  { weight: 6, arbitrary: likely },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.oneof(likely, fc.constantFrom(...platformKinds.map(simple))), fc.nat(), oddValue)
      .map(([file, at, odd]) => {
        const paths = pathsOf(file);
        return withValueAt(file, paths[at % paths.length] ?? [], odd);
      }),
  },
  { weight: 1, arbitrary: fc.oneof(oddValue, fc.anything()) },
);

/** Collects the kinds of events that are ordered for a time before now, or for none. */
function watchPast(simulation: Simulation): number[] {
  const kinds: number[] = [];
  const { events } = simulation as unknown as { readonly events: EventList };
  const { schedule, move } = EventList.prototype;
  events.schedule = function (atMs, kind, subject) {
    if (!(atMs >= simulation.nowMs)) kinds.push(kind);
    return schedule.call(this, atMs, kind, subject);
  };
  events.move = function (handle, atMs) {
    if (!(atMs >= simulation.nowMs)) kinds.push(-1);
    move.call(this, handle, atMs);
  };
  return kinds;
}

/** Enough to see trouble; a run that needs more is cancelled, as a learner would. */
const eventBudget = 30_000;

describe('any scenario, however absurd', () => {
  it('is refused with the path of each field, or runs to numbers that are numbers', () => {
    let ran = 0;
    fc.assert(
      fc.property(absurd, (value) => {
        const parsed = parseSimulationFile(value);
        if (!parsed.ok) {
          expect(parsed.problems.length).toBeGreaterThan(0);
          for (const { path, message } of parsed.problems) {
            expect(path).not.toBe('');
            expect(message).not.toBe('');
          }
          return;
        }
        ran++;
        const simulation = createSimulation(parsed.file, 1);
        const inPast = watchPast(simulation);
        simulation.advance({ maxEvents: eventBudget });
        expect(inPast).toEqual([]);
        const { counters } = simulation.snapshot();
        expect(counters.served + counters.lost + counters.failed).toBeLessThanOrEqual(counters.arrived);
        const { metrics, series, explanation } = simulation.result();
        for (const [name, number] of Object.entries(flattenMetrics(metrics)))
          expect(Number.isFinite(number) && number >= -1e-9, `${name} is ${number}`).toBe(true);
        expect(series.atMs.length).toBeLessThanOrEqual(300);
        for (const usd of Object.values(explanation.cost.parts)) expect(usd).toBeGreaterThanOrEqual(-1e-9);
      }),
      { seed: 3003, numRuns: 1000 },
    );
    expect(ran).toBeGreaterThan(200);
  });

  it('can be cancelled at any time', () => {
    for (const kind of platformKinds) {
      const parsed = parseSimulationFile({ ...simple(kind), run: { requests: 2_000_000, seeds: [1, 2, 3] } });
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
      let asked = 0;
      const { runs, cancelled } = runAll(parsed.file, { shouldCancel: () => ++asked > 2 });
      expect([kind, runs.length, cancelled]).toEqual([kind, 0, true]);
    }
  });

  it.each([
    [{ requests: 1e9 }, 'run.requests'],
    [{ horizonSeconds: 1e9 }, 'run.horizonSeconds'],
    [{ horizonSeconds: 10_000_000 }, 'run.horizonSeconds'],
  ])('refuses a run of %j', (length, path) => {
    const parsed = parseSimulationFile({ ...simple('queue'), run: length });
    expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.path)).toContain(path);
  });

  it('ends early where clients who give up fill the memory with work for nobody', () => {
    const [service] = simple('queue').workload.services;
    const impatient = {
      ...service,
      arrivals: { kind: 'constant', perSecond: 100_000 },
      cpu: { kind: 'deterministic', meanMs: 10_000_000 },
      timeoutMs: 1,
      retry: { attempts: 10, backoffMs: 0 },
    };
    const run = { horizonSeconds: 20, seeds: [1] };
    const parsed = parseSimulationFile({ ...simple('queue'), workload: { services: [impatient] }, run });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const simulation = createSimulation(parsed.file, 1);
    simulation.advance();
    expect(simulation.nowMs).toBeLessThan(20_000);
    expect(simulation.result().log.at(-1)?.kind).toBe('event-limit-reached');
  });

  it('refuses 10,000 services', () => {
    const file = simple('shared-host');
    const services = file.workload.services.map((one) => ({ ...one, count: 10_000 }));
    const parsed = parseSimulationFile({ ...file, workload: { services } });
    expect(parsed.ok ? [] : parsed.problems.map(({ path }) => path)).toEqual(['workload.services[0].count']);
    const many = Array.from({ length: 10_000 }, (_, i) => ({ ...file.workload.services[0], name: `s${i}` }));
    const alsoParsed = parseSimulationFile({ ...file, workload: { services: many } });
    expect(alsoParsed.ok ? [] : alsoParsed.problems.map(({ path }) => path)).toEqual(['workload.services']);
  });

  it('compares no absurd platforms', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(oddValue, part('platform')), { maxLength: 4 }), (compare) => {
        const { platform: _platform, ...rest } = simple('queue');
        const parsed = parseComparison({ ...rest, compare });
        if (!parsed.ok) expect(parsed.problems.every(({ path }) => path !== '')).toBe(true);
        else expect(parsed.contenders).toHaveLength(compare.length);
      }),
      { seed: 3004, numRuns: 200 },
    );
  });
});

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import chineseTexts from '#shared/languages/zh-CN/fields.json' with { type: 'json' };
import { deploymentSchema } from '#shared/simulation/deployments/deployment-schema.ts';
import { faultSchema } from '#shared/simulation/faults/fault-schema.ts';
import { field, type ListedField, listFields } from '#shared/simulation/field.ts';
import { runSchema } from '#shared/simulation/run-length.ts';
import { platformFields, platformKinds } from '#shared/simulation/simulate.ts';
import { serviceSchema } from '#shared/simulation/workload/service.ts';

const label = { en: 'Label', 'zh-CN': '名称' };

const everyField: readonly (readonly [owner: string, field: ListedField])[] = [
  ...platformKinds.flatMap((kind) => platformFields(kind).map((listed) => [kind, listed] as const)),
  ...listFields(faultSchema, 'faults[]').map((listed) => ['faults', listed] as const),
  ...listFields(deploymentSchema, 'deployments[]').map((listed) => ['deployments', listed] as const),
  ...listFields(serviceSchema, 'service').map((listed) => ['service', listed] as const),
  ...listFields(runSchema, 'run').map((listed) => ['run', listed] as const),
];
const named = ([owner, { path }]: readonly [string, ListedField]): string => `${owner}: ${path}`;
/** Choices of something that is in the catalogue. */
const isOfCatalogue = ({ path }: ListedField): boolean =>
  /\.(instanceType|imageBake|runtime|pricing|sandbox|disk)$/.test(path);
const unsourced = everyField
  .map(([, listed]) => listed)
  .filter((listed) => listed.source === null && listed.default !== undefined)
  .filter((listed) => typeof listed.default === 'number' || isOfCatalogue(listed));
const isNumber = ({ kind }: ListedField): boolean => kind === 'number' || kind === 'integer';

/** Defaults that say how the model is built, and no fact of the world that somebody could have measured. */
const structural: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/\.(servers|hosts|nodes|instances|replicas)$/, 'how large the learner makes it'],
  [/\.(instancesPer(Server|Service|Group)|processesPerInstance|coresPerProcess)$/, 'how the learner cuts it'],
  [/\.(zones|shards|warmPool|provisionedConcurrency|callers)$/, 'the least: none, or one of them'],
  [/^platform\.(services\.\*\.)?scaling\.(min|max)$/, 'how far the learner lets it go'],
  [/nodeAutoscaler\.minNodes$/, 'the least'],
  [/pricePerServerHourUsd$/, 'a textbook station costs nothing unless it is given a price'],
  [/\.(packageMiB|batchWindowMs)$/, 'nothing beyond what was measured'],
  [/\.(errorRate|cpuFactor)$/, 'how bad the bad version is'],
  [/\.(count|attempts|backoffMs)$/, 'what the learner asks of the services'],
  [/^faults\[\]\.(instance|host|zone)$/, 'the first one'],
  [/\.pricing$/, 'the newest list; each of its prices has its own source in the catalogue'],
  [/^service\.arrivals\./, 'the shape of the load that the learner asks for'],
];

describe('the fields of a schema', () => {
  const schema = z.strictObject({
    plain: field(z.number().min(0).max(5).default(2), { ...label, unit: 's', source: 'a book' }),
    above: field(z.number().positive().max(9), { ...label, unit: 'ms' }),
    yes: field(z.boolean().default(true), label),
    word: field(z.enum(['a', 'b']).default('a'), { ...label, description: 'a or b' }),
    place: field(z.union([z.int().min(1).max(4), z.literal('random')]).default(1), label),
    /** Notes within the optional. */
    inner: field(z.int().min(1).max(3), label).optional(),
    silent: z.number().default(1),
    nested: z.strictObject({ deep: field(z.int().min(0).max(8).default(3), label) }).prefault({}),
    perhaps: z.strictObject({ on: field(z.boolean().default(false), label) }).optional(),
    list: z.array(z.strictObject({ at: field(z.number().min(0).max(1), label) })).default([]),
    names: z.record(z.string(), z.strictObject({ of: field(z.number().min(0).max(1), label) })).default({}),
    law: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('one'), mean: field(z.number().min(0).max(1), label) }),
      z.strictObject({ kind: z.literal('two'), mean: field(z.number().min(0).max(2), label) }),
    ]),
  });
  const fields = listFields(schema, 'file');
  const at = (path: string): ListedField[] => fields.filter((listed) => listed.path === path);

  it('have paths in the order of their definition, whatever they are nested in', () => {
    expect(fields.map(({ path }) => path)).toEqual([
      'file.plain',
      'file.above',
      'file.yes',
      'file.word',
      'file.place',
      'file.inner',
      'file.nested.deep',
      'file.perhaps.on',
      'file.list[].at',
      'file.names.*.of',
      'file.law.kind',
      'file.law.mean',
      'file.law.mean',
    ]);
  });

  it('know kind, range, default and notes', () => {
    expect(at('file.plain')).toEqual([
      expect.objectContaining({
        kind: 'number',
        min: 0,
        max: 5,
        aboveMin: false,
        default: 2,
        unit: 's',
        source: 'a book',
      }),
    ]);
    expect(at('file.above')).toMatchObject([
      { min: 0, max: 9, aboveMin: true, default: undefined, optional: false },
    ]);
    expect(at('file.yes')).toMatchObject([{ kind: 'boolean', default: true }]);
    expect(at('file.word')).toMatchObject([{ kind: 'choice', options: ['a', 'b'], description: 'a or b' }]);
    expect(at('file.place')).toMatchObject([{ kind: 'integer', min: 1, max: 4, options: ['random'] }]);
    expect(at('file.inner')).toMatchObject([{ label, kind: 'integer', min: 1, max: 3, optional: true }]);
  });

  it('know what they belong to', () => {
    expect(at('file.nested.deep')).toMatchObject([{ default: 3, within: null }]);
    expect(at('file.perhaps.on')).toMatchObject([{ within: 'file.perhaps', optional: false }]);
    expect(at('file.list[].at')).toMatchObject([{ within: 'file.list[]' }]);
    expect(at('file.law.kind')).toMatchObject([{ kind: 'choice', options: ['one', 'two'] }]);
    expect(at('file.law.mean').map(({ max, conditions }) => [max, conditions])).toEqual([
      [1, [{ path: 'file.law.kind', value: 'one' }]],
      [2, [{ path: 'file.law.kind', value: 'two' }]],
    ]);
  });
});

describe('every parameter of a simulation file', () => {
  it('reaches what is nested in the platforms', () => {
    const paths = new Set(platformKinds.flatMap((kind) => platformFields(kind).map(({ path }) => path)));
    for (const path of [
      'pods.replicas',
      'hpa.targetCpuPercent',
      'nodeAutoscaler.maxNodes',
      'scaling.min',
      'initMs.meanMs',
    ])
      expect(paths).toContain(`platform.${path}`);
  });

  it('has a label in both languages', () => {
    for (const [, { label: words }] of everyField) {
      expect(words.en).toMatch(/[a-z]/i);
      expect(words['zh-CN']).toMatch(/\p{Script=Han}|vCPU/u);
    }
  });

  it('has a unit and a range where it is a number', () => {
    const numbers = everyField.filter(([, listed]) => isNumber(listed));
    expect(numbers.length).toBeGreaterThan(150);
    expect(numbers.filter(([, { unit }]) => unit === null).map(named)).toEqual([]);
    expect(numbers.filter(([, { min, max }]) => min === null || max === null).map(named)).toEqual([]);
  });

  it('has options where it is a choice', () => {
    const choices = everyField.filter(([, { kind }]) => kind === 'choice');
    expect(choices.filter(([, { options }]) => options.length < 2).map(named)).toEqual([]);
  });

  it('has a default that its own range allows', () => {
    const outside = everyField.filter(
      ([, { default: value, min, max }]) =>
        typeof value === 'number' && ((min !== null && value < min) || (max !== null && value > max)),
    );
    expect(outside.map(named)).toEqual([]);
  });

  it('says where its default comes from, unless that is a choice of the model', () => {
    expect(unsourced.filter(({ path }) => !structural.some(([pattern]) => pattern.test(path)))).toEqual([]);
  });

  it('has no exception that is not needed', () => {
    const idle = structural.filter(([pattern]) => !unsourced.some(({ path }) => pattern.test(path)));
    expect(idle.map(([pattern]) => String(pattern))).toEqual([]);
  });

  it('is explained in Chinese wherever it is explained in English', () => {
    const isProse = (source: string) => source.startsWith('assumption');
    const texts = everyField.flatMap(([, { description, source }]) => [
      ...(description === null ? [] : [description]),
      ...(source !== null && isProse(source) ? [source] : []),
    ]);
    const chinese: Readonly<Record<string, string>> = chineseTexts;
    expect(texts.filter((text) => !/\p{Script=Han}/u.test(chinese[text] ?? ''))).toEqual([]);
    const all = new Set(everyField.flatMap(([, { description, source }]) => [description, source]));
    expect(Object.keys(chinese).filter((text) => !all.has(text))).toEqual([]);
  });
});

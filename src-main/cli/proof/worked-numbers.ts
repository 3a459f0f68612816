import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { all, create } from 'mathjs';
import { z } from 'zod';
import { collectProblems, formatProblem } from '#main/packs/problem.ts';
import { readYaml } from '#main/packs/yaml-file.ts';
import { locales, type Locale } from '#shared/locale.ts';
import type { Lesson, Pack } from '#shared/pack/schema.ts';
import { closedForms } from '#shared/simulation/closed-forms/registry.ts';
import { configure } from '#shared/simulation/configure.ts';
import { parseSimulationFile, runAll } from '#shared/simulation/simulate.ts';
import { examplesIn, readable, type Finding } from './pack-texts.ts';

/** `lessons/<id>/examples.yaml`: where the numbers of the worked examples come from. */
const examplesSchema = z.array(
  z.strictObject({
    /** The English title of the block `:::example`, to the letter. */
    title: z.string().min(1),
    /** Numbers that the text states: inputs, years, parts of names. */
    given: z.array(z.number()).default([]),
    /** Every other number of the text, as it is written, and an expression that gives it. */
    computed: z.array(z.strictObject({ says: z.string().regex(/^-?\d+(\.\d+)?$/), from: z.string().min(1) })),
  }),
);
type Example = z.infer<typeof examplesSchema>[number];

const camelCase = (name: string) =>
  name.replace(/-([a-z0-9])/g, (_whole, letter: string) => letter.toUpperCase());

const math = create(all ?? {}, {});

/** What an expression can call: every closed form by its name in camel case, and `simulate(scenario, changes, metric)`. */
function scopeOf(pack: Pack): Record<string, unknown> {
  const forms = [...closedForms].map(([name, form]) => [camelCase(name), form.compute] as const);
  const simulate = (
    id: string,
    changes: Record<string, string | number | boolean>,
    metric: string,
  ): number => {
    const scenario = pack.scenarios.find((candidate) => candidate.id === id);
    if (!scenario) throw new RangeError(`there is no scenario "${id}"`);
    const parsed = parseSimulationFile(configure(scenario, changes));
    if (!parsed.ok) throw new RangeError(parsed.problems.map(({ message }) => message).join('; '));
    const value = runAll(parsed.file).summary[metric]?.mean;
    if (value === undefined) throw new RangeError(`the run has no metric "${metric}"`);
    return value;
  };
  return Object.fromEntries([...forms, ['simulate', simulate]]);
}

const scale: Readonly<Record<string, number>> = { million: 1e6, billion: 1e9, 万: 1e4, 亿: 1e8 };

/** The numbers that a text writes in digits; exponents and parts of names such as `m5.large` or `S3` are none. */
export function numbersIn(text: string): number[] {
  const pattern =
    /(?<![\p{L}\d_.-])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:\s*(million|billion|万|亿))?(?![\d]*[A-Za-z_]*\d)/gu;
  return [...text.matchAll(pattern)].map(
    ([, digits = '', unit]) => Number(digits.replaceAll(',', '')) * (unit ? (scale[unit] ?? 1) : 1),
  );
}

function textProblems(example: Example, text: string, locale: Locale): string[] {
  const plain = readable(text.split('\n').slice(1).join('\n'), (id) => id, { code: true }).replace(
    /[\u2070-\u209f²³¹]+/g,
    ' ',
  );
  const written = numbersIn(plain);
  const known = [...example.given, ...example.computed.map(({ says }) => Number(says))];
  const isKnown = (number: number) =>
    known.some((candidate) => Math.abs(candidate - number) < 1e-9 * Math.max(1, number));
  const unproved = written.filter((number) => !isKnown(number));
  const missing = example.computed
    .map(({ says }) => Number(says))
    .filter((says) => !written.some((number) => Math.abs(says - number) < 1e-9 * Math.max(1, number)));
  return [
    ...[...new Set(unproved)].map((number) => `${locale}: nothing proves ${number}`),
    ...[...new Set(missing)].map((number) => `${locale}: the text does not say ${number}`),
  ];
}

function proofProblems({ computed }: Example, scope: Record<string, unknown>): string[] {
  return computed.flatMap(({ says, from }) => {
    let value: unknown;
    try {
      value = math.evaluate(from, { ...scope });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return [`${says}: ${from}: ${error.message}`];
    }
    if (typeof value !== 'number') return [`${says}: ${from} gives no number`];
    const decimals = says.split('.')[1]?.length ?? 0;
    const isSaid = Math.abs(value - Number(says)) <= 0.5 * 10 ** -decimals * (1 + 1e-9);
    return isSaid ? [] : [`the text says ${says}, ${from} gives ${value}`];
  });
}

/** What an expression of a worked example must call to count as reproduced by the simulator. */
const callsSimulator = ({ from }: { readonly from: string }) =>
  /\bsimulate\(/.test(from) || [...closedForms.keys()].some((name) => from.includes(`${camelCase(name)}(`));

function lessonProblems(lesson: Lesson, folder: string, scope: Record<string, unknown>): string[] {
  const file = `lessons/${lesson.id}/examples.yaml`;
  const blocks = locales.map((locale) => examplesIn(lesson.body[locale]));
  const [english = []] = blocks;
  if (english.length === 0)
    return existsSync(join(folder, file)) ? ['there is no example in the lesson'] : [];
  const problems = collectProblems();
  const examples = readYaml(folder, file, examplesSchema, problems)?.value;
  if (!examples) return problems.list.map(formatProblem);
  const titles = examples.map(({ title }) => title).join(' | ');
  const expected = english.map(({ title }) => title).join(' | ');
  if (titles !== expected) return [`expected the examples "${expected}", found "${titles}"`];
  const found = examples.flatMap((example, index) =>
    [
      ...locales.flatMap((locale, place) =>
        textProblems(example, blocks[place]?.[index]?.text ?? '', locale),
      ),
      ...proofProblems(example, scope),
    ].map((message) => `"${example.title}": ${message}`),
  );
  const reproduced = examples.some(({ computed }) => computed.some(callsSimulator));
  return reproduced ? found : [...found, 'no number comes from a closed form or from a simulation'];
}

/** Recomputes every number of every worked example, in both languages. */
export function checkWorkedNumbers(pack: Pack, folder: string): Finding[] {
  const scope = scopeOf(pack);
  return pack.lessons.flatMap((lesson) =>
    lessonProblems(lesson, folder, scope).map((message) => ({
      file: `lessons/${lesson.id}/examples.yaml`,
      where: '',
      message,
    })),
  );
}

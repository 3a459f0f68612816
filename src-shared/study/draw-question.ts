import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Localized } from '../locale.ts';
import type { Draw, DrawnValue } from '../pack/draw-schema.ts';
import type { DrawnQuestion, PackQuestion, Question } from '../pack/schema.ts';
import { closedForms } from '../simulation/closed-forms/registry.ts';
import { hashText } from './shuffle.ts';

/** Names of values and results (`bill.totalUsd`) -> numbers. */
type Numbers = Readonly<Record<string, number>>;

export const isDrawn = (question: PackQuestion): question is DrawnQuestion =>
  question.kind === 'drawn-numeric' || question.kind === 'drawn-choice';

/**
 * A question as it is asked. What a drawn question is drawn as follows from its id and the seed alone, so that it looks the
 * same after an undo, on another day and on another machine; all others are asked as they are.
 *
 * @param seed a whole number of at least 0
 * @throws RangeError where the pack asks for what a closed form cannot compute; the check of a pack tries many seeds
 */
export function drawQuestion(question: PackQuestion, seed: number): Question {
  return isDrawn(question) ? drawn(question, seed) : question;
}

function drawn(question: DrawnQuestion, seed: number): Question {
  const numbers = drawNumbers(question.draw, `${question.id}:${seed}`);
  const filled = (text: Localized): Localized => fill(text, numbers);
  if (question.kind === 'drawn-choice') {
    return {
      ...question,
      kind: 'single-choice',
      draw: seed,
      stem: filled(question.stem),
      options: question.options.map((option) => ({
        ...option,
        text: filled(option.text),
        why: filled(option.why),
      })),
    };
  }
  const { toleranceShare, decimals, ...rest } = question;
  const exact = numberOf(question.answer, numbers);
  return {
    ...rest,
    kind: 'numeric',
    draw: seed,
    stem: filled(question.stem),
    answer: Number(exact.toFixed(decimals)),
    // Who rounds as the answer is shown is never wrong.
    tolerance: roundedUp(Math.max(Math.abs(exact) * toleranceShare, 0.5 / 10 ** decimals)),
    unit: filled(question.unit),
    explanation: filled(question.explanation),
  };
}

/** Two digits are enough for a tolerance that is shown. */
function roundedUp(tolerance: number): number {
  const unit = 10 ** (Math.floor(Math.log10(tolerance)) - 1);
  return Number((Math.ceil(tolerance / unit - 1e-9) * unit).toPrecision(2));
}

/** Draws the values and computes the results. */
export function drawNumbers(draw: Draw, seed: string): Numbers {
  const random = xoroshiro128plus(hashText(seed));
  const numbers: Record<string, number> = {};
  for (const [name, value] of Object.entries(draw.values)) {
    const count = countOf(value);
    numbers[name] = valueAt(value, uniformInt(random, 0, count - 1));
  }
  for (const { as, form, of } of draw.results) {
    const closedForm = closedForms.get(form);
    if (!closedForm) throw new RangeError(`there is no closed form "${form}"`);
    const inputs = Object.entries(of).map(([name, value]) => [
      name,
      typeof value === 'number' ? value : numberOf(value, numbers),
    ]);
    for (const [output, value] of Object.entries(closedForm.compute(Object.fromEntries(inputs) as Numbers)))
      numbers[`${as}.${output}`] = value;
  }
  return numbers;
}

function countOf(value: DrawnValue): number {
  return Array.isArray(value) ? value.length : Math.floor((value.to - value.from) / value.step + 1e-9) + 1;
}

function valueAt(value: DrawnValue, index: number): number {
  const drawn = Array.isArray(value) ? (value[index] as number) : value.from + index * value.step;
  return Number(drawn.toPrecision(12));
}

function numberOf(name: string, numbers: Numbers): number {
  const number = Object.hasOwn(numbers, name) ? numbers[name] : undefined;
  if (number === undefined) throw new RangeError(`there is no value or result "${name}"`);
  return number;
}

const placeholder = /\{\{([^{}:]+)(?::([^{}]+))?\}\}/g;

/** Chinese texts have a space between a number and a Han character; what stands in for a number cannot know. */
const spaced = (text: string): string =>
  text.replace(/(\d%?)(?=\p{Script=Han})/gu, '$1 ').replace(/(\p{Script=Han})(?=\d)/gu, '$1 ');

function fill(text: Localized, numbers: Numbers): Localized {
  const inLanguage = (language: string, source: string) => {
    const filled = source.replace(placeholder, (_whole, name: string, format: string | undefined) =>
      formatted(numberOf(name.trim(), numbers), format?.trim() ?? '2', language),
    );
    return language === 'zh-CN' ? spaced(filled) : filled;
  };
  const filled = Object.entries(text).map(([language, source]) => [language, inLanguage(language, source)]);
  return Object.fromEntries(filled) as Localized;
}

/** A number as texts of a language write it: the Chinese ones without separators. */
function formatted(value: number, format: string, language: string): string {
  const options: Intl.NumberFormatOptions = { useGrouping: language !== 'zh-CN' };
  if (/^[0-6]$/.test(format)) options.maximumFractionDigits = Number(format);
  else if (format === '%') Object.assign(options, { style: 'percent', maximumFractionDigits: 1 });
  else if (format === 'compact')
    Object.assign(options, { notation: 'compact', compactDisplay: 'long', maximumFractionDigits: 2 });
  else throw new RangeError(`there is no format "${format}"`);
  const key = `${language}:${format}`;
  // Making one takes far longer than using it.
  const formatter = formatters.get(key) ?? new Intl.NumberFormat(language, options);
  formatters.set(key, formatter);
  return formatter.format(value);
}

const formatters = new Map<string, Intl.NumberFormat>();

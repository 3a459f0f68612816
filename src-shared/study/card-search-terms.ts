import { questionKinds } from '../pack/question-schema.ts';
import { patternSchema } from '../pack/schema.ts';
import { cardFlags, cardPhases, leechLapses, type CardPhase } from './card.ts';

/** What a search reads of the cards, by row. A function per column, so that typed arrays and plain ones serve alike. */
export interface CardColumns {
  readonly length: number;
  id(row: number): string;
  lessonId(row: number): string;
  packId(row: number): string;
  pattern(row: number): string;
  kind(row: number): string;
  tags(row: number): readonly string[];
  facts(row: number): readonly string[];
  /** Difficulty that the pack gives the question, 1-5. */
  level(row: number): number;
  /** Title of the lesson in every language, through `normaliseForSearch`. */
  lessonTitles(row: number): string;
  /** Text of the question in every language, through `normaliseForSearch`, with a line break between the languages. */
  text(row: number): string;
  phase(row: number): CardPhase;
  /** Number of the study day; read for cards that are not new only. */
  dueDay(row: number): number;
  /** Days. */
  stability(row: number): number;
  /** 1-10. */
  difficulty(row: number): number;
  intervalDays(row: number): number;
  reps(row: number): number;
  lapses(row: number): number;
  /** Number of the study day of the last answer; NaN for a card never seen. */
  lastDay(row: number): number;
  flag(row: number): number;
  suspended(row: number): boolean;
  /** Whether it is buried today. */
  buried(row: number): boolean;
  /** Retrievability now, 0-1. */
  recall(row: number): number;
  /** Whether the question is drawn with other numbers each time. */
  drawn(row: number): boolean;
}

export type Test = (columns: CardColumns, row: number) => boolean;

/** A search that was understood; `compileCardSearch` makes a test of rows from it. */
export interface CardQuery {
  /** How long its test takes, in comparisons of numbers. */
  readonly cost: number;
  readonly test: (today: number) => Test;
}

/** What is wrong with a search, as data: the interface words it in the language of the learner. */
export interface CardSearchError {
  readonly kind:
    'unknown-field' | 'bad-number' | 'unknown-value' | 'unclosed-quote' | 'unclosed-group' | 'unexpected';
  /** Where in the search, in UTF-16 units from 0; its length where something is missing at the end. */
  readonly at: number;
  /** What stands there; empty where something is missing. */
  readonly what: string;
  /** What could stand there. */
  readonly known?: readonly string[];
}

export type ParsedCardSearch =
  { readonly ok: true; readonly query: CardQuery } | { readonly ok: false; readonly error: CardSearchError };

const found = (cost: number, test: CardQuery['test']): ParsedCardSearch => ({
  ok: true,
  query: { cost, test },
});

export function wrong(
  kind: CardSearchError['kind'],
  at: number,
  what: string,
  known?: Iterable<string>,
): ParsedCardSearch {
  return { ok: false, error: { kind, at, what, ...(known && { known: [...known] }) } };
}

/**
 * The form in which texts are compared: lower case, compatibility forms (full-width letters, ligatures) made one (NFKC,
 * https://www.unicode.org/reports/tr15/). Keeps spaces and line breaks. Its own result stays as it is.
 */
export function normaliseForSearch(text: string): string {
  // A lower-case letter may join an accent that no capital joins: J and a caron become one character only as small letters.
  return text.normalize('NFKC').toLowerCase().normalize('NFKC');
}

/** Costs of tests that read texts, in comparisons of numbers. */
const nameCost = 10;
const textCost = 100;

type Read = (columns: CardColumns, row: number, today: number) => number;

/** New cards have none of these: NaN makes each comparison with it false, `!=` too. */
const ofSeen =
  (read: Read): Read =>
  (columns, row, today) =>
    columns.phase(row) === 'new' ? NaN : read(columns, row, today);

const due = ofSeen((columns, row, today) => columns.dueDay(row) - today);
const stability = ofSeen((columns, row) => columns.stability(row));
const difficulty = ofSeen((columns, row) => columns.difficulty(row));
const numberFields = new Map<string, Read>([
  ['due', due],
  ['r', ofSeen((columns, row) => columns.recall(row))],
  ['s', stability],
  ['stability', stability],
  ['d', difficulty],
  ['difficulty', difficulty],
  ['interval', ofSeen((columns, row) => columns.intervalDays(row))],
  ['reps', (columns, row) => columns.reps(row)],
  ['lapses', (columns, row) => columns.lapses(row)],
  ['level', (columns, row) => columns.level(row)],
]);

const nameFields = new Map<string, (value: string) => Test>([
  [
    'lesson',
    (value) => (columns, row) =>
      columns.lessonId(row).includes(value) || columns.lessonTitles(row).includes(value),
  ],
  ['pack', (value) => (columns, row) => columns.packId(row).includes(value)],
  // The first words of a tag are enough, but half a word is not: `tag:vm` leaves out `vmware`.
  ['tag', (value) => (columns, row) => columns.tags(row).some((tag) => `${tag}-`.startsWith(`${value}-`))],
  // Facts are numbered, so that a part of one names another: `H1` is not `H12`.
  ['fact', (value) => (columns, row) => columns.facts(row).some((fact) => fact.toLowerCase() === value)],
  ['id', (value) => (columns, row) => columns.id(row).includes(value)],
]);

const stateTests = new Map<string, CardQuery['test']>([
  ...cardPhases.map((phase): [string, CardQuery['test']] => [
    phase,
    () => (columns, row) => columns.phase(row) === phase,
  ]),
  // As in Anki, what is suspended or buried is not due: it would not be asked.
  [
    'due',
    (today) => (columns, row) =>
      due(columns, row, today) <= 0 && !columns.suspended(row) && !columns.buried(row),
  ],
  ['suspended', () => (columns, row) => columns.suspended(row)],
  ['buried', () => (columns, row) => columns.buried(row)],
  ['leech', () => (columns, row) => columns.lapses(row) >= leechLapses],
  ['drawn', () => (columns, row) => columns.drawn(row)],
]);

/** Fields with a few values. Part of a value is enough (`kind:choice`); a whole one means only itself. */
const choiceFields = new Map<
  string,
  { values: readonly string[]; read: (columns: CardColumns, row: number) => string }
>([
  ['pattern', { values: patternSchema.options, read: (columns, row) => columns.pattern(row) }],
  ['kind', { values: questionKinds, read: (columns, row) => columns.kind(row) }],
]);

const fieldNames = [
  ...nameFields.keys(),
  ...choiceFields.keys(),
  'flag',
  'is',
  'rated',
  ...numberFields.keys(),
];

/**
 * Equal means equal as far as it is written, as a learner reads numbers off the screen: `r=90%` is 0.895 up to 0.905.
 * `half` is half a unit of the last digit that was written.
 */
const comparisons: Record<string, (number: number, value: number, half: number) => boolean> = {
  '<': (number, value) => number < value,
  '<=': (number, value) => number <= value,
  '>': (number, value) => number > value,
  '>=': (number, value) => number >= value,
  '=': (number, value, half) => number >= value - half && number < value + half,
  '!=': (number, value, half) => number < value - half || number >= value + half,
};

function numberTerm(field: string, operator: string, written: string, at: number): ParsedCardSearch {
  const [, digits, decimals = '', percent] = /^(-?\d{1,9}(?:\.(\d{1,9}))?)(%?)$/.exec(written) ?? [];
  const unit = percent ? 100 : 1;
  const value = Number(digits) / unit;
  const half = 0.5 / 10 ** decimals.length / unit;
  const possible = field === 'r' ? value >= 0 && value <= 1 : !percent;
  const read = numberFields.get(field);
  const compare = comparisons[operator === ':' ? '=' : operator];
  if (digits === undefined || !possible || !read || !compare) return wrong('bad-number', at, written);
  return found(1, (today) => (columns, row) => compare(read(columns, row, today), value, half));
}

function namedTerm(field: string, written: string, at: number): ParsedCardSearch {
  const value = normaliseForSearch(written);
  const name = nameFields.get(field);
  if (name) return value ? found(nameCost, () => name(value)) : wrong('unknown-value', at, written);
  const choice = choiceFields.get(field);
  if (choice) {
    const { values, read } = choice;
    const meant = values.includes(value) ? [value] : values.filter((known) => value && known.includes(value));
    if (meant.length === 0) return wrong('unknown-value', at, written, values);
    return found(1, () => (columns, row) => meant.includes(read(columns, row)));
  }
  if (field === 'flag') {
    const flag = cardFlags.find((known) => String(known) === value);
    if (flag === undefined) return wrong('unknown-value', at, written, cardFlags.map(String));
    return found(1, () => (columns, row) => columns.flag(row) === flag);
  }
  if (field === 'rated') {
    if (!/^0*[1-9]\d{0,8}$/.test(value)) return wrong('bad-number', at, written);
    return found(1, (today) => (columns, row) => columns.lastDay(row) > today - Number(value));
  }
  const state = stateTests.get(value);
  return state ? found(1, state) : wrong('unknown-value', at, written, stateTests.keys());
}

export function textTerm(text: string): ParsedCardSearch {
  const value = normaliseForSearch(text);
  return found(textCost, () => (columns, row) => columns.text(row).includes(value));
}

/** A field with what is written after it. @param start where the field stands; its operator and value follow at once */
export function fieldTerm(
  { name, operator, value }: { readonly name: string; readonly operator: string; readonly value: string },
  start: number,
): ParsedCardSearch {
  const field = name.toLowerCase();
  const at = start + name.length + operator.length;
  if (numberFields.has(field)) return numberTerm(field, operator, value, at);
  if (!fieldNames.includes(field)) return wrong('unknown-field', start, name, fieldNames);
  if (operator !== ':') return wrong('unexpected', at - operator.length, operator, [':']);
  return namedTerm(field, value, at);
}

import type { CheckedInput, CardPage, CardSort } from '#shared/contract/contract.ts';
import type { Locale } from '#shared/locale.ts';
import type { Lesson } from '#shared/pack/schema.ts';
import {
  compileCardSearch,
  normaliseForSearch,
  parseCardSearch,
  type CardColumns,
  type CardSearchError,
} from '#shared/study/card-search.ts';
import { isDrawn } from '#shared/study/draw-question.ts';
import type { CardIndex } from '#main/study/card-index.ts';
import { curveOf } from '#main/study/scheduling.ts';
import type { Context } from '../port.ts';
import { cardRow } from './card-row.ts';
import { sortRows } from './sort-rows.ts';

interface SearchTexts {
  /** Each question as a search reads it, made when it is first looked through. */
  textAt(row: number): string;
  titles: ReadonlyMap<string, string>;
}

const searchTexts = new WeakMap<CardIndex, SearchTexts>();

function textsOf({ cards, library }: Pick<Context, 'cards' | 'library'>): SearchTexts {
  const index = cards();
  let known = searchTexts.get(index);
  if (!known) {
    const texts: string[] = [];
    const make = (row: number) => {
      const stem = index.questionAt(row)?.stem;
      return stem ? normaliseForSearch(`${stem.en}\n${stem['zh-CN']}`).replace(/\s+/g, ' ') : '';
    };
    const titleOf = ({ title }: Lesson) => normaliseForSearch(`${title.en}\n${title['zh-CN']}`);
    known = {
      textAt: (row) => (texts[row] ??= make(row)),
      titles: new Map(library.lessons.map((lesson) => [lesson.id, titleOf(lesson)])),
    };
    searchTexts.set(index, known);
  }
  return known;
}

/** The cards as the search language sees them. Only rows with a question are asked for. */
function columnsOf(context: Context, today: number): CardColumns {
  const cards = context.cards();
  const { textAt, titles } = textsOf(context);
  const curve = curveOf(context.settings());
  return {
    length: cards.length,
    id: (row) => cards.idAt(row),
    lessonId: (row) => cards.questionAt(row)?.lessonId ?? '',
    packId: (row) => cards.questionAt(row)?.packId ?? '',
    pattern: (row) => cards.questionAt(row)?.pattern ?? '',
    kind: (row) => cards.questionAt(row)?.kind ?? '',
    tags: (row) => cards.questionAt(row)?.tags ?? [],
    facts: (row) => cards.questionAt(row)?.facts ?? [],
    level: (row) => cards.questionAt(row)?.difficulty ?? 0,
    lessonTitles: (row) => titles.get(cards.questionAt(row)?.lessonId ?? '') ?? '',
    text: textAt,
    phase: (row) => cards.stateAt(row).phase,
    dueDay: (row) => cards.dueDayAt(row),
    stability: (row) => cards.stabilityAt(row),
    difficulty: (row) => cards.stateAt(row).difficulty,
    intervalDays: (row) => cards.stateAt(row).intervalDays,
    reps: (row) => cards.stateAt(row).reps,
    lapses: (row) => cards.stateAt(row).lapses,
    lastDay: (row) => cards.lastDayAt(row),
    flag: (row) => cards.stateAt(row).flag,
    suspended: (row) => cards.stateAt(row).suspended,
    buried: (row) => cards.stateAt(row).buriedDay === today,
    recall: (row) => (cards.isNewAt(row) ? 0 : cards.recallAt(row, today, curve)),
    drawn: (row) => {
      const question = cards.questionAt(row);
      return question !== undefined && isDrawn(question);
    },
  };
}

/** Rows that a search finds, in teaching order; or why it cannot be read. */
export function findRows(context: Context, search: string): Int32Array | CardSearchError {
  const parsed = parseCardSearch(search);
  if (!parsed.ok) return parsed.error;
  const { studyDay: today } = context.moment();
  const columns = columnsOf(context, today);
  const matches = compileCardSearch(parsed.query, { today });
  const cards = context.cards();
  const rows = new Int32Array(cards.length);
  let found = 0;
  for (let row = 0; row < cards.length; row += 1) {
    if (!cards.questionAt(row) || !matches(columns, row)) continue;
    rows[found] = row;
    found += 1;
  }
  return rows.subarray(0, found);
}

const minuteMs = 60_000;

const collators: Readonly<Record<Locale, Intl.Collator>> = {
  en: new Intl.Collator('en'),
  'zh-CN': new Intl.Collator('zh-CN'),
};

/** Ranks of texts in the order of a language, made once: comparing 100,000 texts at each sort takes seconds. */
const textRanks = new WeakMap<CardIndex, Map<string, Float64Array>>();

function ranksOf(context: Context, by: 'stem' | 'lesson', locale: Locale): Float64Array {
  const cards = context.cards();
  let known = textRanks.get(cards);
  if (!known) textRanks.set(cards, (known = new Map()));
  let ranks = known.get(`${by}:${locale}`);
  if (!ranks) {
    const texts = Array.from({ length: cards.length }, (_, row) => {
      const question = cards.questionAt(row);
      return (by === 'stem' ? question?.stem : question?.lessonTitle)?.[locale] ?? '';
    });
    const sorted = [...new Set(texts)].sort(collators[locale].compare);
    const rankOf = new Map(sorted.map((text, rank) => [text, rank]));
    ranks = Float64Array.from(texts, (text) => rankOf.get(text) ?? 0);
    known.set(`${by}:${locale}`, ranks);
  }
  return ranks;
}

/** The number that a row is sorted by; NaN goes last in both directions. */
function keyOf(context: Context, sort: CardSort, locale: Locale): (row: number) => number {
  const cards = context.cards();
  const { at: now, studyDay: today } = context.moment();
  const columns = columnsOf(context, today);
  const seen = (value: (row: number) => number) => (row: number) => (cards.isNewAt(row) ? NaN : value(row));
  switch (sort) {
    case 'teaching':
      return (row) => row;
    case 'stem':
    case 'lesson': {
      const ranks = ranksOf(context, sort, locale);
      return (row) => ranks[row] ?? 0;
    }
    case 'kind': {
      const kinds = [...new Set(context.library.questions.map(({ kind }) => kind as string))].sort();
      return (row) => kinds.indexOf(columns.kind(row));
    }
    case 'due':
      // In minutes from now on: a 32-bit float has no room for milliseconds since 1970.
      return seen((row) => (cards.stateAt(row).dueAt - now) / minuteMs);
    case 'recall':
      return seen(columns.recall);
    case 'stability':
      return seen(columns.stability);
    case 'difficulty':
      return seen(columns.difficulty);
    case 'interval':
      return seen(columns.intervalDays);
    case 'reps':
      return columns.reps;
    case 'lapses':
      return columns.lapses;
    case 'last':
      return (row) => ((cards.stateAt(row).lastReviewAt ?? NaN) - now) / minuteMs;
    case 'flag':
      return columns.flag;
  }
}

type Search = CheckedInput<'cards.search'>;

/** The rows of the search before, so that scrolling on sorts nothing again. */
const lastResults = new WeakMap<CardIndex, { key: string; rows: Int32Array }>();

function resultsOf(context: Context, input: Search): Int32Array | CardSearchError {
  const cards = context.cards();
  const { studyDay: today } = context.moment();
  const { search, sort, descending, locale } = input;
  const { weights } = context.settings();
  const key = JSON.stringify([cards.version, today, weights, search, sort, descending, locale]);
  const known = lastResults.get(cards);
  if (known?.key === key) return known.rows;
  const found = findRows(context, search);
  if (!(found instanceof Int32Array)) return found;
  if (sort !== 'teaching' || descending) sortRows(found, keyOf(context, sort, locale), descending);
  lastResults.set(cards, { key, rows: found });
  return found;
}

/** One page of the table of all cards. */
export function searchCards(context: Context, input: Search): CardPage {
  const results = resultsOf(context, input);
  if (!(results instanceof Int32Array)) return { rows: [], total: 0, problem: results };
  const { studyDay: today } = context.moment();
  const curve = curveOf(context.settings());
  const page = results.subarray(input.offset, input.offset + input.limit);
  return {
    rows: [...page].flatMap((row) => cardRow(context, row, today, curve) ?? []),
    total: results.length,
    problem: null,
  };
}

import type { CardRow, CardSort } from '#shared/contract/contract.ts';
import { formatInDays, formatNumber, formatPercent, formatSpan } from '../../i18n/format.svelte.ts';
import { t, text } from '../../i18n/i18n.svelte.ts';
import { plainText } from '../../text/plain-text.ts';

export interface Column {
  readonly name:
    'stem' | 'lesson' | 'kind' | 'state' | 'due' | 'recall' | 'stability' | 'difficulty' | 'lapses' | 'reps';
  /** What a click on its header sorts by. */
  readonly sort: CardSort | null;
  /** As CSS has it for a column of a grid. */
  readonly width: string;
  readonly isNumber: boolean;
}

const column = (name: Column['name'], width: string, sort: CardSort | null, isNumber = false): Column => ({
  name,
  width,
  sort,
  isNumber,
});
const stem = column('stem', 'minmax(9rem, 1fr)', 'stem');
const numbers = [
  column('due', '6.25rem', 'due', true),
  column('recall', '4.25rem', 'recall', true),
  column('stability', '5.75rem', 'stability', true),
  column('difficulty', '4.9rem', 'difficulty', true),
  column('lapses', '4.25rem', 'lapses', true),
  column('reps', '4.6rem', 'reps', true),
];

const everySort: Readonly<Record<CardSort, true>> = {
  teaching: true,
  stem: true,
  lesson: true,
  kind: true,
  due: true,
  recall: true,
  stability: true,
  difficulty: true,
  interval: true,
  reps: true,
  lapses: true,
  last: true,
  flag: true,
};
/** What the list can be sorted by, by the contract; its own table would bring its schemas into the page. */
export const sorts = Object.keys(everySort) as CardSort[];

/** How much room there is: every column; lesson and kind below the question; everything below the question. */
export type Room = 'all' | 'some' | 'one';

export const columnsFor: Readonly<Record<Room, readonly Column[]>> = {
  all: [
    stem,
    column('lesson', '11rem', 'lesson'),
    column('kind', '7.5rem', 'kind'),
    column('state', '10rem', null),
    ...numbers,
  ],
  some: [stem, column('state', '9.75rem', null), ...numbers],
  one: [stem],
};

/** @param widthRem of the table */
export function roomIn(widthRem: number): Room {
  if (widthRem >= 82) return 'all';
  return widthRem >= 56 ? 'some' : 'one';
}

const none = '–';
const dayMs = 86_400_000;

/** The name of a card where only plain text goes. */
export const nameOf = (row: CardRow): string => plainText(text(row.stem)).replace(/\s+/g, ' ').trim();

/** The learner meets a question that is drawn as one of the kind that is drawn. */
export function kindText({ kind }: CardRow): string {
  if (kind === 'drawn-choice') return t('kind.single-choice');
  return t(`kind.${kind === 'drawn-numeric' ? 'numeric' : kind}`);
}

export function dueText(row: CardRow): string {
  return row.dueInDays === null ? none : formatInDays(row.dueInDays);
}

/** What a cell with one line of text says. */
export function cellText(row: CardRow, name: Column['name']): string {
  const { state } = row;
  const isNew = state.phase === 'new';
  switch (name) {
    case 'stem':
      return nameOf(row);
    case 'lesson':
      return text(row.lessonTitle);
    case 'kind':
      return kindText(row);
    case 'state':
      return t(`phase.${state.phase}`);
    case 'due':
      return dueText(row);
    case 'recall':
      return row.recall === null ? none : formatPercent(row.recall);
    case 'stability':
      return isNew ? none : formatSpan(state.stability * dayMs, state.stability < 1 ? 'short' : 'long');
    case 'difficulty':
      return isNew ? none : formatNumber(state.difficulty, { maximumFractionDigits: 1 });
    case 'lapses':
      return formatNumber(state.lapses);
    case 'reps':
      return formatNumber(state.reps);
  }
}

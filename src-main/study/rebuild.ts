import type { Database } from 'better-sqlite3';
import { freshCard, type CardState } from '#shared/study/card.ts';
import { replayAnswer } from '#shared/study/schedule.ts';
import { readCards, removeAllCards, writeCard } from './card-store.ts';
import type { LogEntry } from './log-entry.ts';
import { standingEntries } from './log-store.ts';
import { loggedRules, optionsOf, type Rule } from './rules.ts';

/** What a change by hand did, on top of what the card is. */
function changed(card: CardState, { before, after }: LogEntry): CardState {
  if (after === null) return card;
  const differing = Object.entries(after).filter(([key, value]) => before[key as keyof CardState] !== value);
  return { ...card, ...(Object.fromEntries(differing) as Partial<CardState>) };
}

function afterEntry(card: CardState, entry: LogEntry, ruleOf: (id: number | null) => Rule): CardState {
  if (entry.kind === 'change') return changed(card, entry);
  if (entry.kind === 'practice' || entry.grade === null) return card;
  const options = optionsOf(ruleOf(entry.rule), entry.desiredRetention ?? 0.9);
  return replayAnswer(card, entry.grade, entry.at, entry.calendar, options, entry.after?.intervalDays ?? 0);
}

/**
 * All cards as they follow from the log alone: each answer that stands is worked out again from the card before it, under the
 * calendar, the rule and the wanted retention of its time; only the day that the load of that time chose is taken from the log.
 */
function rebuildCards(database: Database): Map<string, CardState> {
  const ruleOf = loggedRules(database);
  const cards = new Map<string, CardState>();
  for (const entry of standingEntries(database)) {
    cards.set(entry.questionId, afterEntry(cards.get(entry.questionId) ?? freshCard, entry, ruleOf));
  }
  return cards;
}

export interface CardDifference {
  readonly questionId: string;
  readonly field: string;
  readonly kept: unknown;
  readonly rebuilt: unknown;
}

/** Where the cards that are kept differ from those that follow from the log; empty where all is well. */
export function checkCards(database: Database): readonly CardDifference[] {
  const rebuilt = rebuildCards(database);
  const differences: CardDifference[] = [];
  const compare = (questionId: string, kept: CardState, again: CardState) => {
    for (const field of Object.keys(freshCard) as (keyof CardState)[]) {
      if (kept[field] !== again[field])
        differences.push({ questionId, field, kept: kept[field], rebuilt: again[field] });
    }
  };
  for (const { questionId, state } of readCards(database)) {
    compare(questionId, state, rebuilt.get(questionId) ?? freshCard);
    rebuilt.delete(questionId);
  }
  for (const [questionId, state] of rebuilt) compare(questionId, freshCard, state);
  return differences;
}

/** Puts the cards that follow from the log in the place of those that are kept. */
export function writeRebuilt(database: Database): void {
  database
    .transaction(() => {
      const rebuilt = rebuildCards(database);
      removeAllCards(database);
      for (const [questionId, state] of rebuilt) writeCard(database, questionId, state);
    })
    .immediate();
}

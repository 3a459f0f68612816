import type { CardEvent, CheckedInput, WhichCards } from '#shared/contract/contract.ts';
import { fail, ok } from '#shared/contract/result.ts';
import { freshCard, type CardState } from '#shared/study/card.ts';
import { defaultWeights, firstMemory } from '#shared/study/memory.ts';
import { startOfStudyDay } from '#shared/study/study-day.ts';
import type { LibraryQuestion } from '#main/packs/library.ts';
import { perform } from '#main/study/deeds.ts';
import { entriesWithUndone } from '#main/study/log-store.ts';
import { curveOf } from '#main/study/scheduling.ts';
import { readOwnWords } from '#main/study/session-store.ts';
import { deedPort } from '../deed-port.ts';
import type { Context, FeatureHandlers } from '../port.ts';
import { cardRow } from './card-row.ts';
import { findRows, searchCards } from './search.ts';

const forgettingDays = 60;

type Change = CheckedInput<'cards.change'>['change'];

/** The questions that are meant; those that no pack has are left out. */
function chosen(
  context: Context,
  which: WhichCards,
): readonly LibraryQuestion[] | { problem: string; at: number } {
  if ('ids' in which) return which.ids.flatMap((id) => context.library.question(id) ?? []);
  const rows = findRows(context, which.search);
  if (!(rows instanceof Int32Array)) return { problem: rows.what, at: rows.at };
  const cards = context.cards();
  return [...rows].flatMap((row) => cards.questionAt(row) ?? []);
}

/** What a change makes of a card. */
function patchOf(context: Context, change: Change, card: CardState): Partial<CardState> {
  const { at, studyDay: today, calendar } = context.moment();
  switch (change.do) {
    case 'suspend':
      return { suspended: true };
    case 'unsuspend':
      return { suspended: false };
    case 'bury':
      return { buriedDay: today };
    case 'unbury':
      return { buriedDay: null };
    case 'flag':
      return { flag: change.flag };
    case 'reset': {
      const { suspended, buriedDay, flag } = card;
      return { ...freshCard, suspended, buriedDay, flag };
    }
    case 'set-due': {
      const due = {
        phase: 'review' as const,
        step: 0,
        dueAt: startOfStudyDay(today + change.inDays, calendar),
        intervalDays: Math.max(1, change.inDays),
      };
      if (card.phase !== 'new') return due;
      // Who sets a day for a card never seen says that it is known: as if answered Good now.
      const memory = firstMemory(3, context.settings().weights ?? defaultWeights);
      return { ...due, ...memory, lastReviewAt: at, reps: 1 };
    }
  }
}

function historyOf(context: Context, questionId: string): CardEvent[] {
  return entriesWithUndone(context.database, questionId).map(({ entry, undone }) => ({
    id: entry.id,
    at: entry.at,
    kind: entry.kind,
    change: entry.change,
    grade: entry.grade,
    correct: entry.correct,
    confidence: entry.confidence,
    answerMs: entry.answerMs,
    predicted: entry.predicted,
    after: entry.after,
    undone,
  }));
}

function forgettingOf(context: Context, row: number, today: number): number[] {
  const cards = context.cards();
  if (cards.isNewAt(row)) return [];
  const curve = curveOf(context.settings());
  return Array.from({ length: forgettingDays }, (_, day) => cards.recallAt(row, today + day, curve));
}

export const cardsHandlers: FeatureHandlers<'cards'> = {
  'cards.search': (input, context) => ok(searchCards(context, input)),

  'cards.info': ({ id }, context) => {
    const cards = context.cards();
    const { studyDay: today } = context.moment();
    const index = cards.rowOf(id);
    const question = index === undefined ? undefined : cards.questionAt(index);
    if (index === undefined || !question) return fail('not-found', { id });
    const row = cardRow(context, index, today, curveOf(context.settings()));
    if (!row) return fail('not-found', { id });
    return ok({
      row,
      packId: question.packId,
      section: question.section,
      tags: question.tags,
      facts: question.facts,
      ownWords: readOwnWords(context.database, id),
      history: historyOf(context, id),
      forgetting: forgettingOf(context, index, today),
    });
  },

  'cards.change': ({ which, change }, context) => {
    const questions = chosen(context, which);
    if ('problem' in questions) {
      const search = 'search' in which ? which.search : '';
      return fail('search-unreadable', { search, at: questions.at + 1, what: questions.problem });
    }
    let changed = 0;
    perform(
      deedPort(context),
      change.do,
      (deed) => {
        for (const { id, lessonId } of questions) {
          const patch = patchOf(context, change, deed.state(id));
          if (deed.change(id, lessonId, change.do, patch)) changed += 1;
        }
      },
      () => ({ count: changed }),
    );
    if (changed > 0) context.emit('study.changed', null);
    return ok({ changed });
  },
};

import type { Database } from 'better-sqlite3';
import { readCards } from './store.ts';

/** Questions that the learner has answered at least once; what other features may ask of this one. */
export function readAnsweredQuestionIds(database: Database): Set<string> {
  return new Set(readCards(database).map(({ questionId }) => questionId));
}

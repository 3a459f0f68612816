import type { Database } from 'better-sqlite3';
import { prepared } from '#main/database/prepared.ts';

interface OwnWords {
  readonly questionId: string;
  readonly text: string;
}

/** What the learner wrote of questions in words of their own, by question. */
export function readAllOwnWords(database: Database): OwnWords[] {
  return prepared<[], OwnWords>(
    database,
    'SELECT question_id AS questionId, text FROM own_words ORDER BY question_id',
  ).all();
}

/** A text that is another one after each change of the own words. */
export function ownWordsVersion(database: Database): string {
  return (
    prepared<[], string>(
      database,
      `SELECT count(*) || ':' || coalesce(max(updated_at), 0) || ':' || coalesce(sum(length(text)), 0) FROM own_words`,
    )
      .pluck()
      .get() ?? ''
  );
}

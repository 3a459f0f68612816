import type { Database } from 'better-sqlite3';
import type { CardFlag, CardPhase, CardState } from '#shared/study/card.ts';
import { prepared } from '#main/database/prepared.ts';

interface CardRow {
  question_id: string;
  phase: CardPhase;
  due_at: number;
  stability: number;
  difficulty: number;
  step: number;
  interval_days: number;
  reps: number;
  lapses: number;
  last_review_at: number | null;
  suspended: number;
  buried_day: number | null;
  flag: CardFlag;
}

export interface StoredCard {
  readonly questionId: string;
  readonly state: CardState;
}

/** All cards that the learner has seen or marked, in no order. */
export function* readCards(database: Database): Generator<StoredCard> {
  for (const row of prepared<[], CardRow>(database, 'SELECT * FROM card').iterate()) {
    yield {
      questionId: row.question_id,
      state: {
        phase: row.phase,
        dueAt: row.due_at,
        stability: row.stability,
        difficulty: row.difficulty,
        step: row.step,
        intervalDays: row.interval_days,
        reps: row.reps,
        lapses: row.lapses,
        lastReviewAt: row.last_review_at,
        suspended: row.suspended === 1,
        buriedDay: row.buried_day,
        flag: row.flag,
      },
    };
  }
}

/** A card of which there is nothing to keep. */
const isUntouched = ({ phase, suspended, buriedDay, flag }: CardState) =>
  phase === 'new' && !suspended && buriedDay === null && flag === 0;

/** Writes what is known of a question; a card that is as if never seen has no row. */
export function writeCard(database: Database, questionId: string, state: CardState): void {
  if (isUntouched(state)) {
    prepared(database, 'DELETE FROM card WHERE question_id = ?').run(questionId);
    return;
  }
  prepared(
    database,
    `INSERT OR REPLACE INTO card (question_id, phase, due_at, stability, difficulty, step, interval_days, reps, lapses,
         last_review_at, suspended, buried_day, flag)
       VALUES (:questionId, :phase, :dueAt, :stability, :difficulty, :step, :intervalDays, :reps, :lapses,
         :lastReviewAt, :suspended, :buriedDay, :flag)`,
  ).run({ questionId, ...state, suspended: Number(state.suspended) });
}

export function removeAllCards(database: Database): void {
  prepared(database, 'DELETE FROM card').run();
}

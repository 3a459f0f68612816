import type { Database } from 'better-sqlite3';
import { prepared } from '#main/database/prepared.ts';
import type { Attempt } from '#shared/contract/contract.ts';

interface AttemptRow {
  id: number;
  scenario_id: string;
  at: number;
  place: Attempt['place'];
  changes: string;
  seed: number;
  prediction: string;
  metrics: string;
  met: number | null;
}

const toAttempt = (row: AttemptRow): Attempt => ({
  id: row.id,
  scenarioId: row.scenario_id,
  at: row.at,
  place: row.place,
  changes: JSON.parse(row.changes) as Attempt['changes'],
  seed: row.seed,
  prediction: JSON.parse(row.prediction) as unknown,
  metrics: JSON.parse(row.metrics) as Attempt['metrics'],
  met: row.met === null ? null : row.met === 1,
});

export function insertAttempt(database: Database, attempt: Omit<Attempt, 'id'>): Attempt {
  const { lastInsertRowid } = prepared(
    database,
    `INSERT INTO simulation_attempt (scenario_id, at, place, changes, seed, prediction, metrics, met)
       VALUES (:scenarioId, :at, :place, :changes, :seed, :prediction, :metrics, :met)`,
  ).run({
    ...attempt,
    changes: JSON.stringify(attempt.changes),
    prediction: JSON.stringify(attempt.prediction),
    metrics: JSON.stringify(attempt.metrics),
    met: attempt.met === null ? null : Number(attempt.met),
  });
  return { ...attempt, id: Number(lastInsertRowid) };
}

/** The newest attempts at a scenario, newest first. */
export function readAttempts(database: Database, scenarioId: string, limit: number): Attempt[] {
  return prepared<[string, number], AttemptRow>(
    database,
    'SELECT * FROM simulation_attempt WHERE scenario_id = ? ORDER BY id DESC LIMIT ?',
  )
    .all(scenarioId, limit)
    .map(toAttempt);
}

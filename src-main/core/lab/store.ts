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
  margin: number | null;
  measured: string;
  explanation: string;
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
  margin: row.margin,
  measured: JSON.parse(row.measured) as unknown,
  explanation: JSON.parse(row.explanation) as Attempt['explanation'],
});

export function insertAttempt(database: Database, attempt: Omit<Attempt, 'id'>): Attempt {
  const { lastInsertRowid } = prepared(
    database,
    `INSERT INTO simulation_attempt
       (scenario_id, at, place, changes, seed, prediction, metrics, met, margin, measured, explanation)
       VALUES (:scenarioId, :at, :place, :changes, :seed, :prediction, :metrics, :met, :margin, :measured, :explanation)`,
  ).run({
    ...attempt,
    changes: JSON.stringify(attempt.changes),
    prediction: JSON.stringify(attempt.prediction),
    metrics: JSON.stringify(attempt.metrics),
    met: attempt.met === null ? null : Number(attempt.met),
    measured: JSON.stringify(attempt.measured),
    explanation: JSON.stringify(attempt.explanation),
  });
  return { ...attempt, id: Number(lastInsertRowid) };
}

/** The attempt with what its prediction was held against; null where there is no such attempt. */
export function noteMeasured(database: Database, id: number, measured: unknown): Attempt | null {
  const row = prepared<[string, number], AttemptRow>(
    database,
    `UPDATE simulation_attempt SET measured = iif(measured = 'null', ?, measured) WHERE id = ? RETURNING *`,
  ).get(JSON.stringify(measured), id);
  return row ? toAttempt(row) : null;
}

/** The newest attempts at a scenario, newest first; with `beforeId` only older ones. */
export function readAttempts(
  database: Database,
  scenarioId: string,
  limit: number,
  beforeId = Number.MAX_SAFE_INTEGER,
): Attempt[] {
  return prepared<[string, number, number], AttemptRow>(
    database,
    'SELECT * FROM simulation_attempt WHERE scenario_id = ? AND id < ? ORDER BY id DESC LIMIT ?',
  )
    .all(scenarioId, beforeId, limit)
    .map(toAttempt);
}

/** What the attempts at a scenario and the help with it come to. */
export interface ScenarioSums {
  readonly scenarioId: string;
  readonly attempts: number;
  readonly lastAt: number | null;
  readonly firstMetAt: number | null;
  readonly bestMargin: number | null;
  readonly hintsShown: number;
  readonly gaveUpAt: number | null;
}

/** By scenario, for those that were tried or helped with. */
export function readScenarioSums(database: Database): Map<string, ScenarioSums> {
  const rows = prepared<[], ScenarioSums>(
    database,
    `SELECT scenario_id AS scenarioId, coalesce(attempts, 0) AS attempts, lastAt, firstMetAt, bestMargin,
            coalesce(hints_shown, 0) AS hintsShown, gave_up_at AS gaveUpAt
       FROM (SELECT scenario_id, count(*) AS attempts, max(at) AS lastAt, max(margin) AS bestMargin,
                    min(CASE WHEN met = 1 THEN at END) AS firstMetAt
               FROM simulation_attempt GROUP BY scenario_id)
       FULL JOIN scenario_help USING (scenario_id)`,
  ).all();
  return new Map(rows.map((row) => [row.scenarioId, row]));
}

/** Notes help with a scenario; what was noted before stays. */
export function noteHelp(
  database: Database,
  help: { readonly scenarioId: string; readonly hintsShown: number; readonly gaveUpAt: number | null },
): void {
  prepared(
    database,
    `INSERT INTO scenario_help (scenario_id, hints_shown, gave_up_at)
       VALUES (:scenarioId, :hintsShown, :gaveUpAt)
       ON CONFLICT (scenario_id) DO UPDATE SET
         hints_shown = max(hints_shown, excluded.hints_shown),
         gave_up_at = coalesce(gave_up_at, excluded.gave_up_at)`,
  ).run(help);
}

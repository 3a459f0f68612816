import type { Database } from 'better-sqlite3';
import { prepared } from '#main/database/prepared.ts';

export interface ScenarioAttempts {
  readonly attempts: number;
  readonly met: boolean;
}

/** How often each scenario was tried, and whether its goals were met once. */
export function attemptsByScenario(database: Database): ReadonlyMap<string, ScenarioAttempts> {
  const rows = prepared<[], { scenario_id: string; attempts: number; met: number }>(
    database,
    `SELECT scenario_id, COUNT(*) AS attempts, MAX(COALESCE(met, 0)) AS met
       FROM simulation_attempt GROUP BY scenario_id`,
  ).all();
  return new Map(rows.map(({ scenario_id, attempts, met }) => [scenario_id, { attempts, met: met === 1 }]));
}

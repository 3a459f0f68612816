import type { Migration } from '../migrate.ts';

/** What the Challenges screen tells of an attempt, and the help that was taken. What older attempts left out is not known. */
export const challenges: Migration = {
  version: 60,
  name: 'challenges',
  sql: `
    -- The room of the goal that is nearest to failing, as a share of its value.
    ALTER TABLE simulation_attempt ADD COLUMN margin REAL;
    -- What the prediction was held against.
    ALTER TABLE simulation_attempt ADD COLUMN measured TEXT NOT NULL DEFAULT 'null' CHECK (json_valid(measured));
    -- Where time and money went.
    ALTER TABLE simulation_attempt ADD COLUMN explanation TEXT NOT NULL DEFAULT 'null' CHECK (json_valid(explanation));

    CREATE TABLE scenario_help (
      scenario_id TEXT PRIMARY KEY,
      hints_shown INTEGER NOT NULL CHECK (hints_shown >= 0),
      gave_up_at INTEGER
    ) STRICT;
  `,
};

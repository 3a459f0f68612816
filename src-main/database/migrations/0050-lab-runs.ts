import type { Migration } from '../migrate.ts';

/** The runs of free play, which can be named, removed and brought back: the undo stack learns of them. */
export const labRuns: Migration = {
  version: 50,
  name: 'lab-runs',
  sql: `
    CREATE TABLE lab_run (
      id TEXT PRIMARY KEY,
      at INTEGER NOT NULL,
      name TEXT NOT NULL,
      platform TEXT NOT NULL,
      -- The seed that was watched; those that were measured on are in the file.
      seed INTEGER NOT NULL,
      file TEXT NOT NULL CHECK (json_valid(file)),
      metrics TEXT NOT NULL CHECK (json_valid(metrics))
    ) STRICT;
    CREATE INDEX lab_run_at ON lab_run (at);
  `,
};

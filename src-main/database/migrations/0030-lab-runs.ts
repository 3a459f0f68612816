import type { Migration } from '../migrate.ts';

/** The runs of free play, which can be named, removed and brought back: the undo stack learns of them. */
export const labRuns: Migration = {
  version: 30,
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

    CREATE TABLE study_change_2 (
      action_id INTEGER NOT NULL REFERENCES study_action (id) ON DELETE CASCADE,
      seq INTEGER NOT NULL,
      entity TEXT NOT NULL CHECK (entity IN ('card', 'practice', 'interview', 'rest-day', 'setting', 'lab-run')),
      key TEXT NOT NULL,
      before TEXT CHECK (json_valid(before)),
      after TEXT CHECK (json_valid(after)),
      -- The row of the log that stands for this change now.
      review_id INTEGER REFERENCES review (id),
      PRIMARY KEY (action_id, seq)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO study_change_2 SELECT * FROM study_change;
    DROP TABLE study_change;
    ALTER TABLE study_change_2 RENAME TO study_change;
  `,
};

import type { Migration } from '../migrate.ts';

/** Notes and highlights in lessons. The undo stack takes whatever kind of thing the program knows how to put back. */
export const notes: Migration = {
  version: 40,
  name: 'notes',
  sql: `
    CREATE TABLE note (
      id TEXT PRIMARY KEY,
      lesson_id TEXT NOT NULL,
      -- The language of the text that it was made in.
      locale TEXT NOT NULL,
      -- Anchor of the section, '' for what comes before the first.
      anchor TEXT NOT NULL,
      -- What was marked, with some of what stood before and after it; '' for a note on the section as a whole.
      quote TEXT NOT NULL,
      prefix TEXT NOT NULL,
      suffix TEXT NOT NULL,
      -- The learner's own words; '' for a mark alone.
      body TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX note_by_lesson ON note (lesson_id);

    CREATE TABLE study_change_2 (
      action_id INTEGER NOT NULL REFERENCES study_action (id) ON DELETE CASCADE,
      seq INTEGER NOT NULL,
      entity TEXT NOT NULL,
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

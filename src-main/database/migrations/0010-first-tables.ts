import type { Migration } from '../migrate.ts';

export const firstTables: Migration = {
  version: 10,
  name: 'first-tables',
  sql: `
    CREATE TABLE setting (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL CHECK (json_valid(value))
    ) STRICT;

    -- What the schedule knows of each question; can be rebuilt from the review log.
    CREATE TABLE card (
      question_id TEXT PRIMARY KEY,
      phase TEXT NOT NULL CHECK (phase IN ('learning', 'review', 'relearning')),
      due_at INTEGER NOT NULL,
      stability REAL NOT NULL,
      difficulty REAL NOT NULL,
      step INTEGER NOT NULL,
      interval_days INTEGER NOT NULL,
      reps INTEGER NOT NULL,
      lapses INTEGER NOT NULL,
      last_review_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX card_by_due ON card (due_at);

    -- The truth: every answer and every undo, in order. Nothing is ever changed or removed.
    CREATE TABLE review (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      kind TEXT NOT NULL CHECK (kind IN ('answer', 'undo')),
      question_id TEXT NOT NULL,
      at INTEGER NOT NULL,
      -- The calendar that the answer was given under, so that the state can be rebuilt from the log alone.
      study_day INTEGER NOT NULL,
      time_zone TEXT NOT NULL,
      day_start_hour INTEGER NOT NULL,
      -- An undo names the answer that it takes back; an answer is taken back once at most.
      undoes INTEGER UNIQUE REFERENCES review (id),
      answer_id TEXT UNIQUE,
      grade INTEGER CHECK (grade BETWEEN 1 AND 4),
      proposed_grade INTEGER CHECK (proposed_grade BETWEEN 1 AND 4),
      correct INTEGER CHECK (correct IN (0, 1)),
      score REAL CHECK (score BETWEEN 0 AND 1),
      confidence TEXT CHECK (confidence IN ('sure', 'think-so', 'guess')),
      used_help INTEGER CHECK (used_help IN (0, 1)),
      answer_ms INTEGER,
      desired_retention REAL,
      response TEXT CHECK (json_valid(response)),
      before TEXT CHECK (json_valid(before)),
      after TEXT CHECK (json_valid(after)),
      CHECK ((kind = 'undo') = (undoes IS NOT NULL)),
      CHECK (kind = 'undo' OR (answer_id IS NOT NULL AND grade IS NOT NULL AND response IS NOT NULL AND after IS NOT NULL))
    ) STRICT;
    CREATE INDEX review_by_question ON review (question_id, id);
    CREATE INDEX review_by_study_day ON review (study_day);
    CREATE TRIGGER review_is_never_changed BEFORE UPDATE ON review
      BEGIN SELECT RAISE(ABORT, 'the review log is append-only'); END;
    CREATE TRIGGER review_is_never_removed BEFORE DELETE ON review
      BEGIN SELECT RAISE(ABORT, 'the review log is append-only'); END;

    -- The one open review session; left and resumed, across restarts.
    CREATE TABLE review_session (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      started_at INTEGER NOT NULL,
      -- Answers of the session are those after this row of the review log.
      after_review_id INTEGER NOT NULL,
      lesson_id TEXT,
      question_id TEXT
    ) STRICT;

    -- What was filled in of a question that is not answered yet.
    CREATE TABLE answer_draft (
      question_id TEXT PRIMARY KEY,
      draft TEXT NOT NULL CHECK (json_valid(draft))
    ) STRICT;

    CREATE TABLE lesson_progress (
      lesson_id TEXT PRIMARY KEY,
      percent_read REAL NOT NULL CHECK (percent_read BETWEEN 0 AND 100),
      anchor TEXT NOT NULL,
      section_offset REAL NOT NULL CHECK (section_offset BETWEEN 0 AND 1),
      finished_at INTEGER,
      updated_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE pretest_answer (
      lesson_id TEXT NOT NULL,
      question_id TEXT NOT NULL,
      at INTEGER NOT NULL,
      response TEXT NOT NULL CHECK (json_valid(response)),
      correct INTEGER NOT NULL CHECK (correct IN (0, 1)),
      -- The first try is the pretest; there is no second one.
      PRIMARY KEY (lesson_id, question_id)
    ) STRICT;

    CREATE TABLE simulation_attempt (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      scenario_id TEXT NOT NULL,
      at INTEGER NOT NULL,
      place TEXT NOT NULL CHECK (place IN ('lesson', 'review', 'lab')),
      changes TEXT NOT NULL CHECK (json_valid(changes)),
      seed INTEGER NOT NULL,
      prediction TEXT NOT NULL CHECK (json_valid(prediction)),
      metrics TEXT NOT NULL CHECK (json_valid(metrics)),
      met INTEGER CHECK (met IN (0, 1))
    ) STRICT;
    CREATE INDEX simulation_attempt_by_scenario ON simulation_attempt (scenario_id, id);
  `,
};

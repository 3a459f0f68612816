import type { Migration } from '../migrate.ts';

/**
 * What the study engine needs: a log that also has changes by hand, practice and what is needed to work each answer out
 * again; marks on cards; the undo stack; daily sums; interviews, rest days, fitted parameters and the learner's own words.
 */
export const studyEngine: Migration = {
  version: 20,
  name: 'study-engine',
  sql: `
    -- How answers are scheduled, each kind of rule once.
    CREATE TABLE schedule_rule (
      id INTEGER PRIMARY KEY,
      rule TEXT NOT NULL UNIQUE CHECK (json_valid(rule))
    ) STRICT;

    -- The truth: answers, practice, changes by hand and undos, in order. Nothing is ever changed or removed.
    CREATE TABLE review_2 (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      kind TEXT NOT NULL CHECK (kind IN ('answer', 'practice', 'change', 'undo')),
      question_id TEXT NOT NULL,
      -- NULL in rows from before this column.
      lesson_id TEXT,
      at INTEGER NOT NULL,
      -- The calendar that the answer was given under, so that the state can be rebuilt from the log alone.
      study_day INTEGER NOT NULL,
      time_zone TEXT NOT NULL,
      day_start_hour INTEGER NOT NULL,
      -- An undo names the row that it takes back; a row is taken back once at most. What is redone is a new row.
      undoes INTEGER REFERENCES review_2 (id),
      redoes INTEGER REFERENCES review_2 (id),
      answer_id TEXT UNIQUE,
      grade INTEGER CHECK (grade BETWEEN 1 AND 4),
      proposed_grade INTEGER CHECK (proposed_grade BETWEEN 1 AND 4),
      correct INTEGER CHECK (correct IN (0, 1)),
      score REAL CHECK (score BETWEEN 0 AND 1),
      confidence TEXT CHECK (confidence IN ('sure', 'think-so', 'guess')),
      used_help INTEGER CHECK (used_help IN (0, 1)),
      answer_ms INTEGER,
      desired_retention REAL,
      -- NULL is the rule of before this column: steps of 1 and 10 minutes, the parameters that FSRS-6 comes with.
      rule INTEGER REFERENCES schedule_rule (id),
      -- Probability of recall just before the answer, by the schedule; NULL where nothing was to be recalled.
      predicted REAL CHECK (predicted BETWEEN 0 AND 1),
      response TEXT CHECK (json_valid(response)),
      -- What was done by hand: 'suspend', 'set-due' and so on.
      change TEXT,
      before TEXT CHECK (json_valid(before)),
      after TEXT CHECK (json_valid(after)),
      CHECK ((kind = 'undo') = (undoes IS NOT NULL)),
      CHECK ((kind = 'change') = (change IS NOT NULL)),
      CHECK (kind <> 'answer' OR (answer_id IS NOT NULL AND grade IS NOT NULL AND response IS NOT NULL AND after IS NOT NULL)),
      CHECK (kind <> 'practice' OR (answer_id IS NOT NULL AND grade IS NULL AND response IS NOT NULL)),
      CHECK (kind <> 'change' OR (before IS NOT NULL AND after IS NOT NULL))
    ) STRICT;
    INSERT INTO review_2 (id, kind, question_id, at, study_day, time_zone, day_start_hour, undoes, answer_id, grade,
        proposed_grade, correct, score, confidence, used_help, answer_ms, desired_retention, response, before, after)
      SELECT id, kind, question_id, at, study_day, time_zone, day_start_hour, undoes, answer_id, grade,
        proposed_grade, correct, score, confidence, used_help, answer_ms, desired_retention, response, before, after
      FROM review ORDER BY id;
    DROP TABLE review;
    ALTER TABLE review_2 RENAME TO review;
    -- Answers are not in it: a page less to write for each.
    CREATE UNIQUE INDEX review_by_undone ON review (undoes) WHERE undoes IS NOT NULL;
    CREATE INDEX review_by_question ON review (question_id, id);
    CREATE INDEX review_by_study_day ON review (study_day);
    CREATE TRIGGER review_is_never_changed BEFORE UPDATE ON review
      BEGIN SELECT RAISE(ABORT, 'the review log is append-only'); END;
    CREATE TRIGGER review_is_never_removed BEFORE DELETE ON review
      BEGIN SELECT RAISE(ABORT, 'the review log is append-only'); END;

    CREATE TABLE card_2 (
      question_id TEXT PRIMARY KEY,
      phase TEXT NOT NULL CHECK (phase IN ('new', 'learning', 'review', 'relearning')),
      due_at INTEGER NOT NULL,
      stability REAL NOT NULL,
      difficulty REAL NOT NULL,
      step INTEGER NOT NULL,
      interval_days INTEGER NOT NULL,
      reps INTEGER NOT NULL,
      lapses INTEGER NOT NULL,
      last_review_at INTEGER,
      suspended INTEGER NOT NULL DEFAULT 0 CHECK (suspended IN (0, 1)),
      buried_day INTEGER,
      flag INTEGER NOT NULL DEFAULT 0 CHECK (flag BETWEEN 0 AND 4)
    ) STRICT;
    INSERT INTO card_2 (question_id, phase, due_at, stability, difficulty, step, interval_days, reps, lapses, last_review_at)
      SELECT question_id, phase, due_at, stability, difficulty, step, interval_days, reps, lapses, last_review_at FROM card;
    DROP TABLE card;
    ALTER TABLE card_2 RENAME TO card;

    -- The last things that were done, each to be undone and redone as a whole.
    CREATE TABLE study_action (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      at INTEGER NOT NULL,
      kind TEXT NOT NULL,
      -- What an undo says of it, such as how many cards.
      params TEXT NOT NULL CHECK (json_valid(params)),
      undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
    ) STRICT;
    CREATE TABLE study_change (
      action_id INTEGER NOT NULL REFERENCES study_action (id) ON DELETE CASCADE,
      seq INTEGER NOT NULL,
      entity TEXT NOT NULL CHECK (entity IN ('card', 'practice', 'interview', 'rest-day', 'setting')),
      key TEXT NOT NULL,
      before TEXT CHECK (json_valid(before)),
      after TEXT CHECK (json_valid(after)),
      -- The row of the log that stands for this change now.
      review_id INTEGER REFERENCES review (id),
      PRIMARY KEY (action_id, seq)
    ) STRICT, WITHOUT ROWID;

    -- What was answered before this version can be taken back as it could then.
    INSERT INTO study_action (id, at, kind, params)
      SELECT id, at, 'answer', json_object('questionId', question_id) FROM review
      WHERE kind = 'answer' AND NOT EXISTS (SELECT 1 FROM review AS u WHERE u.undoes = review.id)
      ORDER BY id DESC LIMIT 100;
    INSERT INTO study_change (action_id, seq, entity, key, before, after, review_id)
      SELECT review.id, 0, 'card', question_id,
        json_insert(before, '$.suspended', json('false'), '$.buriedDay', NULL, '$.flag', 0),
        json_insert(after, '$.suspended', json('false'), '$.buriedDay', NULL, '$.flag', 0),
        review.id
      FROM study_action JOIN review ON review.id = study_action.id;

    -- Sums of each study day, kept with every answer; 'aggregates:check' counts them again from the log.
    CREATE TABLE daily (
      measure TEXT NOT NULL,
      part TEXT NOT NULL,
      study_day INTEGER NOT NULL,
      n INTEGER NOT NULL,
      value INTEGER NOT NULL,
      PRIMARY KEY (measure, study_day, part)
    ) STRICT, WITHOUT ROWID;
    -- The same sums over blocks of 64 days, so that years are added up from few rows.
    CREATE TABLE daily_block (
      measure TEXT NOT NULL,
      part TEXT NOT NULL,
      block INTEGER NOT NULL,
      n INTEGER NOT NULL,
      value INTEGER NOT NULL,
      PRIMARY KEY (measure, block, part)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE derived (
      name TEXT PRIMARY KEY,
      version INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE interview (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      study_day INTEGER NOT NULL,
      -- Empty for all lessons.
      lesson_ids TEXT NOT NULL CHECK (json_valid(lesson_ids)),
      target REAL NOT NULL CHECK (target BETWEEN 0.7 AND 0.97)
    ) STRICT;

    CREATE TABLE rest_day (study_day INTEGER PRIMARY KEY) STRICT;

    -- Parameters fitted to the learner's own log.
    CREATE TABLE fitted_weights (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      at INTEGER NOT NULL,
      fit TEXT NOT NULL CHECK (json_valid(fit))
    ) STRICT;

    -- A question explained in the learner's own words.
    CREATE TABLE own_words (
      question_id TEXT PRIMARY KEY,
      text TEXT NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT;

    -- Practice does not follow the schedule: what is left of it, in order. NULL in a session that does.
    ALTER TABLE review_session ADD COLUMN practice TEXT CHECK (json_valid(practice));
  `,
};

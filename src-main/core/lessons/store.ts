import type { Database } from 'better-sqlite3';
import { prepared } from '#main/database/prepared.ts';
import type { LessonDetail, LessonProgress, Response } from '#shared/contract/contract.ts';

interface ProgressRow {
  lesson_id: string;
  percent_read: number;
  anchor: string;
  section_offset: number;
  finished_at: number | null;
  updated_at: number;
}

const toProgress = (row: ProgressRow): LessonProgress => ({
  percentRead: row.percent_read,
  anchor: row.anchor,
  offset: row.section_offset,
  finishedAt: row.finished_at,
  updatedAt: row.updated_at,
});

export function readAllProgress(database: Database): Map<string, LessonProgress> {
  const rows = prepared<[], ProgressRow>(database, 'SELECT * FROM lesson_progress').all();
  return new Map(rows.map((row) => [row.lesson_id, toProgress(row)]));
}

export function readProgress(database: Database, lessonId: string): LessonProgress | null {
  const row = prepared<[string], ProgressRow>(
    database,
    'SELECT * FROM lesson_progress WHERE lesson_id = ?',
  ).get(lessonId);
  return row ? toProgress(row) : null;
}

/** Keeps where the learner is; the share read only grows. */
export function savePosition(
  database: Database,
  position: { id: string; percentRead: number; anchor: string; offset: number; at: number },
): void {
  prepared(
    database,
    `INSERT INTO lesson_progress (lesson_id, percent_read, anchor, section_offset, updated_at)
       VALUES (:id, :percentRead, :anchor, :offset, :at)
       ON CONFLICT (lesson_id) DO UPDATE SET
         percent_read = max(percent_read, excluded.percent_read),
         anchor = excluded.anchor,
         section_offset = excluded.section_offset,
         updated_at = excluded.updated_at`,
  ).run(position);
}

export function setFinished(database: Database, lesson: { id: string; finished: boolean; at: number }): void {
  prepared(
    database,
    `INSERT INTO lesson_progress (lesson_id, percent_read, anchor, section_offset, finished_at, updated_at)
       VALUES (:id, :percent, '', 0, :finishedAt, :at)
       ON CONFLICT (lesson_id) DO UPDATE SET
         percent_read = max(percent_read, excluded.percent_read),
         finished_at = CASE WHEN :finishedAt IS NULL THEN NULL ELSE coalesce(finished_at, :finishedAt) END,
         updated_at = excluded.updated_at`,
  ).run({
    id: lesson.id,
    percent: lesson.finished ? 100 : 0,
    finishedAt: lesson.finished ? lesson.at : null,
    at: lesson.at,
  });
}

export function readPretest(database: Database, lessonId: string): LessonDetail['pretestAnswers'] {
  const rows = prepared<[string], { question_id: string; response: string; correct: number }>(
    database,
    'SELECT question_id, response, correct FROM pretest_answer WHERE lesson_id = ?',
  ).all(lessonId);
  return Object.fromEntries(
    rows.map((row) => [
      row.question_id,
      { response: JSON.parse(row.response) as Response, correct: row.correct === 1 },
    ]),
  );
}

/** All answers given before reading: lesson -> question -> right or not. */
export function readAllPretests(database: Database): Map<string, Map<string, boolean>> {
  const lessons = new Map<string, Map<string, boolean>>();
  const rows = prepared<[], { lesson_id: string; question_id: string; correct: number }>(
    database,
    'SELECT lesson_id, question_id, correct FROM pretest_answer',
  ).all();
  for (const { lesson_id: lessonId, question_id: questionId, correct } of rows) {
    const answers = lessons.get(lessonId) ?? new Map<string, boolean>();
    lessons.set(lessonId, answers.set(questionId, correct === 1));
  }
  return lessons;
}

/** Keeps the first answer to a pretest question; later ones change nothing, since the lesson was read by then. */
export function savePretestAnswer(
  database: Database,
  answer: { lessonId: string; questionId: string; at: number; response: Response; correct: boolean },
): void {
  prepared(
    database,
    `INSERT INTO pretest_answer (lesson_id, question_id, at, response, correct)
       VALUES (:lessonId, :questionId, :at, :response, :correct)
       ON CONFLICT (lesson_id, question_id) DO NOTHING`,
  ).run({ ...answer, response: JSON.stringify(answer.response), correct: answer.correct ? 1 : 0 });
}

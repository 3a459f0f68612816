import type { Database } from 'better-sqlite3';
import { prepared } from '#main/database/prepared.ts';
import type { Note } from '#shared/contract/notes-methods.ts';

interface NoteRow {
  id: string;
  lesson_id: string;
  locale: Note['locale'];
  anchor: string;
  quote: string;
  prefix: string;
  suffix: string;
  body: string;
  created_at: number;
  updated_at: number;
}

const toNote = ({ lesson_id: lessonId, created_at, updated_at, ...row }: NoteRow): Note => ({
  ...row,
  lessonId,
  createdAt: created_at,
  updatedAt: updated_at,
});

/** All notes, or those of a lesson, the oldest first. */
export function readNotes(database: Database, lessonId?: string): Note[] {
  const rows =
    lessonId === undefined
      ? prepared<[], NoteRow>(database, 'SELECT * FROM note ORDER BY created_at, id').all()
      : prepared<[string], NoteRow>(
          database,
          'SELECT * FROM note WHERE lesson_id = ? ORDER BY created_at, id',
        ).all(lessonId);
  return rows.map(toNote);
}

/** Another whenever a note was added, changed or removed. */
export function notesVersion(database: Database): string {
  return (
    prepared<[], string>(
      database,
      "SELECT count(*) || ' ' || coalesce(max(updated_at), 0) || ' ' || coalesce(sum(length(body) + length(quote)), 0) FROM note",
    )
      .pluck()
      .get() ?? ''
  );
}

export function readNote(database: Database, id: string): Note | null {
  const row = prepared<[string], NoteRow>(database, 'SELECT * FROM note WHERE id = ?').get(id);
  return row ? toNote(row) : null;
}

/** Writes a note, or removes it where there is none. */
export function writeNote(database: Database, id: string, note: Note | null): void {
  if (note === null) {
    prepared(database, 'DELETE FROM note WHERE id = ?').run(id);
    return;
  }
  prepared(
    database,
    `INSERT OR REPLACE INTO note
       (id, lesson_id, locale, anchor, quote, prefix, suffix, body, created_at, updated_at)
       VALUES (:id, :lessonId, :locale, :anchor, :quote, :prefix, :suffix, :body, :createdAt, :updatedAt)`,
  ).run({ ...note, id });
}

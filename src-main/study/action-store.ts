import type { Database } from 'better-sqlite3';
import { prepared } from '#main/database/prepared.ts';

/** Things done that can be undone, at most. */
const keptActions = 100;

export type Entity = 'card' | 'practice' | 'interview' | 'rest-day' | 'setting' | 'note' | 'lab-run';

export interface StoredChange {
  readonly seq: number;
  readonly entity: Entity;
  readonly key: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly reviewId: number | null;
}

export interface StoredAction {
  readonly id: number;
  readonly kind: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** Notes something done; what had been undone before it cannot be redone any more. */
export function pushAction(
  database: Database,
  action: {
    at: number;
    kind: string;
    params: StoredAction['params'];
    changes: readonly Omit<StoredChange, 'seq'>[];
  },
): void {
  prepared(database, 'DELETE FROM study_action WHERE undone = 1').run();
  const { lastInsertRowid } = prepared(
    database,
    'INSERT INTO study_action (at, kind, params) VALUES (:at, :kind, :params)',
  ).run({ at: action.at, kind: action.kind, params: JSON.stringify(action.params) });
  const insert = prepared(
    database,
    `INSERT INTO study_change (action_id, seq, entity, key, before, after, review_id)
       VALUES (:actionId, :seq, :entity, :key, :before, :after, :reviewId)`,
  );
  action.changes.forEach(({ entity, key, before, after, reviewId }, seq) =>
    insert.run({
      actionId: lastInsertRowid,
      seq,
      entity,
      key,
      before: before === null ? null : JSON.stringify(before),
      after: after === null ? null : JSON.stringify(after),
      reviewId,
    }),
  );
  prepared(
    database,
    `DELETE FROM study_action WHERE id <= (SELECT id FROM study_action ORDER BY id DESC LIMIT 1 OFFSET ${keptActions})`,
  ).run();
}

interface ActionRow {
  id: number;
  kind: string;
  params: string;
}

const toAction = (row: ActionRow | undefined): StoredAction | null =>
  row ? { id: row.id, kind: row.kind, params: JSON.parse(row.params) as StoredAction['params'] } : null;

/** What an undo would take back. */
export function nextUndo(database: Database): StoredAction | null {
  return toAction(
    prepared<[], ActionRow>(
      database,
      'SELECT id, kind, params FROM study_action WHERE undone = 0 ORDER BY id DESC LIMIT 1',
    ).get(),
  );
}

/** What a redo would do again. */
export function nextRedo(database: Database): StoredAction | null {
  return toAction(
    prepared<[], ActionRow>(
      database,
      'SELECT id, kind, params FROM study_action WHERE undone = 1 ORDER BY id LIMIT 1',
    ).get(),
  );
}

export function changesOf(database: Database, actionId: number): readonly StoredChange[] {
  return prepared<
    [number],
    {
      seq: number;
      entity: Entity;
      key: string;
      before: string | null;
      after: string | null;
      review_id: number | null;
    }
  >(database, 'SELECT * FROM study_change WHERE action_id = ? ORDER BY seq')
    .all(actionId)
    .map((row) => ({
      seq: row.seq,
      entity: row.entity,
      key: row.key,
      before: row.before === null ? null : (JSON.parse(row.before) as unknown),
      after: row.after === null ? null : (JSON.parse(row.after) as unknown),
      reviewId: row.review_id,
    }));
}

export function markUndone(database: Database, actionId: number, undone: boolean): void {
  prepared(database, 'UPDATE study_action SET undone = ? WHERE id = ?').run(Number(undone), actionId);
}

/** A change that was done again stands in another row of the log. */
export function pointToLog(database: Database, actionId: number, seq: number, reviewId: number): void {
  prepared(database, 'UPDATE study_change SET review_id = ? WHERE action_id = ? AND seq = ?').run(
    reviewId,
    actionId,
    seq,
  );
}

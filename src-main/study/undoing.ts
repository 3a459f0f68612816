import { randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { LabRun } from '#shared/contract/contract.ts';
import type { Response } from '#shared/contract/responses.ts';
import type { CardState } from '#shared/study/card.ts';
import type { Note } from '#shared/contract/notes-methods.ts';
import type { Interview } from '#shared/study/interview-plan.ts';
import {
  changesOf,
  markUndone,
  nextRedo,
  nextUndo,
  pointToLog,
  type StoredAction,
  type StoredChange,
} from './action-store.ts';
import { writeCard } from './card-store.ts';
import { countEntry } from './daily-sums.ts';
import type { DeedPort } from './deeds.ts';
import { writeLabRun } from './lab-run-store.ts';
import type { LogEntry } from './log-entry.ts';
import { appendAgain, appendUndo, readEntry } from './log-store.ts';
import { writeNote } from './note-store.ts';
import { writeInterview, writeRestDay, writeSettingValue } from './plan-store.ts';
import { writePractice, type Practice } from './session-store.ts';

/** What was taken back or done again. */
export interface Undone {
  readonly action: StoredAction;
  /** The answer in it, if it was one. */
  readonly answer: {
    readonly questionId: string;
    readonly response: Response;
    readonly usedHelp: boolean;
    /** The practice that it was given in; null for one by the schedule. */
    readonly practiceId: string | null;
  } | null;
  /** Whether settings are others now. */
  readonly settings: boolean;
}

function answerIn(entry: LogEntry | null, { entity, before }: StoredChange): Undone['answer'] {
  if (!entry?.response) return null;
  const { questionId, response, usedHelp } = entry;
  const practiceId = entity === 'practice' ? (before as Practice).id : null;
  return { questionId, response, usedHelp, practiceId };
}

/** Puts back what a change has before it, or after it once more. */
function restore(port: DeedPort, { entity, key }: StoredChange, value: unknown): void {
  const { database } = port;
  switch (entity) {
    case 'card':
      writeCard(database, key, value as CardState);
      return;
    case 'practice':
      writePractice(database, value as Practice);
      return;
    case 'interview':
      writeInterview(database, key, value as Interview | null);
      return;
    case 'note':
      writeNote(database, key, value as Note | null);
      return;
    case 'rest-day':
      writeRestDay(database, Number(key), value === true);
      return;
    case 'lab-run':
      writeLabRun(database, key, value as LabRun | null);
      return;
    case 'setting':
      writeSettingValue(database, key, value);
  }
}

interface Direction {
  readonly undone: boolean;
  find(database: Database): StoredAction | null;
  /** Writes into the log what becomes of a row of it, and returns the row. */
  log(action: StoredAction, change: StoredChange & { readonly reviewId: number }): LogEntry | null;
}

function step(port: DeedPort, { undone, find, log }: Direction, also: (done: Undone) => void): Undone | null {
  const { database, cards } = port;
  const states = new Map<string, CardState>();
  const done = database
    .transaction((): Undone | null => {
      const action = find(database);
      if (action === null) return null;
      const changes = changesOf(database, action.id);
      let answer: Undone['answer'] = null;
      // The last thing first, in case two changes are of the same card.
      for (const change of undone ? changes.toReversed() : changes) {
        const { reviewId } = change;
        const entry = reviewId === null ? null : log(action, { ...change, reviewId });
        answer = answerIn(entry, change) ?? answer;
        const value = undone ? change.before : change.after;
        restore(port, change, value);
        if (change.entity === 'card') states.set(change.key, value as CardState);
      }
      markUndone(database, action.id, undone);
      const result = { action, answer, settings: changes.some(({ entity }) => entity === 'setting') };
      also(result);
      return result;
    })
    .immediate();
  for (const [questionId, state] of states) cards.set(questionId, state);
  return done;
}

/**
 * Takes back the last thing that was done. The log keeps both. Returns null where there is nothing.
 *
 * @param also what else belongs to it, in the same transaction
 */
export function undo(port: DeedPort, also: (done: Undone) => void = () => undefined): Undone | null {
  const { database, moment } = port;
  const log: Direction['log'] = (_action, { reviewId }) => {
    const entry = readEntry(database, reviewId);
    if (!entry) return null;
    appendUndo(database, entry, moment);
    countEntry(database, entry, -1);
    return entry;
  };
  return step(port, { undone: true, find: nextUndo, log }, also);
}

/** Does once more what was undone last, as {@link undo} does. */
export function redo(port: DeedPort, also: (done: Undone) => void = () => undefined): Undone | null {
  const { database } = port;
  const log: Direction['log'] = (action, { reviewId, seq }) => {
    const again = appendAgain(database, reviewId, randomUUID());
    pointToLog(database, action.id, seq, again);
    const entry = readEntry(database, again);
    if (entry) countEntry(database, entry, 1);
    return entry;
  };
  return step(port, { undone: false, find: nextRedo, log }, also);
}

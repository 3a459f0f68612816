import type { Database } from 'better-sqlite3';
import type { LabRun } from '#shared/contract/contract.ts';
import type { CardState } from '#shared/study/card.ts';
import type { Note } from '#shared/contract/notes-methods.ts';
import type { Interview } from '#shared/study/interview-plan.ts';
import { pushAction, type StoredAction, type StoredChange } from './action-store.ts';
import type { CardIndex } from './card-index.ts';
import { writeCard } from './card-store.ts';
import { countEntry } from './daily-sums.ts';
import { writeLabRun } from './lab-run-store.ts';
import type { Moment } from './log-entry.ts';
import { appendAnswer, appendChange, appendPractice, readEntry, type AnswerRecord } from './log-store.ts';
import { writeNote } from './note-store.ts';
import { readSettingValue, writeInterview, writeRestDay, writeSettingValue } from './plan-store.ts';
import { writePractice, type Practice } from './session-store.ts';

/** What a deed is done on. */
export interface DeedPort {
  readonly database: Database;
  readonly cards: CardIndex;
  readonly moment: Moment;
}

/**
 * Something that the learner does to the study data: written in one transaction, undone and redone in one step. Cards in
 * memory follow once it is on the disk.
 */
export class Deed {
  readonly #port: DeedPort;
  readonly #changes: Omit<StoredChange, 'seq'>[] = [];
  readonly #states = new Map<string, CardState>();

  constructor(port: DeedPort) {
    this.#port = port;
  }

  get changes(): readonly Omit<StoredChange, 'seq'>[] {
    return this.#changes;
  }
  get states(): ReadonlyMap<string, CardState> {
    return this.#states;
  }

  /** A card as this deed has left it so far. */
  state(questionId: string): CardState {
    return this.#states.get(questionId) ?? this.#port.cards.state(questionId);
  }

  /** Keeps an answer and the card after it. Returns the id of its row in the log. */
  answer(record: AnswerRecord): number {
    const { database } = this.#port;
    const reviewId = appendAnswer(database, record);
    const { questionId, before, after } = record;
    this.#write(questionId, after);
    this.#changes.push({ entity: 'card', key: questionId, before, after, reviewId });
    this.#count(reviewId);
    return reviewId;
  }

  /** Keeps an answer that leaves the schedule alone, and what is left to practise after it. */
  practise(
    record: Parameters<typeof appendPractice>[1],
    left: { readonly before: Practice; readonly after: Practice },
  ): number {
    const { database } = this.#port;
    const reviewId = appendPractice(database, record);
    writePractice(database, left.after);
    this.#changes.push({ entity: 'practice', key: record.questionId, ...left, reviewId });
    this.#count(reviewId);
    return reviewId;
  }

  /** Changes a card by hand. Nothing is written where nothing changes. Returns whether something did. */
  change(questionId: string, lessonId: string, change: string, patch: Partial<CardState>): boolean {
    const before = this.state(questionId);
    const after = { ...before, ...patch };
    if (Object.entries(patch).every(([key, value]) => before[key as keyof CardState] === value)) return false;
    const { database, moment } = this.#port;
    const reviewId = appendChange(database, { ...moment, questionId, lessonId, change, before, after });
    this.#write(questionId, after);
    this.#changes.push({ entity: 'card', key: questionId, before, after, reviewId });
    return true;
  }

  setInterview(id: string, before: Interview | null, after: Interview | null): void {
    writeInterview(this.#port.database, id, after);
    this.#changes.push({ entity: 'interview', key: id, before, after, reviewId: null });
  }

  setNote(id: string, before: Note | null, after: Note | null): void {
    writeNote(this.#port.database, id, after);
    this.#changes.push({ entity: 'note', key: id, before, after, reviewId: null });
  }

  setRestDay(studyDay: number, before: boolean, after: boolean): void {
    writeRestDay(this.#port.database, studyDay, after);
    this.#changes.push({ entity: 'rest-day', key: String(studyDay), before, after, reviewId: null });
  }

  /** Names or removes a run of the lab. */
  setLabRun(id: string, before: LabRun, after: LabRun | null): void {
    writeLabRun(this.#port.database, id, after);
    this.#changes.push({ entity: 'lab-run', key: id, before, after, reviewId: null });
  }

  setSetting(key: string, after: unknown): void {
    const { database } = this.#port;
    const before = readSettingValue(database, key);
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    writeSettingValue(database, key, after);
    this.#changes.push({ entity: 'setting', key, before, after, reviewId: null });
  }

  #write(questionId: string, state: CardState): void {
    writeCard(this.#port.database, questionId, state);
    this.#states.set(questionId, state);
  }

  #count(reviewId: number): void {
    const entry = readEntry(this.#port.database, reviewId);
    if (entry) countEntry(this.#port.database, entry, 1);
  }
}

/**
 * Does something, whole or not at all. Nothing is kept to undo where the work changed nothing.
 *
 * @param params what an undo says of it; asked for once the work is done
 */
export function perform<T>(
  port: DeedPort,
  kind: string,
  work: (deed: Deed) => T,
  params: () => StoredAction['params'] = () => ({}),
): T {
  const { database, cards, moment } = port;
  const deed = new Deed(port);
  const value = database
    .transaction(() => {
      const done = work(deed);
      if (deed.changes.length > 0)
        pushAction(database, { at: moment.at, kind, params: params(), changes: deed.changes });
      return done;
    })
    .immediate();
  for (const [questionId, state] of deed.states) cards.set(questionId, state);
  return value;
}

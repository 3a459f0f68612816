import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import type { NextCard } from '#shared/contract/contract.ts';
import type { Grade } from '#shared/study/grade.ts';
import { answerInput } from './conversation.ts';
import { openTestCore, type TestCore, type TestCoreOptions } from './core.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { tinyPack, writePack } from './tiny-pack.ts';

/** A content folder with one small pack: a question of every kind, and `extra` more. */
export function tinyContent(extra = 0): string {
  const folder = temporaryFolder();
  writePack(join(folder, 'tiny'), tinyPack(extra));
  return folder;
}

export interface StudySession extends TestCore {
  /** The file itself, as anybody could read it. */
  readonly file: Database;
  /** The card that is asked now; it must be there. */
  next(lessonId?: string): NextCard;
  /** Answers the card that is asked now. */
  answer(grade: Grade): NextCard;
  cards(): readonly object[];
  log(): readonly {
    readonly id: number;
    readonly kind: string;
    readonly undoes: number | null;
    readonly after: string;
  }[];
  close(): void;
}

/** A core on small content, with the calls that a test of reviewing makes all the time. */
export function openStudy(options: TestCoreOptions = {}): StudySession {
  const test = openTestCore({ contentDirs: [tinyContent(12)], ...options });
  const file = new Sqlite(join(test.dataDir, 'slipway.sqlite'), { readonly: true });
  const next = (lessonId?: string) => {
    const { card } = test.call('review.next', lessonId === undefined ? {} : { lessonId });
    if (!card) throw new Error('there is nothing to ask');
    return card;
  };
  return {
    ...test,
    file,
    next,
    answer: (grade) => {
      const card = next();
      test.call('review.answer', answerInput(card, randomUUID(), { right: grade > 1, grade }));
      return card;
    },
    cards: () => file.prepare<[], object>('SELECT * FROM card ORDER BY question_id').all(),
    log: () =>
      file
        .prepare<[], { id: number; kind: string; undoes: number | null; after: string }>(
          'SELECT * FROM review ORDER BY id',
        )
        .all(),
    close: () => {
      file.close();
      test.core.close();
    },
  };
}

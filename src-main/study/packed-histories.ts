import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Grade } from '#shared/study/grade.ts';
import { intervalsOf, type CardHistory } from '#shared/study/predicted-recall.ts';

/** Card histories in buffers, which go to another thread without being copied. */
export interface PackedHistories {
  /** Where each card begins, and at the end the number of all answers. */
  readonly starts: Int32Array<ArrayBuffer>;
  readonly grades: Uint8Array<ArrayBuffer>;
  readonly days: Int32Array<ArrayBuffer>;
  /** How many of the answers are recalls: answers on a later day than the one before. */
  readonly recalls: number;
}

/** Milliseconds of packing before others have a turn; a frame has 16. */
const turnMs = 4;

/**
 * Packs histories without blocking the event loop: a copy made by `postMessage` holds it up for 0.1 s with a log of
 * 84,000 answers.
 */
export async function packHistories(histories: readonly CardHistory[]): Promise<PackedHistories> {
  const starts = new Int32Array(histories.length + 1);
  for (const [card, { reviews }] of histories.entries())
    starts[card + 1] = (starts[card] ?? 0) + reviews.length;
  const answers = starts.at(-1) ?? 0;
  const grades = new Uint8Array(answers);
  const days = new Int32Array(answers);
  let recalls = 0;
  let turnEndsMs = performance.now() + turnMs;
  for (const [index, card] of histories.entries()) {
    const start = starts[index] ?? 0;
    grades.set(
      card.reviews.map(({ grade }) => grade),
      start,
    );
    days.set(
      card.reviews.map(({ day }) => day),
      start,
    );
    for (const interval of intervalsOf(card)) if (interval > 0) recalls += 1;
    if (performance.now() < turnEndsMs) continue;
    await nextTurn();
    turnEndsMs = performance.now() + turnMs;
  }
  return { starts, grades, days, recalls };
}

/** What `packHistories` packed. */
export function unpackHistories({ starts, grades, days }: PackedHistories): CardHistory[] {
  return Array.from({ length: starts.length - 1 }, (_, card) => {
    const start = starts[card] ?? 0;
    const own = grades.subarray(start, starts[card + 1]);
    return {
      reviews: Array.from(own, (grade, index) => ({ grade: grade as Grade, day: days[start + index] ?? 0 })),
    };
  });
}

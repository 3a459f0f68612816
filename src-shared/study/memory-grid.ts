import { placedIn, relearned, reviewWindow, type ReviewWindow } from './review-window.ts';
import { firstMemory, memoryAfter, recallAfter, type Memory, type Weights } from './memory.ts';

/** Memories this close count as one: a factor of stability, and whole points of difficulty. */
const stabilityStep = 1.25;
const leastStability = 0.001;
const difficulties = 10;

/** Days to an interview further off than this are told apart only by this share. */
const exactDays = 14;
const daysStep = 1.15;

/** What a review does to a memory of the grid. */
interface Reviewed {
  readonly recall: number;
  readonly good: number;
  readonly forgotten: number;
}

/**
 * FSRS on a grid of memories, each a whole number, with everything worked out at most once: for plans that ask the same of
 * many questions.
 */
export interface MemoryGrid {
  /** After the first day, when the first answer was Good. */
  readonly firstRight: number;
  /** After the first day, when the first answer was Again. */
  readonly firstWrong: number;
  indexOf(memory: Memory): number;
  recall(memory: number, days: number): number;
  review(memory: number, elapsedDays: number): Reviewed;
  /** Interval in days right after an answer; `turn` counts answers, so that they spread over equally good days. */
  interval(memory: number, remainingDays: number, target: number, leastRecall: number, turn: number): number;
  /** Interval in days from today, when days have gone by since the last answer. */
  intervalAnew(
    memory: number,
    elapsedDays: number,
    remainingDays: number,
    target: number,
    leastRecall: number,
    turn: number,
  ): number;
}

export function memoryGrid(weights: Weights): MemoryGrid {
  const indexOf = ({ stability, difficulty }: Memory): number =>
    Math.round(Math.log(Math.max(stability, leastStability) / leastStability) / Math.log(stabilityStep)) *
      difficulties +
    Math.round(difficulty) -
    1;
  const memoryAt = (index: number): Memory => ({
    stability: leastStability * stabilityStep ** Math.floor(index / difficulties),
    difficulty: (index % difficulties) + 1,
  });
  const reviewed = new Map<string, Reviewed>();
  const windows = new Map<string, ReviewWindow | null>();

  const intervalAnew: MemoryGrid['intervalAnew'] = (
    memory,
    elapsedDays,
    remainingDays,
    target,
    leastRecall,
    turn,
  ) => {
    const key = [memory, elapsedDays, remainingDays, target].join();
    let window = windows.get(key);
    if (window === undefined) {
      window = reviewWindow(memoryAt(memory), elapsedDays, remainingDays, target, weights);
      windows.set(key, window);
    }
    if (!window) return remainingDays + 1;
    // Multiples of the golden ratio lie evenly, whatever their number (Weyl).
    const place = (turn * 0.618_033_988_749_895) % 1;
    return placedIn(window, { ...memoryAt(memory), elapsedDays, place, leastRecall, weights });
  };

  const firstDay = (memory: Memory): number => indexOf(memoryAfter(memory, 3, 0, weights));
  return {
    firstRight: firstDay(firstMemory(3, weights)),
    firstWrong: firstDay(memoryAfter(firstMemory(1, weights), 3, 0, weights)),
    indexOf,
    recall: (memory, days) => recallAfter(memoryAt(memory).stability, days, weights),
    review: (memory, elapsedDays) => {
      const key = `${memory}:${elapsedDays}`;
      let result = reviewed.get(key);
      if (!result) {
        const before = memoryAt(memory);
        result = {
          recall: recallAfter(before.stability, elapsedDays, weights),
          good: indexOf(memoryAfter(before, 3, elapsedDays, weights)),
          forgotten: indexOf(relearned(before, elapsedDays, weights)),
        };
        reviewed.set(key, result);
      }
      return result;
    },
    interval: (memory, remainingDays, target, leastRecall, turn) => {
      const told =
        remainingDays <= exactDays
          ? remainingDays
          : Math.round(
              exactDays * daysStep ** Math.round(Math.log(remainingDays / exactDays) / Math.log(daysStep)),
            );
      const interval = intervalAnew(memory, 0, told, target, leastRecall, turn);
      if (told === remainingDays) return interval;
      // No review before the day that the grid knows is none before the real one either.
      if (interval > told) return remainingDays + 1;
      // Near the day it is the days left that count, near the answer those gone by.
      return interval * 2 < told ? interval : Math.max(1, remainingDays - (told - interval));
    },
    intervalAnew,
  };
}

import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { get_fuzz_range } from 'ts-fsrs';
import { hashText } from './shuffle.ts';

/** What else than the memory decides on which day a review falls. */
export interface Placing {
  /** The same text places a review the same way, so that a preview and the answer agree. */
  readonly seed: string;
  /** Study day of the answer. */
  readonly today: number;
  /** Spread reviews of equal intervals at random. */
  readonly fuzz: boolean;
  /** How many cards are due on a study day; null where the load is not to be balanced. */
  readonly loadOn: ((studyDay: number) => number) | null;
  /** Share of the usual load that a study day is to have, 0-1. */
  readonly shareOn: (studyDay: number) => number;
}

/** ts-fsrs and Anki leave intervals below this alone. */
const shortestFuzzed = 2.5;
/** A day without any share still takes what fits nowhere else. */
const leastShare = 0.02;

/**
 * The interval that a review gets: the ideal one, or another of the days around it on which FSRS lets it fall.
 * Among those the one with the least load for its share wins, the nearest to the ideal one on a tie; without
 * balancing one is drawn by the seed.
 *
 * @param intervalDays whole days of at least 1
 * @param maximumIntervalDays never later than this
 * @returns whole days, within the range of fuzz of FSRS
 */
export function placeReview(intervalDays: number, maximumIntervalDays: number, placing: Placing): number {
  if (intervalDays < shortestFuzzed) return intervalDays;
  const { min_ivl: first, max_ivl: last } = get_fuzz_range(intervalDays, 0, maximumIntervalDays);
  const days = Array.from({ length: Math.max(1, last - first + 1) }, (_, index) => first + index);
  const share = (days: number) => Math.max(leastShare, placing.shareOn(placing.today + days));
  const { loadOn } = placing;
  const random = xoroshiro128plus(hashText(placing.seed));
  if (loadOn === null) {
    const likely = Math.max(...days.map(share));
    const allowed = placing.fuzz ? days : [intervalDays];
    const open = allowed.filter((day) => share(day) === likely);
    if (open.length > 0) return open[uniformInt(random, 0, open.length - 1)] ?? intervalDays;
    // The ideal day is an easy one: the nearest that is not.
    return nearest(
      days.filter((day) => share(day) === likely),
      intervalDays,
    );
  }
  // Without fuzz the ideal day wins every tie; with it the seed says which.
  const wanted = placing.fuzz ? (days[uniformInt(random, 0, days.length - 1)] ?? intervalDays) : intervalDays;
  let best = intervalDays;
  let least = Infinity;
  for (const day of days) {
    const load = (loadOn(placing.today + day) + 1) / share(day);
    if (load < least || (load === least && Math.abs(day - wanted) < Math.abs(best - wanted))) {
      best = day;
      least = load;
    }
  }
  return best;
}

function nearest(days: readonly number[], wanted: number): number {
  return days.reduce(
    (best, day) => (Math.abs(day - wanted) < Math.abs(best - wanted) ? day : best),
    days[0] ?? wanted,
  );
}

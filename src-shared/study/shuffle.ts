import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformInt } from 'pure-rand/distribution/uniformInt';

/** FNV-1a, 32 bit: a stable number for a text (http://www.isthe.com/chongo/tech/comp/fnv/). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/**
 * A shuffled copy (Fisher-Yates). The same seed gives the same order, so that a question shown again after an undo,
 * or resumed the next day, looks as it did.
 */
export function shuffled<T>(items: readonly T[], seed: string): T[] {
  const random = xoroshiro128plus(hashText(seed));
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = uniformInt(random, 0, last);
    [result[last], result[other]] = [result[other] as T, result[last] as T];
  }
  return result;
}

import { closenesses, type SearchHit } from './document.ts';

/** With so many hits that are closer, those that are less close are left out. */
const enough = 5;

/** How many of the hits of each closeness are shown, the closest first. */
export function shownCloseness(counts: readonly number[]): number {
  let closer = 0;
  for (let index = 0; index < counts.length; index += 1) {
    closer += counts[index] ?? 0;
    if (closer >= enough) return index;
  }
  return counts.length - 1;
}

/** The hits of several indexes as one list, best first; hits that are as good stay in the order of the lists. */
export function mergeHits(lists: readonly (readonly SearchHit[])[], limit: number): SearchHit[] {
  const all = lists.flat();
  const rankOf = ({ closeness }: SearchHit) => closenesses.indexOf(closeness);
  const least = shownCloseness(
    closenesses.map((_, rank) => all.filter((hit) => rankOf(hit) === rank).length),
  );
  return all
    .filter((hit) => rankOf(hit) <= least)
    .sort((a, b) => rankOf(a) - rankOf(b) || b.score - a.score)
    .slice(0, limit);
}

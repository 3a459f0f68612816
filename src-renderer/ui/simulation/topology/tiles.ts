import type { Box } from './boxes.ts';

/** How much wider than high a tile is best: there is a name in it. */
const bestAspect = 1.25;
const mostShelves = 24;

/**
 * Lays tiles into a box whose whole area stands for `capacity`: each gets area in proportion to its size, in order, on
 * shelves of one height, so that the length of a tile says its size and what is left of the box says what is free. Where
 * the shelves would not hold them, they fill rows that are closed at both ends; where they are more than the capacity,
 * all are made smaller alike.
 */
export function layTiles(sizes: readonly number[], capacity: number, box: Box): readonly Box[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total <= 0 || box.width <= 0 || box.height <= 0)
    return sizes.map(() => ({ ...box, width: 0, height: 0 }));
  const perSize = (box.width * box.height) / Math.max(capacity, total);
  const areas = sizes.map((size) => size * perSize);
  let best: readonly Box[] | null = null;
  let bestScore = Infinity;
  for (let shelves = 1; shelves <= mostShelves; shelves++) {
    const laid = onShelves(areas, shelves, box);
    if (laid === null) continue;
    const score = distortion(laid);
    if (score < bestScore) {
      best = laid;
      bestScore = score;
    }
  }
  return best ?? inRows(areas, box);
}

/** null where they do not fit. */
function onShelves(areas: readonly number[], shelves: number, box: Box): readonly Box[] | null {
  const height = box.height / shelves;
  const laid: Box[] = [];
  let shelf = 0;
  let x = 0;
  for (const area of areas) {
    const width = area / height;
    if (width > box.width * 1.000001) return null;
    if (x + width > box.width * 1.000001) {
      shelf++;
      x = 0;
    }
    if (shelf >= shelves) return null;
    laid.push({ x: box.x + x, y: box.y + shelf * height, width, height });
    x += width;
  }
  return laid;
}

/** Rows from edge to edge, each as high as what is on it needs. */
function inRows(areas: readonly number[], box: Box): readonly Box[] {
  const laid: Box[] = [];
  let { y } = box;
  let from = 0;
  while (from < areas.length) {
    let to = from + 1;
    while (
      to < areas.length &&
      rowDistortion(areas, from, to + 1, box.width) <= rowDistortion(areas, from, to, box.width)
    )
      to++;
    const sum = sumOf(areas, from, to);
    const height = sum / box.width;
    let { x } = box;
    for (let i = from; i < to; i++) {
      const width = height > 0 ? (areas[i] ?? 0) / height : 0;
      laid.push({ x, y, width, height });
      x += width;
    }
    y += height;
    from = to;
  }
  return laid;
}

const sumOf = (areas: readonly number[], from: number, to: number): number =>
  areas.slice(from, to).reduce((sum, area) => sum + area, 0);

function rowDistortion(areas: readonly number[], from: number, to: number, width: number): number {
  const height = sumOf(areas, from, to) / width;
  return distortion(areas.slice(from, to).map((area) => ({ x: 0, y: 0, width: area / height, height })));
}

/** How far from the best form they are on average, 0 for not at all. */
function distortion(boxes: readonly Box[]): number {
  const seen = boxes.filter(({ width, height }) => width > 0 && height > 0);
  const sum = seen.reduce(
    (far, { width, height }) => far + Math.abs(Math.log(width / height / bestAspect)),
    0,
  );
  return seen.length === 0 ? 0 : sum / seen.length;
}

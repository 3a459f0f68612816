import type { Scene } from './boxes.ts';
import type { Flow } from './flow.ts';
import { pathTo } from './pipes.ts';

type Point = readonly [number, number];

export interface Traveller {
  readonly kind: 'request' | 'answer' | 'failure';
  readonly path: readonly Point[];
  readonly lengthPx: number;
  /** Below zero while it has not set out. */
  gonePx: number;
}

/** Requests of a second of watching beyond which they are told by lines and numbers, and below which one by one again. */
const tooMany = 45;
const fewEnough = 30;
const pxPerSecond = 520;
const frameMs = 33;
const mostAtOnce = 400;

/** The requests that are seen on their way, as long as they can be told apart. */
export class Travellers {
  readonly moving: Traveller[] = [];
  /** There are too many to be seen one by one. */
  crowded = false;
  #watchedPerSecond = 0;
  #served = 0;

  /** What has happened since the frame before, and how long that was watched for. */
  add(flow: Flow, scene: Scene, watchedMs: number): void {
    const share = 1 - Math.exp(-Math.min(watchedMs, 500) / 400);
    this.#watchedPerSecond +=
      ((flow.arrived * 1000) / Math.max(frameMs, watchedMs) - this.#watchedPerSecond) * share;
    this.crowded = this.#watchedPerSecond > (this.crowded ? fewEnough : tooMany);
    if (this.crowded || this.moving.length > mostAtOnce) return;
    const { clients, door, exits } = scene;
    const middle = door.y + door.height / 2;
    const toDoor: Point[] = [
      [clients.x + clients.width, middle],
      [door.x, middle],
    ];
    this.#send(flow.arrived, 'request', toDoor);
    let known = 0;
    for (const host of scene.hosts)
      for (const tile of host.tiles) {
        const count = flow.taken.get(tile.group.id) ?? 0;
        known += count;
        if (count > 0)
          this.#send(count, 'request', [
            ...pathTo(scene, host),
            [tile.x + tile.width / 2, tile.y + tile.height / 2],
          ]);
      }
    const [first] = scene.hosts;
    // Servers of a station take turns, and who takes what is not told.
    if (known === 0 && first?.host.memoryMiB === null)
      for (let i = 0; i < Math.min(flow.served, 8); i++) {
        const tile = first.tiles[this.#served++ % Math.max(1, first.tiles.length)];
        if (tile)
          this.#send(1, 'request', [
            ...pathTo(scene, first),
            [tile.x + tile.width / 2, tile.y + tile.height / 2],
          ]);
      }
    const right = door.x + door.width;
    this.#send(flow.served, 'answer', [
      [right, door.y + door.height * 0.3],
      [exits.x, door.y + door.height * 0.3],
    ]);
    this.#send(flow.failed, 'failure', [
      [right, door.y + door.height * 0.7],
      [exits.x, door.y + door.height * 0.7],
    ]);
  }

  /** Lets time of watching pass; who has arrived is gone. */
  pass(passedMs: number): void {
    let kept = 0;
    for (const traveller of this.moving) {
      traveller.gonePx += (passedMs / 1000) * pxPerSecond;
      if (traveller.gonePx < traveller.lengthPx) this.moving[kept++] = traveller;
    }
    this.moving.length = kept;
  }

  clear(): void {
    this.moving.length = 0;
    this.#watchedPerSecond = 0;
    this.crowded = false;
  }

  #send(count: number, kind: Traveller['kind'], path: readonly Point[]): void {
    const lengthPx = lengthOf(path);
    // Spread over the time until the next frame, or they would be one on top of the other.
    for (let i = 0; i < Math.min(count, 20); i++)
      this.moving.push({
        kind,
        path,
        lengthPx,
        gonePx: -(i / Math.max(1, count)) * (frameMs / 1000) * pxPerSecond * 3,
      });
  }
}

function lengthOf(path: readonly Point[]): number {
  let length = 0;
  for (let i = 1; i < path.length; i++) length += distance(path[i - 1], path[i]);
  return length;
}

const distance = ([x1, y1]: Point = [0, 0], [x2, y2]: Point = [0, 0]): number => Math.hypot(x2 - x1, y2 - y1);

/** Where a traveller is now; null before it has set out. */
export function placeOf({ path, gonePx }: Traveller): Point | null {
  if (gonePx < 0) return null;
  let left = gonePx;
  for (let i = 1; i < path.length; i++) {
    const from = path[i - 1] ?? [0, 0];
    const to = path[i] ?? [0, 0];
    const length = distance(from, to);
    if (left <= length && length > 0)
      return [from[0] + ((to[0] - from[0]) * left) / length, from[1] + ((to[1] - from[1]) * left) / length];
    left -= length;
  }
  return path.at(-1) ?? null;
}

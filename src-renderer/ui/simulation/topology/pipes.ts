import type { HostBox, Scene } from './boxes.ts';
import { hostKey } from './flow.ts';

/** A straight piece of the way of requests. */
export interface Pipe {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  /** Requests per simulated second through it. */
  readonly rate: number;
}

const inletY = (hosts: readonly HostBox[]): number => hosts[0]?.inlet.y ?? 0;
/** Where the door lets requests down to the line of the first row. */
const dropX = ({ door }: Scene): number => door.x + Math.min(door.width / 2, door.height / 2);

/** The way of one request from the door to a machine. */
export function pathTo(scene: Scene, host: HostBox): readonly (readonly [number, number])[] {
  const { door, trunkX, hosts } = scene;
  const firstY = inletY(hosts);
  const x = dropX(scene);
  const { inlet } = host;
  const along: readonly (readonly [number, number])[] =
    inlet.y === firstY
      ? []
      : [
          [trunkX, firstY],
          [trunkX, inlet.y],
        ];
  return [[x, door.y + door.height], [x, firstY], ...along, [inlet.x, inlet.y], [inlet.x, host.y]];
}

/**
 * All ways together, each piece once, with what flows through it: what goes into a piece is what comes out of those behind it.
 *
 * @param rates by the keys of hosts; see `hostKey`
 */
export function layPipes(scene: Scene, rates: ReadonlyMap<string, number>): readonly Pipe[] {
  const { door, trunkX, hosts } = scene;
  if (hosts.length === 0) return [];
  const rateOf = ({ host }: HostBox): number => rates.get(hostKey(host.id)) ?? 0;
  const rows = Map.groupBy(hosts, ({ inlet }) => inlet.y);
  const firstY = inletY(hosts);
  const x = dropX(scene);
  const all = hosts.reduce((sum, host) => sum + rateOf(host), 0);
  const pipes: Pipe[] = [{ from: [x, door.y + door.height], to: [x, firstY], rate: all }];
  let below = all;
  let trunkY = firstY;
  for (const [y, row] of rows) {
    if (y !== firstY) {
      pipes.push({ from: [trunkX, trunkY], to: [trunkX, y], rate: below });
      trunkY = y;
    }
    const inRow = row.reduce((sum, host) => sum + rateOf(host), 0);
    below -= inRow;
    const source = y === firstY ? x : trunkX;
    const ends = row.map((host) => ({ x: host.inlet.x, rate: rateOf(host) }));
    if (y === firstY && rows.size > 1) ends.push({ x: trunkX, rate: below });
    pipes.push(
      ...branches(
        ends.filter((end) => end.x >= source).sort((a, b) => a.x - b.x),
        source,
        y,
      ),
    );
    pipes.push(
      ...branches(
        ends.filter((end) => end.x < source).sort((a, b) => b.x - a.x),
        source,
        y,
      ),
    );
    for (const host of row)
      pipes.push({ from: [host.inlet.x, y], to: [host.inlet.x, host.y], rate: rateOf(host) });
  }
  return pipes;
}

/** Pieces of one line, the nearest to the source first: each carries what all behind it take. */
function branches(
  ends: readonly { readonly x: number; readonly rate: number }[],
  source: number,
  y: number,
): Pipe[] {
  let from = source;
  return ends.map((end, i) => {
    const rate = ends.slice(i).reduce((sum, later) => sum + later.rate, 0);
    const pipe: Pipe = { from: [from, y], to: [end.x, y], rate };
    from = end.x;
    return pipe;
  });
}

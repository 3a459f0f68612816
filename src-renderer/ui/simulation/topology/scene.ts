import type { GroupSnapshot, HostSnapshot, TopologySnapshot } from '#shared/simulation/simulate.ts';
import type { Box, HostBox, Scene, TileBox } from './boxes.ts';
import { fitRows, type Measures } from './host-rows.ts';
import { layTiles } from './tiles.ts';

/** The least side of a tile that can be seen, in pixels. */
const leastSide = 3;
/** A station has no memory; its servers are drawn as if there were room for some more, or one would fill the screen. */
const leastServers = 4;

/** In few steps, so that it seldom changes. */
const shownShares = [0.25, 0.4, 0.6, 1];

/** Memory that a group takes, or will when it has started. */
const sizeOf = ({ memoryMiB, reservedMiB }: GroupSnapshot): number => Math.max(memoryMiB, reservedMiB);

/**
 * Where everything is drawn.
 *
 * @param width of the picture, in pixels
 * @param em size of the small text, in pixels; everything that holds text grows with it
 */
export function layOut(snapshot: TopologySnapshot, width: number, em: number): Scene {
  const pad = em * 0.25;
  const narrow = width < em * 40;
  const doorHeight = em * 3.6;
  // Where the text is large and the picture is not, they share what there is.
  const clientsWidth = Math.min(narrow ? em * 5.2 : em * 7.5, width * 0.3);
  const exitsWidth = Math.min(narrow ? em * 6 : em * 9.5, width * 0.3);
  const gap = Math.min(narrow ? em * 0.8 : em * 2, width * 0.04);
  const clients = { x: pad, y: pad, width: clientsWidth, height: doorHeight };
  const exits = { x: width - pad - exitsWidth, y: pad, width: exitsWidth, height: doorHeight };
  const doorX = clients.x + clients.width + gap;
  const door = { x: doorX, y: pad, width: Math.max(1, exits.x - gap - doorX), height: doorHeight };
  const trunkX = pad + em * 0.6;
  const left = trunkX + em * 0.9;
  const top = pad + doorHeight + em * 0.6;
  const area = { x: left, y: top, width: Math.max(em, width - left - pad) };
  const hosts = layHosts(snapshot.hosts, area, em);
  const bottom = hosts.reduce((lowest, host) => Math.max(lowest, host.y + host.height), top);
  return { width, height: bottom + pad, clients, door, exits, trunkX, hosts };
}

function layHosts(
  hosts: readonly HostSnapshot[],
  area: Pick<Box, 'x' | 'y' | 'width'>,
  em: number,
): readonly HostBox[] {
  const header = em * 1.5;
  const coreBar = em * 0.75;
  const inset = em * 0.35;
  const gutter = em * 1.3;
  // Frame, name and cores stand above the body; the frame below it.
  const above = header + coreBar + inset;
  const rowExtra = gutter + above + inset;
  const gap = em * 0.7;
  const stations = hosts.every(({ memoryMiB }) => memoryMiB === null);
  const rows = fitRows(hosts.map(measuresOf), {
    width: area.width,
    height: Math.min(em * 42, Math.max(em * 32, area.width * 0.5)),
    gap,
    rowExtra,
    leastBody: em * 2.4,
    mostBody: stations
      ? em * 5 * Math.ceil(Math.max(...hosts.map(({ groups }) => groups.length)) / 10)
      : em * 18,
  });
  const shownShare = shareToShow(hosts);
  const perMiB = elasticScale(hosts, rows.perCore, rows.perMemory, inset, em);
  const tops: number[] = [];
  let y = area.y;
  for (const body of rows.bodies) {
    tops.push(y);
    y += body + rowExtra;
  }
  let x = area.x;
  let row = 0;
  return hosts.map((host, i): HostBox => {
    if (rows.rowOf[i] !== row) {
      row = rows.rowOf[i] ?? 0;
      x = area.x;
    }
    const rowTop = tops[row] ?? area.y;
    const { cores, memory } = measuresOf(host);
    const box = {
      x,
      y: rowTop + gutter,
      width: cores * rows.perCore,
      height: above + memory * rows.perMemory + inset,
    };
    x += box.width + gap;
    const side = Math.min(inset, box.width / 8);
    const innerWidth = box.width - 2 * side;
    const body = { x: box.x + side, y: box.y + above, width: innerWidth, height: memory * rows.perMemory };
    return {
      ...box,
      host,
      cores: { x: body.x, y: box.y + header, width: innerWidth, height: coreBar },
      body,
      shownShare,
      ...layBody(host, body, perMiB, shownShare),
      inlet: { x: box.x + Math.min(box.width / 2, em * 1.2), y: rowTop + gutter * 0.45 },
    };
  });
}

/**
 * The share of their memory that all machines are drawn with. Where much of it is free on every one of them, groups would be
 * too small to see anything in them; then only so much of what is free is drawn that it is still more than the rest.
 */
export function shareToShow(hosts: readonly HostSnapshot[]): number {
  const used = hosts.map(({ memoryMiB, elastic, osMiB, groups }) =>
    memoryMiB === null || elastic
      ? 1
      : (groups.reduce((sum, group) => sum + sizeOf(group), 0) + osMiB) / memoryMiB,
  );
  const wanted = Math.max(0, ...used) * 2;
  return shownShares.find((share) => share >= wanted) ?? 1;
}

function measuresOf({ cores, memoryMiB, elastic }: HostSnapshot): Measures {
  // What has no size of its own is as large as its like.
  return elastic || memoryMiB === null ? { cores: 1, memory: 1 } : { cores, memory: memoryMiB };
}

/** Pixels of area for each MiB on hosts without a size of their own, in steps, so that it seldom changes. */
function elasticScale(
  hosts: readonly HostSnapshot[],
  perCore: number,
  perMemory: number,
  inset: number,
  em: number,
): number {
  const totals = hosts.map(({ groups }) => groups.reduce((sum, group) => sum + sizeOf(group), 0));
  const largest = Math.max(1, ...hosts.flatMap(({ groups }) => groups.map(sizeOf)));
  const room = (perCore - 2 * inset) * perMemory * 0.8;
  const wanted = Math.min(room / Math.max(1, ...totals), (em * em * 30) / largest);
  return 2 ** (Math.floor(Math.log2(Math.max(1e-9, wanted)) * 2) / 2);
}

function layBody(
  host: HostSnapshot,
  body: Box,
  elasticPerMiB: number,
  shownShare: number,
): Pick<HostBox, 'os' | 'tiles' | 'unseen' | 'overfull'> {
  const { groups, memoryMiB, osMiB, elastic } = host;
  const station = memoryMiB === null;
  const capacity = elastic
    ? (body.width * body.height) / elasticPerMiB
    : station
      ? Math.max(leastServers, groups.length)
      : memoryMiB * shownShare;
  const osHeight = osMiB > 0 ? body.height * Math.min(1, osMiB / capacity) : 0;
  const free = { ...body, height: body.height - osHeight };
  const sizes = groups.map((group) => (station ? 1 : sizeOf(group)));
  const left = Math.max(0, capacity - osMiB);
  const laid = layTiles(sizes, left, free);
  const tiles: TileBox[] = [];
  groups.forEach((group, i) => {
    const box = laid[i];
    if (box && box.width >= leastSide && box.height >= leastSide) tiles.push({ ...box, group });
  });
  return {
    os: osHeight > 0 ? { ...body, y: body.y + free.height, height: osHeight } : null,
    tiles,
    unseen: groups.length - tiles.length,
    overfull: sizes.reduce((sum, size) => sum + size, 0) > left * 1.0001,
  };
}

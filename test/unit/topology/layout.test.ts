import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GroupSnapshot, HostSnapshot, TopologySnapshot } from '#shared/simulation/simulate.ts';
import { type Box, inside } from '../../../src-renderer/ui/simulation/topology/boxes.ts';
import { layPipes } from '../../../src-renderer/ui/simulation/topology/pipes.ts';
import { layOut } from '../../../src-renderer/ui/simulation/topology/scene.ts';
import { layTiles } from '../../../src-renderer/ui/simulation/topology/tiles.ts';
import { hostKey } from '../../../src-renderer/ui/simulation/topology/flow.ts';

const area = ({ width, height }: Box): number => width * height;

const overlap = (a: Box, b: Box): boolean =>
  a.x + 0.01 < b.x + b.width &&
  b.x + 0.01 < a.x + a.width &&
  a.y + 0.01 < b.y + b.height &&
  b.y + 0.01 < a.y + a.height;

function expectApart(boxes: readonly Box[]): void {
  boxes.forEach((box, i) => {
    for (const other of boxes.slice(i + 1)) expect(overlap(box, other)).toBe(false);
  });
}

const group = (id: string, memoryMiB: number, reservedMiB: number): GroupSnapshot => ({
  id,
  kind: 'process',
  state: 'running',
  memoryMiB,
  reservedMiB,
  memoryLimitMiB: null,
  leakedMiB: 0,
  cpuCores: 0,
  cpuLimitCores: null,
  throttled: false,
  processes: 1,
  processesRunning: 1,
  instances: [],
});

const anyHost = fc.record({
  cores: fc.integer({ min: 1, max: 96 }),
  memoryMiB: fc.integer({ min: 1024, max: 786_432 }),
  osMiB: fc.integer({ min: 0, max: 1024 }),
  shares: fc.array(fc.record({ used: fc.nat({ max: 100 }), reserved: fc.integer({ min: 1, max: 100 }) }), {
    maxLength: 30,
  }),
});

function snapshotOf(hosts: readonly HostSnapshot[]): TopologySnapshot {
  const counters = { arrived: 0, served: 0, lost: 0, failed: 0, abandoned: 0, retrying: 0 };
  return { atMs: 0, waiting: 0, hosts, counters };
}

const anySnapshot = fc.array(anyHost, { minLength: 1, maxLength: 100 }).map((hosts) =>
  snapshotOf(
    hosts.map(({ cores, memoryMiB, osMiB, shares }, h): HostSnapshot => ({
      id: `host-${h + 1}`,
      state: 'up',
      cores,
      busyCores: 0,
      cpuUtilisation: 0,
      memoryMiB,
      memoryUsedMiB: 0,
      osMiB,
      groups: shares.map(({ used, reserved }, g) =>
        group(`host-${h + 1}/group-${g + 1}`, (used / 2000) * memoryMiB, (reserved / 2000) * memoryMiB),
      ),
    })),
  ),
);
const anyWidth = fc.integer({ min: 260, max: 1600 });
const anyEm = fc.integer({ min: 10, max: 26 });

describe('the picture of what runs where', () => {
  it('keeps everything in its place: hosts in the picture, groups in the memory of their host, nothing over another', () => {
    fc.assert(
      fc.property(anySnapshot, anyWidth, anyEm, (snapshot, width, em) => {
        const scene = layOut(snapshot, width, em);
        expectApart([scene.clients, scene.door, scene.exits, ...scene.hosts]);
        for (const host of scene.hosts) {
          expect(inside(host, { x: 0, y: 0, width: scene.width, height: scene.height })).toBe(true);
          for (const part of [host.cores, host.body]) expect(inside(part, host)).toBe(true);
          const parts = [...host.tiles, ...(host.os ? [host.os] : [])];
          for (const part of parts) expect(inside(part, host.body, 0.1)).toBe(true);
          expectApart(parts);
        }
      }),
      { seed: 71, numRuns: 60 },
    );
  });

  it('draws hosts to one scale of cores and memory, and groups to that of their memory', () => {
    fc.assert(
      fc.property(anySnapshot, anyWidth, (snapshot, width) => {
        const { hosts } = layOut(snapshot, width, 13);
        const [first] = hosts;
        if (first === undefined) throw new Error('no host was drawn');
        for (const box of hosts) {
          const { host } = box;
          expect(box.width / host.cores).toBeCloseTo(first.width / first.host.cores, 6);
          const perMiB = box.body.height / (host.memoryMiB ?? 0);
          expect(perMiB).toBeCloseTo(first.body.height / (first.host.memoryMiB ?? 0), 9);
          // What is left out is free.
          const sum = host.groups.reduce(
            (all, { memoryMiB, reservedMiB }) => all + Math.max(memoryMiB, reservedMiB),
            0,
          );
          if (box.shownShare < 1)
            expect((sum + host.osMiB) / (host.memoryMiB ?? 0)).toBeLessThan(box.shownShare);
          if (box.overfull) continue;
          const areaPerMiB = area(box.body) / ((host.memoryMiB ?? 0) * box.shownShare);
          for (const tile of box.tiles) {
            const size = Math.max(tile.group.memoryMiB, tile.group.reservedMiB);
            expect(area(tile) / areaPerMiB / size).toBeCloseTo(1, 6);
          }
          if (box.os) expect(area(box.os) / areaPerMiB / host.osMiB).toBeCloseTo(1, 6);
        }
      }),
      { seed: 72, numRuns: 60 },
    );
  });

  it('draws or counts every host and every group', () => {
    fc.assert(
      fc.property(anySnapshot, anyWidth, (snapshot, width) => {
        const scene = layOut(snapshot, width, 13);
        expect(scene.hosts.map(({ host }) => host.id)).toEqual(snapshot.hosts.map(({ id }) => id));
        for (const { host, tiles, unseen } of scene.hosts)
          expect(tiles.length + unseen).toBe(host.groups.length);
      }),
      { seed: 73, numRuns: 60 },
    );
  });

  it('lets through every piece of the lines what goes into it', () => {
    fc.assert(
      fc.property(
        anySnapshot,
        anyWidth,
        fc.array(fc.nat({ max: 1000 }), { minLength: 100, maxLength: 100 }),
        (snapshot, width, list) => {
          const scene = layOut(snapshot, width, 13);
          const rates = new Map(scene.hosts.map(({ host }, i) => [hostKey(host.id), list[i] ?? 0]));
          const pipes = layPipes(scene, rates);
          const [source] = pipes;
          const all = [...rates.values()].reduce((sum, rate) => sum + rate, 0);
          expect(source?.rate).toBe(all);
          const balance = new Map<string, number>();
          const add = ([x, y]: readonly [number, number], rate: number) => {
            const key = `${x} ${y}`;
            balance.set(key, (balance.get(key) ?? 0) + rate);
          };
          for (const { from, to, rate } of pipes) {
            add(from, -rate);
            add(to, rate);
          }
          // What is left over at the end is what machines take, and nothing anywhere else.
          for (const { host, inlet, y } of scene.hosts)
            add([inlet.x, y], -(rates.get(hostKey(host.id)) ?? 0));
          if (source) add(source.from, all);
          for (const rest of balance.values()) expect(rest).toBeCloseTo(0, 6);
        },
      ),
      { seed: 74, numRuns: 60 },
    );
  });
});

describe('tiles', () => {
  it('shrink alike where there is more of them than room', () => {
    const box = { x: 10, y: 20, width: 300, height: 100 };
    const laid = layTiles([100, 300, 200], 300, box);
    expect(laid.map(area)).toEqual([5000, 15_000, 10_000].map((size) => expect.closeTo(size, 3)));
    for (const tile of laid) expect(inside(tile, box)).toBe(true);
  });

  it('leave free what nothing takes, from the end', () => {
    const box = { x: 0, y: 0, width: 400, height: 200 };
    const laid = layTiles([100, 100], 1000, box);
    expect(laid.map(area)).toEqual([8000, 8000].map((size) => expect.closeTo(size, 3)));
    expect(laid.every(({ y }) => y === 0)).toBe(true);
  });
});

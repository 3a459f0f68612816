import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containerStartSeconds, pullShare, sandboxes } from '#shared/simulation/catalogue/containers.ts';
import { firstFitDecreasing, nodesNeeded, pack } from '#shared/simulation/platforms/container/bin-packing.ts';
import { containerSchema } from '#shared/simulation/platforms/container/container-parameters.ts';
import { CrashLoop } from '#shared/simulation/platforms/container/crash-loop.ts';
import {
  desiredReplicas,
  desiredWithUnready,
  HorizontalPodAutoscaler,
} from '#shared/simulation/platforms/container/hpa.ts';
import { ImageCache } from '#shared/simulation/platforms/container/image-cache.ts';
import {
  rollingLimits,
  rollingStep,
  type RollingState,
} from '#shared/simulation/platforms/container/rolling-limits.ts';
import {
  balancedAllocation,
  chooseNode,
  leastAllocated,
  mostAllocated,
  type Resources,
} from '#shared/simulation/platforms/container/scheduler.ts';

const gib = (milliCpu: number, memoryGiB: number): Resources => ({ milliCpu, memoryMiB: memoryGiB * 1024 });
const node = gib(4000, 16);

describe('the scheduler', () => {
  it.each([
    [1000, 4, 75, 25, 100],
    [3000, 4, 50, 50, 75],
    [0, 0, 100, 0, 100],
    [4000, 16, 0, 100, 100],
    [4000, 0, 50, 50, 50],
  ])(
    'scores a node with %d thousandths of a core and %d GiB requested as kube-scheduler does',
    (cpu, memory, ...scores) => {
      const requested = gib(cpu, memory);
      expect([
        leastAllocated(requested, node),
        mostAllocated(requested, node),
        balancedAllocation(requested, node),
      ]).toEqual(scores);
    },
  );

  it('rounds down, resource by resource', () => {
    // 100 * 2/3 = 66.6 and 100 * 5/6 = 83.3: (66 + 83) / 2 = 74.5.
    expect(leastAllocated(gib(1000, 1), gib(3000, 6))).toBe(74);
    expect(mostAllocated(gib(1000, 1), gib(3000, 6))).toBe(24);
  });

  const candidate = (requested: Resources, pods = 1) => ({
    allocatable: node,
    requested,
    scored: requested,
    pods,
    maxPods: 110,
  });
  const nodes = [candidate(gib(1000, 4)), candidate(gib(3000, 4)), candidate(gib(0, 0), 0)];

  it('spreads to the emptiest, packs into the fullest, balances what is uneven', () => {
    expect(chooseNode(gib(500, 2), nodes, 'spread')).toBe(2);
    expect(chooseNode(gib(500, 2), nodes, 'pack')).toBe(1);
    expect(chooseNode(gib(0, 8), nodes, 'balanced')).toBe(1);
  });

  it('never chooses a node without room, and of equals the first', () => {
    expect(chooseNode(gib(2000, 2), nodes, 'pack')).toBe(0);
    expect(chooseNode(gib(4001, 1), nodes, 'spread')).toBe(-1);
    expect(chooseNode(gib(1, 17), nodes, 'spread')).toBe(-1);
    expect(chooseNode(gib(1, 1), [{ ...candidate(gib(0, 0), 110) }], 'spread')).toBe(-1);
    expect(chooseNode(gib(1, 1), [candidate(gib(0, 0)), candidate(gib(0, 0))], 'balanced')).toBe(0);
  });

  it('does not take pods without requests for nothing', () => {
    const busy = { ...candidate(gib(0, 0)), scored: { milliCpu: 100, memoryMiB: 200 } };
    expect(chooseNode(gib(0, 0), [busy, candidate(gib(0, 0))], 'spread')).toBe(1);
  });
});

describe('bin packing', () => {
  /** The fewest bins, by trying everything. */
  function fewestBins(sizes: readonly number[], capacity: number): number {
    const ordered = [...sizes].sort((a, b) => b - a);
    let best = sizes.length;
    const place = (item: number, bins: number[]): void => {
      if (bins.length >= best) return;
      const size = ordered[item];
      if (size === undefined) {
        best = bins.length;
        return;
      }
      const tried = new Set<number>();
      bins.forEach((used, i) => {
        if (used + size > capacity || tried.has(used)) return;
        tried.add(used);
        place(item + 1, bins.with(i, used + size));
      });
      place(item + 1, [...bins, size]);
    };
    place(0, []);
    return best;
  }

  it('by first-fit decreasing needs at most 11/9 of the fewest bins and 6/9 of one', () => {
    let worse = 0;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 12 }), (sizes) => {
        const bins = firstFitDecreasing(sizes, 60);
        const used = Math.max(...bins) + 1;
        const fewest = fewestBins(sizes, 60);
        if (used > fewest) worse++;
        expect(used).toBeGreaterThanOrEqual(fewest);
        expect(used).toBeLessThanOrEqual((11 * fewest + 6) / 9);
        const loads = Array.from({ length: used }, (_, bin) =>
          sizes.reduce((sum, size, i) => (bins[i] === bin ? sum + size : sum), 0),
        );
        expect(Math.max(...loads)).toBeLessThanOrEqual(60);
        expect(Math.min(...loads)).toBeGreaterThan(0);
      }),
      { seed: 20267, numRuns: 600 },
    );
    // Otherwise the bound would say nothing.
    expect(worse).toBeGreaterThan(0);
    expect(Math.max(...firstFitDecreasing([5, 4, 4, 3, 2, 2], 10)) + 1).toBe(3);
    expect(fewestBins([5, 4, 4, 3, 2, 2], 10)).toBe(2);
  });

  it('refuses what is larger than a bin', () => {
    expect(() => firstFitDecreasing([3, 11], 10)).toThrow(RangeError);
  });

  it('of pods keeps to CPU, memory and the number of pods', () => {
    const pod = fc.record({
      milliCpu: fc.integer({ min: 0, max: 5000 }),
      memoryMiB: fc.integer({ min: 0, max: 20_000 }),
    });
    fc.assert(
      fc.property(fc.array(pod, { maxLength: 40 }), fc.integer({ min: 1, max: 6 }), (pods, most) => {
        const bins = pack(pods, node, most);
        pods.forEach(({ milliCpu, memoryMiB }, i) => {
          expect(bins[i] === -1).toBe(milliCpu > 4000 || memoryMiB > 16_384);
        });
        const used = nodesNeeded(pods, node, most);
        for (let bin = 0; bin < used; bin++) {
          const inside = pods.filter((_, i) => bins[i] === bin);
          expect(inside.length).toBeGreaterThan(0);
          expect(inside.length).toBeLessThanOrEqual(most);
          expect(inside.reduce((sum, { milliCpu }) => sum + milliCpu, 0)).toBeLessThanOrEqual(4000);
          expect(inside.reduce((sum, { memoryMiB }) => sum + memoryMiB, 0)).toBeLessThanOrEqual(16_384);
        }
      }),
      { seed: 20268, numRuns: 200 },
    );
    expect(nodesNeeded([], node, 110)).toBe(0);
  });
});

describe('the horizontal pod autoscaler', () => {
  it.each([
    [4, 90, 60, 6],
    [4, 65, 60, 4],
    [50, 90, 75, 60],
    [10, 30, 60, 5],
    [3, 200, 50, 12],
  ])('wants for %d replicas at %d %% of %d %% so many: %d', (current, metric, target, replicas) => {
    expect(desiredReplicas(current, metric, target)).toBe(replicas);
    const metrics = { current, ready: current, unready: 0, utilisation: metric };
    expect(desiredWithUnready(metrics, target, 0.1)).toBe(replicas);
  });

  it('holds still within the tolerance, to both sides', () => {
    expect([54, 66].map((metric) => desiredReplicas(10, metric, 60))).toEqual([10, 10]);
    expect([53, 67].map((metric) => desiredReplicas(10, metric, 60))).toEqual([9, 12]);
    expect(desiredReplicas(10, 67, 60, 0.2)).toBe(10);
  });

  it('counts pods that are not ready as idle on the way up, and not at all on the way down', () => {
    const wanted = (current: number, ready: number, unready: number, utilisation: number): number =>
      desiredWithUnready({ current, ready, unready, utilisation }, 60, 0.1);
    // 4 ready at 180 %, 2 starting: (180/60) * 4/6 = 2, of 6 pods 12 and not 18.
    expect(wanted(6, 4, 2, 180)).toBe(12);
    // 4 ready at 90 %, 4 starting: 0.75 turns the direction, so nothing is done.
    expect(wanted(8, 4, 4, 90)).toBe(8);
    expect(wanted(8, 4, 4, 120)).toBe(8);
    expect(wanted(6, 4, 2, 30)).toBe(2);
    expect(wanted(6, 0, 6, 0)).toBe(6);
  });

  it('counts the surge of a rolling update among the pods that are not ready', () => {
    const wanted = (ready: number, unready: number, utilisation: number): number =>
      desiredWithUnready({ current: 4, ready, unready, utilisation }, 60, 0.1);
    // Of 4 replicas 3 at 90 %, and 2 new ones: 1.5 * 3/5 = 0.9 turns the direction.
    expect(wanted(3, 2, 90)).toBe(4);
    // 2 * 3/5 = 1.2 does not: 6 of 5 pods.
    expect(wanted(3, 2, 120)).toBe(6);
    // 2 of 8 pods ready at 280 %: 4.67 * 2/8 = 1.17, and of 8 pods that is 10.
    expect(desiredWithUnready({ current: 6, ready: 2, unready: 6, utilisation: 280 }, 60, 0.1)).toBe(10);
  });

  const settings = {
    minReplicas: 2,
    maxReplicas: 9,
    targetCpuPercent: 60,
    tolerance: 0.1,
    downscaleStabilisationSeconds: 300,
  };

  it('goes up at once, and down only when nothing else was wanted for five minutes', () => {
    const scaler = new HorizontalPodAutoscaler(settings);
    let current = 4;
    const at = (seconds: number, utilisation: number): number => {
      current = scaler.decide(seconds * 1000, { current, ready: current, unready: 0, utilisation });
      return current;
    };
    expect(at(0, 90)).toBe(6);
    const down = Array.from({ length: 21 }, (_, i) => at(15 * (i + 1), 20));
    // The 6 that were wanted at 0 s hold until 285 s; what was wanted since is 2.
    expect(down).toEqual([...Array.from({ length: 19 }, () => 6), 2, 2]);
    expect(at(340, 600)).toBe(9);
  });

  it('never goes below the most that was wanted in the window', () => {
    const use = fc.integer({ min: 0, max: 200 });
    fc.assert(
      fc.property(
        fc.array(use, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 300 }),
        (uses, window) => {
          const scaler = new HorizontalPodAutoscaler({ ...settings, downscaleStabilisationSeconds: window });
          let current = 4;
          const looks = [{ atSeconds: 0, wanted: current }];
          uses.forEach((utilisation, i) => {
            const atSeconds = 15 * i;
            const wanted = Math.min(9, Math.max(2, desiredReplicas(current, utilisation, 60)));
            looks.push({ atSeconds, wanted });
            const recent = looks.filter((look) => look.atSeconds > atSeconds - window);
            const highest = Math.max(...recent.map((look) => look.wanted));
            const expected = wanted >= current ? wanted : Math.min(current, highest);
            current = scaler.decide(atSeconds * 1000, { current, ready: current, unready: 0, utilisation });
            expect(current).toBe(expected);
          });
        },
      ),
      { seed: 20277, numRuns: 200 },
    );
  });

  it('keeps to its limits', () => {
    const scaler = new HorizontalPodAutoscaler({ ...settings, downscaleStabilisationSeconds: 0 });
    expect(scaler.decide(0, { current: 5, ready: 5, unready: 0, utilisation: 0 })).toBe(2);
    expect(scaler.decide(15_000, { current: 5, ready: 5, unready: 0, utilisation: 10_000 })).toBe(9);
  });
});

describe('images', () => {
  it('are pulled layer by layer, once for a node, one after another', () => {
    const cache = new ImageCache(140, 100);
    const shop = { id: 'shop:1', ownMiB: 60 };
    const cart = { id: 'cart:1', ownMiB: 10 };
    expect(cache.has(shop, 0)).toBe(false);
    expect(cache.pull(shop, 1000)).toEqual({ readyMs: 3000, pulledMiB: 200 });
    expect(cache.pull(cart, 1500)).toEqual({ readyMs: 3100, pulledMiB: 10 });
    expect(cache.pull(shop, 2000)).toEqual({ readyMs: 3000, pulledMiB: 0 });
    expect([cache.has(shop, 2999), cache.has(shop, 3000), cache.has(cart, 3050)]).toEqual([
      false,
      true,
      false,
    ]);
    expect(cache.pull({ id: 'shop:2', ownMiB: 60 }, 10_000)).toEqual({ readyMs: 10_600, pulledMiB: 60 });
    expect(cache.pull(shop, 20_000)).toEqual({ readyMs: 20_000, pulledMiB: 0 });
  });

  it('that had not come whole when their node went down are pulled anew', () => {
    const cache = new ImageCache(140, 100);
    const shop = { id: 'shop:1', ownMiB: 60 };
    cache.pull(shop, 0);
    cache.interrupt(1000);
    expect(cache.pull(shop, 5000)).toEqual({ readyMs: 7000, pulledMiB: 200 });
    cache.interrupt(8000);
    expect(cache.has(shop, 8000)).toBe(true);
  });

  it('of the default size take the share of a start that was measured', () => {
    const platform = containerSchema.parse({ kind: 'container' });
    const pullSeconds = platform.pods.imageMiB / platform.pullMiBPerSecond;
    const startSeconds =
      containerStartSeconds[platform.disk].value + sandboxes[platform.sandbox].startMs.value / 1000;
    expect(pullSeconds / (pullSeconds + startSeconds)).toBeCloseTo(pullShare.value, 1);
  });
});

describe('a container that keeps crashing', () => {
  it('is started again at once, then after 10 s, then twice as long each time, 300 s at most', () => {
    const loop = new CrashLoop({ firstSeconds: 10, maxSeconds: 300, resetSeconds: 600 });
    expect([1, 1, 1, 1, 1, 1, 599, 1].map((ran) => loop.delaySeconds(ran))).toEqual([
      0, 10, 20, 40, 80, 160, 300, 300,
    ]);
    // As at first once it has run for 10 min.
    expect([600, 5, 5].map((ran) => loop.delaySeconds(ran))).toEqual([0, 10, 20]);
  });
});

describe('a rolling update', () => {
  it('rounds the surge up and the unavailable down', () => {
    expect(rollingLimits(4, 25, 25)).toEqual({ maxSurge: 1, maxUnavailable: 1 });
    expect(rollingLimits(3, 25, 25)).toEqual({ maxSurge: 1, maxUnavailable: 0 });
    expect(rollingLimits(10, 25, 25)).toEqual({ maxSurge: 3, maxUnavailable: 2 });
    expect(rollingLimits(100, 7, 29)).toEqual({ maxSurge: 7, maxUnavailable: 29 });
    expect(rollingLimits(5, 0, 0)).toEqual({ maxSurge: 0, maxUnavailable: 1 });
  });

  it('takes old pods that are not ready away first, and of them too no more than its limits say', () => {
    const limits = { maxSurge: 3, maxUnavailable: 2 };
    const step = (state: Omit<RollingState, 'replicas'>) => rollingStep({ replicas: 10, ...state }, limits);
    // The example in the source: 13 pods, 5 new ones that never get ready, an old one lost with its node.
    expect(step({ oldPods: 8, oldReady: 7, newPods: 5, newReady: 0 })).toEqual({ create: 0, remove: 0 });
    expect(step({ oldPods: 10, oldReady: 4, newPods: 0, newReady: 0 })).toEqual({ create: 3, remove: 2 });
    expect(step({ oldPods: 8, oldReady: 8, newPods: 5, newReady: 5 })).toEqual({ create: 0, remove: 5 });
  });

  it('comes to its end within its limits, whatever they are and however many old pods are not ready', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 0, max: 100 }),
        (replicas, surge, unavailable, readyPercent) => {
          const limits = rollingLimits(replicas, surge, unavailable);
          const readyAtFirst = Math.ceil((replicas * readyPercent) / 100);
          const least = Math.min(readyAtFirst, replicas - limits.maxUnavailable);
          let state: RollingState = {
            replicas,
            oldPods: replicas,
            oldReady: readyAtFirst,
            newPods: 0,
            newReady: 0,
          };
          for (let steps = 0; state.oldPods > 0 || state.newReady < replicas; steps++) {
            expect(steps).toBeLessThan(200);
            const { create, remove } = rollingStep(state, limits);
            state = { ...state, newPods: state.newPods + create, oldPods: state.oldPods - remove };
            state = { ...state, oldReady: Math.min(state.oldReady, state.oldPods) };
            expect(state.oldPods + state.newPods).toBeLessThanOrEqual(replicas + limits.maxSurge);
            expect(state.oldReady + state.newReady).toBeGreaterThanOrEqual(least);
            if (state.newReady < state.newPods) state = { ...state, newReady: state.newReady + 1 };
          }
          expect(state.newPods).toBe(replicas);
        },
      ),
      { seed: 20269, numRuns: 300 },
    );
  });
});

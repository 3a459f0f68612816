import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createSimulation,
  parseSimulationFile,
  platformKinds,
  type SimulationFile,
} from '#shared/simulation/simulate.ts';
import { WatchedRun } from '../../../src-renderer/ui/simulation/watched-run.ts';

/** A run with troubles and a deployment, so that there are events to go to. */
function fileFor(kind: string): SimulationFile {
  const onHosts = kind !== 'queue';
  const parsed = parseSimulationFile({
    platform: { kind },
    workload: {
      services: [
        {
          name: 'shop',
          arrivals: { kind: 'poisson', perSecond: 30 },
          cpu: { kind: 'exponential', meanMs: 15 },
          timeoutMs: 300,
          retry: { attempts: 2 },
        },
      ],
    },
    faults: onHosts ? [{ kind: 'crash', service: 'shop', instance: 1, atSeconds: 10 }] : [],
    deployments: onHosts ? [{ service: 'shop', atSeconds: 20 }] : [],
    run: { horizonSeconds: 60, warmupSeconds: 5, seeds: [1] },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.file;
}

function arrive(run: WatchedRun, toMs: number, maxEvents: number): void {
  while (!run.seek(toMs, maxEvents));
}

describe.each(platformKinds)('looking back at %s', (kind) => {
  const file = fileFor(kind);

  it('shows each moment as it was, in whatever order and by whatever slices they are sought', () => {
    const moments = fc.array(fc.integer({ min: 0, max: 65_000 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(moments, fc.integer({ min: 50, max: 5000 }), (sought, slice) => {
        const run = new WatchedRun(file, 3);
        for (const toMs of sought) {
          arrive(run, toMs, slice);
          const straight = createSimulation(file, 3);
          straight.advance({ untilMs: toMs });
          expect(run.frame().snapshot).toEqual(straight.snapshot());
          expect(run.reachedMs).toBeGreaterThanOrEqual(run.simulation.nowMs);
        }
        arrive(run, Infinity, slice);
        const whole = createSimulation(file, 3);
        whole.advance();
        expect(run.simulation.result()).toEqual(whole.result());
      }),
      { seed: 81, numRuns: 12 },
    );
  });

  it('goes from event to event, to the moment at which each has happened', () => {
    const run = new WatchedRun(file, 3);
    const times: number[] = [];
    for (;;) {
      while (!run.seekEvent(1000));
      if (run.simulation.done) break;
      const { lastEvent, snapshot } = run.frame();
      expect(lastEvent?.atMs).toBe(snapshot.atMs);
      times.push(snapshot.atMs);
    }
    expect(times).toEqual(
      [...new Set(run.partial().log.map(({ atMs }) => atMs))].filter((atMs) => atMs <= (times.at(-1) ?? 0)),
    );
    if (kind !== 'queue') expect(times.length).toBeGreaterThan(1);
    // Back to each of them: the event is the last that is told.
    for (const atMs of times.toReversed()) {
      arrive(run, atMs, 100_000);
      expect(run.frame().lastEvent?.atMs).toBe(atMs);
      expect(run.atFront).toBe(false);
    }
  });
});

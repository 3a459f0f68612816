import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventList } from '#shared/simulation/engine/event-list.ts';
import { type CpuClass, CpuPool } from '#shared/simulation/hosts/cpu-pool.ts';
import { fairShares } from '#shared/simulation/hosts/fair-share.ts';

interface Job {
  readonly atMs: number;
  readonly cpuClass: number;
  readonly workMs: number;
}

interface Done {
  readonly wallMs: number;
  readonly standstillMs: number;
}

/** Plays jobs on a pool until all are done. */
function play(
  cores: number,
  classes: CpuClass[],
  jobs: Job[],
): { done: Done[]; pool: CpuPool; events: number } {
  const clock = { nowMs: 0, events: new EventList() };
  const pool = new CpuPool(clock, cores, classes, 0, 0);
  jobs.forEach((job, i) => clock.events.schedule(job.atMs, 1, i));
  const done: Done[] = [];
  let events = 0;
  while (clock.events.pop()) {
    events++;
    clock.nowMs = clock.events.atMs;
    const { kind, subject } = clock.events;
    if (kind === 1) {
      const job = jobs[subject];
      if (job !== undefined) pool.add(job.cpuClass, subject, job.workMs);
    } else {
      const job = pool.finishNext();
      if (job >= 0)
        done[job] = { wallMs: clock.nowMs - (jobs[job]?.atMs ?? NaN), standstillMs: pool.standstillMs };
    }
  }
  return { done, pool, events };
}

const limited = (quotaMs: number): CpuClass => ({ weight: 1024, maxCores: Infinity, quotaMs });
const free: CpuClass = { weight: 1024, maxCores: Infinity };

describe('CFS bandwidth control', () => {
  it.each([
    [50, 20, 210],
    [200, 50, 350],
    [30, 50, 30],
    [50, 50, 50],
    [100, 100, 100],
    [1000, 100, 1000],
  ])('lets one thread of %d ms under a quota of %d ms take %d ms', (workMs, quotaMs, wallMs) => {
    for (const atMs of [0, 37.25, 1234.5]) {
      const { done } = play(4, [limited(quotaMs)], [{ atMs, cpuClass: 0, workMs }]);
      expect(done[0]?.wallMs).toBeCloseTo(wallMs, 9);
      expect(done[0]?.standstillMs).toBeCloseTo(wallMs - workMs, 9);
    }
  });

  it('lets four threads use a quota up four times as fast', () => {
    const jobs = Array.from({ length: 4 }, () => ({ atMs: 0, cpuClass: 0, workMs: 50 }));
    // 25 ms on, 75 ms off, 25 ms on.
    expect(play(4, [limited(100)], jobs).done.map(({ wallMs }) => wallMs)).toEqual([125, 125, 125, 125]);
    expect(play(2, [limited(100)], jobs).done.map(({ wallMs }) => wallMs)).toEqual([150, 150, 150, 150]);
  });

  it('leaves the cores of who is throttled to the others', () => {
    const { done } = play(
      1,
      [limited(20), free],
      [
        { atMs: 0, cpuClass: 0, workMs: 30 },
        { atMs: 0, cpuClass: 1, workMs: 70 },
      ],
    );
    // Half a core each until 20 ms are used at 40 ms; then the other has the core, and is done at 90 ms.
    expect(done[1]).toEqual({ wallMs: 90, standstillMs: 0 });
    expect(done[0]?.wallMs).toBeCloseTo(110, 9);
    expect(done[0]?.standstillMs).toBeCloseTo(60, 9);
  });

  it('counts the periods of a group, and those in which it was throttled', () => {
    const { pool } = play(
      4,
      [limited(20)],
      [
        { atMs: 0, cpuClass: 0, workMs: 50 },
        { atMs: 1000, cpuClass: 0, workMs: 10 },
      ],
    );
    expect(pool.quotaPeriods()).toEqual({ periods: 4, throttled: 2 });
    expect(play(4, [free], [{ atMs: 0, cpuClass: 0, workMs: 500 }]).pool.quotaPeriods().periods).toBe(0);
  });

  it('counts the periods of a group that keeps within its quota without an event for each', () => {
    const { pool, events } = play(4, [limited(100)], [{ atMs: 0, cpuClass: 0, workMs: 100_000 }]);
    expect(pool.quotaPeriods()).toEqual({ periods: 1001, throttled: 0 });
    expect(events).toBe(2);
  });

  it('stands still for endless loops too, and goes on after a pause', () => {
    const clock = { nowMs: 0, events: new EventList() };
    const pool = new CpuPool(clock, 4, [limited(50)], 0, 0);
    const until = (ms: number): void => {
      while (clock.events.nextAtMs <= ms && clock.events.pop()) {
        clock.nowMs = clock.events.atMs;
        pool.finishNext();
      }
      clock.nowMs = ms;
    };
    pool.spin(0, 2);
    until(1000);
    expect(pool.usedBy(0)).toBeCloseTo(10 * 50, 9);
    pool.setPaused(0, true);
    until(2000);
    expect(pool.usedBy(0)).toBeCloseTo(500, 9);
    pool.setPaused(0, false);
    until(2010);
    expect(pool.usedBy(0)).toBeCloseTo(520, 9);
    expect(pool.busyCores).toBe(2);
    until(2030);
    expect([pool.busyCores, pool.rateOf(0)]).toEqual([0, 0]);
    expect(pool.rateAgainstLoops(0)).toBeCloseTo(0.5 / 3, 12);
  });

  it('takes a thread that comes alone as long as a clock that ticks every millisecond says', () => {
    const job = fc.record({
      gapMs: fc.integer({ min: 0, max: 300 }),
      workMs: fc.integer({ min: 1, max: 400 }),
    });
    fc.assert(
      fc.property(
        fc.array(job, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 99 }),
        (jobs, quotaMs) => {
          // Each comes so long after the end of the one before.
          let atMs = 0;
          let periodEndsMs = -1;
          let leftMs = 0;
          const expected: number[] = [];
          const coming: Job[] = [];
          for (const { gapMs, workMs } of jobs) {
            atMs += gapMs;
            coming.push({ atMs, cpuClass: 0, workMs });
            let missing = workMs;
            let now = atMs;
            while (missing > 0) {
              if (now >= periodEndsMs) {
                periodEndsMs = now + 100;
                leftMs = quotaMs;
              }
              if (leftMs > 0) {
                leftMs--;
                missing--;
              }
              now++;
            }
            expected.push(now - atMs);
            atMs = now;
          }
          const { done } = play(2, [limited(quotaMs)], coming);
          done.forEach(({ wallMs, standstillMs }, i) => {
            expect(wallMs).toBeCloseTo(expected[i] ?? NaN, 6);
            expect(standstillMs).toBeCloseTo(wallMs - (coming[i]?.workMs ?? NaN), 6);
          });
        },
      ),
      { seed: 20265, numRuns: 300 },
    );
  });
});

describe('the cores of a host with classes of their own', () => {
  /** The same, slowly: every job is looked at and every share computed anew whenever anything happens. */
  function playSlowly(cores: number, classes: CpuClass[], jobs: Job[]): number[] {
    const left = jobs.map(({ workMs }) => workMs);
    const done: number[] = jobs.map(() => NaN);
    const quotas = classes.map(() => ({ active: false, throttled: false, leftMs: 0, endsMs: 0 }));
    let now = 0;
    for (;;) {
      const present = jobs.map((job, i) => job.atMs <= now && Number.isNaN(done[i]));
      const threads = classes.map((_, c) => jobs.filter((job, i) => present[i] && job.cpuClass === c).length);
      quotas.forEach((quota, c) => {
        const wakes = !quota.active && threads[c] !== 0;
        quota.active = threads[c] !== 0;
        if (!quota.active || now < quota.endsMs - 1e-9) return;
        quota.endsMs = (wakes ? now : quota.endsMs) + 100;
        quota.leftMs = classes[c]?.quotaMs ?? Infinity;
        quota.throttled = false;
      });
      const shares = new Float64Array(classes.length);
      fairShares(
        cores,
        Float64Array.from(classes, ({ weight }, c) => weight ?? threads[c] ?? 0),
        Float64Array.from(classes, ({ maxCores }, c) =>
          quotas[c]?.throttled ? 0 : Math.min(threads[c] ?? 0, maxCores),
        ),
        shares,
      );
      const rates = jobs.map(({ cpuClass }, i) =>
        present[i] ? (shares[cpuClass] ?? 0) / (threads[cpuClass] ?? 1) : 0,
      );
      const moments = [
        ...jobs.map(({ atMs }) => (atMs > now ? atMs : Infinity)),
        ...rates.map((rate, i) => (rate > 0 ? now + (left[i] ?? 0) / rate : Infinity)),
        ...quotas.map(({ active, endsMs }) => (active ? endsMs : Infinity)),
        ...quotas.map(({ leftMs }, c) => ((shares[c] ?? 0) > 0 ? now + leftMs / (shares[c] ?? 0) : Infinity)),
      ];
      const next = Math.min(...moments);
      if (next === Infinity) return done;
      rates.forEach((rate, i) => {
        left[i] = (left[i] ?? 0) - rate * (next - now);
        if (present[i] && (left[i] ?? 0) < 1e-7) done[i] = next;
      });
      quotas.forEach((quota, c) => {
        quota.leftMs -= (shares[c] ?? 0) * (next - now);
        if (quota.active && quota.leftMs < 1e-7 && quota.endsMs - next > 1e-7) quota.throttled = true;
      });
      now = next;
    }
  }

  it('serves every job as long as a slow model that forgets nothing and saves nothing', () => {
    const cpuClass = fc.record(
      {
        weight: fc.constantFrom(256, 512, 1024),
        maxCores: fc.constantFrom(0.5, 1, 2, Infinity),
        quotaMs: fc.constantFrom(10, 37, 100, 150, 250),
      },
      { requiredKeys: ['weight', 'maxCores'] },
    );
    const job = fc.record({
      atMs: fc.integer({ min: 0, max: 400 }),
      cpuClass: fc.integer({ min: 0, max: 2 }),
      workMs: fc.integer({ min: 1, max: 200 }),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.tuple(cpuClass, cpuClass, cpuClass),
        fc.array(job, { minLength: 1, maxLength: 14 }),
        (cores, classes, jobs) => {
          const slow = playSlowly(cores, classes, jobs);
          play(cores, classes, jobs).done.forEach(({ wallMs }, i) => {
            expect(wallMs + (jobs[i]?.atMs ?? NaN)).toBeCloseTo(slow[i] ?? NaN, 5);
          });
        },
      ),
      { seed: 20266, numRuns: 300 },
    );
  });

  it('lets classes come and go', () => {
    const clock = { nowMs: 0, events: new EventList() };
    const pool = new CpuPool(clock, 2, [free], 0, 0);
    expect([pool.addClass(limited(20)), pool.addClass(free)]).toEqual([1, 2]);
    pool.add(1, 7, 10);
    expect(() => pool.removeClass(1)).toThrow('still has 1 threads');
    clock.events.pop();
    clock.nowMs = clock.events.atMs;
    expect([pool.finishNext(), clock.nowMs]).toEqual([7, 10]);
    pool.removeClass(1);
    expect(pool.quotaPeriods()).toEqual({ periods: 1, throttled: 0 });
    expect(pool.addClass(free)).toBe(1);
    expect(pool.usedBy(1)).toBe(0);
    expect(pool.addClass(free)).toBe(3);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costKinds } from '#shared/simulation/costs.ts';
import { latencyParts } from '#shared/simulation/engine/latency-parts.ts';
import type { RunExplanation } from '#shared/simulation/run-explanation.ts';
import { type Account, debriefOf } from '../../../src-renderer/ui/simulation/debrief/debrief.ts';
import { leversOfMoney, leversOfTime } from '../../../src-renderer/ui/simulation/debrief/levers.ts';
import { course } from '../../content/course.ts';

const amount = fc.oneof(fc.constant(0), fc.double({ min: 0.001, max: 1e5, noNaN: true }));
const shares = fc.tuple(...latencyParts.map(() => amount)).map((amounts) => ({
  meanMs: amounts.reduce((sum, one) => sum + one, 0),
  parts: Object.fromEntries(latencyParts.map((part, i) => [part, amounts[i] ?? 0])) as Record<
    (typeof latencyParts)[number],
    number
  >,
}));
const explanations: fc.Arbitrary<RunExplanation> = fc.record({
  slowestShare: fc.constant(0.01),
  slowest: fc.option(shares),
  all: fc.option(shares),
  cost: fc.tuple(...costKinds.map(() => amount)).map((amounts) => ({
    perHourUsd: amounts.reduce((sum, one) => sum + one, 0),
    parts: costKinds.map((kind, i) => ({ kind, perHourUsd: amounts[i] ?? 0 })),
  })),
});
const controls = course.scenarios.flatMap((scenario) => scenario.controls);

function expectHonest<K extends string>(account: Account<K>, amounts: Readonly<Record<K, number>>): void {
  const largest = Math.max(...Object.values<number>(amounts));
  expect(amounts[account.parts[0]?.part as K]).toBe(largest);
  expect(account.parts.reduce((sum, { percent }) => sum + percent, account.restPercent)).toBe(100);
  for (const { part, percent, amount: told } of account.parts) {
    expect(told).toBe(amounts[part]);
    expect(told).toBeGreaterThan(0);
    expect(percent).toBeGreaterThanOrEqual(1);
    expect(Math.abs(percent - (told / account.whole) * 100)).toBeLessThanOrEqual(1);
  }
}

describe('the debrief of a run', () => {
  it('names the largest part first, never one that is nothing, and its percents sum to 100', () => {
    fc.assert(
      fc.property(explanations, (explanation) => {
        const { time, money } = debriefOf(explanation, null, controls);
        const told = explanation.slowest ?? explanation.all;
        expect(time === null).toBe(!told || told.meanMs === 0);
        if (time && told) expectHonest(time.account, told.parts);
        expect(money === null).toBe(explanation.cost.perHourUsd === 0);
        if (money) {
          const byKind = Object.fromEntries(
            explanation.cost.parts.map(({ kind, perHourUsd }) => [kind, perHourUsd]),
          );
          expectHonest(money.account, byKind as Record<(typeof costKinds)[number], number>);
        }
      }),
    );
  });

  it('tells only what moved against the attempt before, as it was and as it is', () => {
    fc.assert(
      fc.property(explanations, explanations, (now, before) => {
        for (const move of debriefOf(now, before, []).moves)
          expect(Math.abs(move.now - move.before)).toBeGreaterThanOrEqual(5);
        expect(debriefOf(now, now, []).moves).toEqual([]);
        expect(debriefOf(now, null, []).moves).toEqual([]);
      }),
    );
  });

  it('says that cold starts fell from 41 to 3 percent', () => {
    const nothing = Object.fromEntries(latencyParts.map((part) => [part, 0])) as Record<
      (typeof latencyParts)[number],
      number
    >;
    const run = (coldStart: number, work: number): RunExplanation => ({
      slowestShare: 0.01,
      slowest: { meanMs: coldStart + work, parts: { ...nothing, coldStart, work } },
      all: null,
      cost: { perHourUsd: 0, parts: [] },
    });
    expect(debriefOf(run(3, 97), run(41, 59), []).moves).toContainEqual({
      part: 'coldStart',
      before: 41,
      now: 3,
    });
  });

  it('points at controls of the scenario, and for every part some scenario has one', () => {
    for (const part of latencyParts) {
      for (const { controls: own } of course.scenarios)
        for (const lever of leversOfTime(part, own)) expect(own).toContain(lever);
      expect(leversOfTime(part, controls)).not.toEqual([]);
    }
    for (const kind of costKinds) expect(leversOfMoney(kind, controls)).not.toEqual([]);
  });
});

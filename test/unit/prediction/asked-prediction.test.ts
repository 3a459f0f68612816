import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extremesOf, startValueOf } from '#shared/simulation/configure.ts';
import type { Goal } from '#shared/simulation/goals.ts';
import {
  askedOf,
  isAbout,
  missedId,
  noneMissed,
} from '../../../src-renderer/ui/simulation/prediction/asked-prediction.ts';
import {
  cameTrue,
  measuredOf,
  predictedFrom,
} from '../../../src-renderer/ui/simulation/prediction/held-prediction.ts';
import type { Outcome } from '../../../src-renderer/ui/simulation/protocol.ts';
import { course } from '../../content/course.ts';

const outcome: Outcome = {
  metrics: {},
  goals: [],
  optionsHeld: [],
  curve: null,
  explanation: { slowestShare: 0.01, slowest: null, all: null, cost: { perHourUsd: 0, parts: [] } },
  seeds: [1],
};
const scenario = (id: string) => {
  const found = course.scenarios.find((one) => one.id === id);
  if (!found) throw new Error(`There is no scenario ${id}.`);
  return found;
};

describe('before a run', () => {
  it.each(course.scenarios)('$id asks for a prediction, as it is given and pulled to any end', (one) => {
    expect(askedOf(one, {})).toEqual(one.prediction ?? { kind: 'goals', goals: one.goals });
    for (const control of one.controls) {
      for (const value of extremesOf(control)) {
        const asked = askedOf(one, { ...control.when, [control.path]: value });
        expect(asked).toBeDefined();
        if (asked && one.goals.length > 0)
          expect(isAbout(asked, one, { ...control.when, [control.path]: value })).toBe(true);
      }
    }
  });

  it('what the pack asks is about the scenario as it is given, also after a control was set back', () => {
    const given = scenario('node-workers');
    const [control] = given.controls;
    if (control?.kind !== 'number') throw new Error('expected a number first');
    const start = startValueOf(given, control, {}) as number;
    const elsewhere = { [control.path]: start === control.max ? control.min : control.max };
    expect(askedOf(given, { [control.path]: start })).toBe(given.prediction);
    expect(askedOf(given, elsewhere)).toEqual({ kind: 'goals', goals: given.goals });
  });

  it('a curve over a parameter stays one wherever that parameter stands', () => {
    const swept = scenario('hot-module');
    const { prediction } = swept;
    if (prediction?.kind !== 'curve' || prediction.measured.over !== 'parameter')
      throw new Error('expected a curve over a parameter');
    const sweptPath = prediction.measured.path;
    const own = swept.controls.find(({ path }) => path === sweptPath);
    const other = swept.controls.find(({ path, kind }) => path !== own?.path && kind === 'number');
    if (own?.kind !== 'number' || other?.kind !== 'number') throw new Error('expected two numbers');
    for (const value of extremesOf(own)) expect(isAbout(prediction, swept, { [own.path]: value })).toBe(true);
    const moved = extremesOf(other).filter((value) => value !== startValueOf(swept, other, {}));
    for (const value of moved) expect(isAbout(prediction, swept, { [other.path]: value })).toBe(false);
  });
});

describe('a word on the goals', () => {
  const goals: readonly Goal[] = [
    { metric: 'latencyMs.p99', op: '<=', value: 300 },
    { metric: 'utilisation', op: '>=', value: 0.9 },
    { metric: 'costPerHourUsd', op: '<=', value: 0.4 },
  ];
  const asked = { kind: 'goals', goals } as const;
  const options = [noneMissed, ...goals.map(missedId)];

  it('comes true for each goal that is missed, and for none only where all are met', () => {
    fc.assert(
      fc.property(fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()), (met) => {
        const results = goals.map((goal, i) => ({ goal, met: met[i] === true, worst: 1, margin: null }));
        const measured = measuredOf(asked, { ...outcome, goals: results });
        expect(options.map((id) => cameTrue(asked, id, measured))).toEqual([
          met.every(Boolean),
          ...met.map((one) => !one),
        ]);
      }),
    );
  });

  it('is known again as long as the goal is there, whatever its number is by now', () => {
    const easier = {
      kind: 'goals',
      goals: goals.map((goal) => ({ ...goal, value: goal.value * 2 })),
    } as const;
    for (const id of options) expect(predictedFrom(easier, id)).toBe(id);
    expect(predictedFrom({ kind: 'goals', goals: goals.slice(1) }, missedId(goals[0]!))).toBeNull();
    expect(predictedFrom(asked, 0.4)).toBeNull();
  });
});

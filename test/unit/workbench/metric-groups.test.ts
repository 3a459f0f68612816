import fc from 'fast-check';
import { expect, it } from 'vitest';
import { groupMetrics } from '../../../src-renderer/ui/simulation/metric-groups.ts';
import interfaceTexts from '#shared/languages/en/interface.json' with { type: 'json' };

const namesIn = (texts: object, prefix = ''): string[] =>
  Object.entries(texts).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value ? namesIn(value, `${prefix}${key}.`) : [prefix + key],
  );
const metrics = namesIn(interfaceTexts.metric);

it('every metric that has a name is shown, once', () => {
  const shown = groupMetrics(metrics).flatMap((group) => group.metrics);
  expect(shown.toSorted()).toEqual(metrics.toSorted());
});

it('the order of the groups does not hang on that of the metrics, and no group is empty', () => {
  const order = groupMetrics(metrics).map(({ group }) => group);
  fc.assert(
    fc.property(fc.shuffledSubarray(metrics), (some) => {
      const found = groupMetrics(some);
      expect(found.map(({ group }) => group)).toEqual(
        order.filter((group) => found.some((one) => one.group === group)),
      );
      expect(found.every((one) => one.metrics.length > 0)).toBe(true);
    }),
  );
});

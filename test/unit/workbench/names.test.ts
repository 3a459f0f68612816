import { expect, it } from 'vitest';
import { faultSchema } from '#shared/simulation/faults/fault-schema.ts';
import { listFields } from '#shared/simulation/field.ts';
import {
  flattenMetrics,
  parseSimulationFile,
  platformFields,
  platformKinds,
  runAll,
} from '#shared/simulation/simulate.ts';
import { serviceSchema } from '#shared/simulation/workload/service.ts';
import { platformKinds as cards } from '../../../src-renderer/features/lab/workbench/platform-kinds.ts';
import en from '#shared/languages/en/interface.json' with { type: 'json' };

type Messages = { readonly [name: string]: Messages | string };

/** The Chinese messages have the same names; another test sees to that. */
function messageAt(path: string): string | undefined {
  const found = path
    .split('.')
    .reduce<Messages | string | undefined>((at, name) => (typeof at === 'object' ? at[name] : undefined), en);
  return typeof found === 'string' ? found : undefined;
}

/** Words that stand for themselves: names of EC2 instance types. */
const ownNames = /^[a-z]\d[a-z]?\.\d*[a-z]+$/;

it('every choice has a name on the screen', () => {
  const fields = [
    ...platformKinds.flatMap((kind) => platformFields(kind)),
    ...listFields(faultSchema, 'faults[]'),
    ...listFields(serviceSchema, 'service'),
  ];
  const words = new Set(fields.flatMap(({ options }) => options));
  // Arrivals by a list of measured rates are not offered.
  words.delete('trace');
  const nameless = [...words].filter(
    (word) => !ownNames.test(word) && messageAt(`choice.${word}`) === undefined,
  );
  expect(nameless).toEqual([]);
});

it.each(platformKinds)('every metric of %s has a name on the screen', (kind) => {
  const parsed = parseSimulationFile({
    platform: { kind, ...(kind === 'serverless' && { callers: 3 }) },
    // Some numbers are told only of runs in which something is taken back.
    faults:
      kind === 'queue' ? [] : [{ kind: 'bad-deploy', service: 'service', atSeconds: 1, detectSeconds: 20 }],
    workload: {
      services: [
        {
          name: 'service',
          arrivals: { kind: 'poisson', perSecond: 20 },
          cpu: { kind: 'exponential', meanMs: 20 },
        },
      ],
    },
    run: { horizonSeconds: 90, seeds: [1] },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const metrics = runAll(parsed.file).runs.flatMap((run) => Object.keys(flattenMetrics(run.metrics)));
  const nameless = metrics.filter(
    (metric) => messageAt(`metric.${metric.replace(/^services\.service\./, '')}`) === undefined,
  );
  expect(metrics.length).toBeGreaterThan(25);
  expect(nameless).toEqual([]);
});

it('the workbench has a card for every platform', () => {
  expect([...cards]).toEqual([...platformKinds]);
  for (const kind of cards) {
    expect(messageAt(`platform.${kind}`)).toBeDefined();
    expect(messageAt(`workbench.about.${kind}`)).toBeDefined();
  }
});

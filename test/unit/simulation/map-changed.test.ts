import { expect, it } from 'vitest';
import { commonWorkloadSchema } from '#shared/simulation/side-by-side/common-workload.ts';
import { mapChangedSince } from '../../../src-renderer/features/lab/compare/map-changed.ts';

const workload = commonWorkloadSchema.parse({});
const drawn = { workload, across: 'perSecond', up: 'burstiness' } as const;

it('a map is old once the workload or an axis is another one, and not before', () => {
  expect(mapChangedSince(drawn, { ...drawn, workload: { ...workload } })).toBeNull();
  expect(mapChangedSince(drawn, { ...drawn, workload: { ...workload, cpuMs: workload.cpuMs + 1 } })).toBe(
    'workload',
  );
  expect(mapChangedSince(drawn, { ...drawn, workload: null })).toBe('workload');
  expect(mapChangedSince(drawn, { ...drawn, up: 'cpuMs' })).toBe('axes');
  expect(mapChangedSince(drawn, { ...drawn, across: drawn.up, up: drawn.across })).toBe('axes');
  // The map goes over all values of its axes, whatever the form has there.
  expect(
    mapChangedSince(drawn, { ...drawn, workload: { ...workload, perSecond: 7, burstiness: 2 } }),
  ).toBeNull();
});

import { describe, expect, it } from 'vitest';
import type { ListedField } from '#shared/simulation/field.ts';
import { withValue } from '../../../src-renderer/features/lab/workbench/edit-file.ts';
import { parametersOf, serviceFields } from '../../../src-renderer/features/lab/workbench/parameters.ts';
import { startingFile } from '../../../src-renderer/features/lab/workbench/starting-file.ts';
import { changedSince } from '../../../src-renderer/features/lab/workbench/sweep-question.ts';

const path = 'workload.services[0].arrivals.perSecond';
const field = serviceFields.find((one) => one.path === path) as ListedField;
const span = { from: 1, to: 10, count: 3, spacing: 'linear' } as const;
const file = { ...startingFile(), platform: { kind: 'vm' } };
const asked = { file, field, span };

describe('what has changed since a sweep', () => {
  it('is the platform, before all that comes with it', () => {
    expect(changedSince(asked, withValue(file, 'platform', { kind: 'serverless' }), path, span)).toBe(
      'platform',
    );
  });

  it('is a number of the workload or of the platform, even one that cannot run', () => {
    const other = (at: string, value: unknown) => changedSince(asked, withValue(file, at, value), path, span);
    expect(other('workload.services[0].cpu.meanMs', 21)).toBe('configuration');
    expect(other('run.seeds', [4, 5, 6])).toBe('configuration');
    expect(other('workload.services[0].count', -1)).toBe('configuration');
    expect(other('workload.services[0].arrivals', { kind: 'uniform', perSecond: 10 })).toBe('configuration');
  });

  it('is the parameter or its span', () => {
    expect(changedSince(asked, file, 'workload.services[0].cpu.meanMs', span)).toBe('sweep');
    expect(changedSince(asked, file, path, { ...span, to: 20 })).toBe('sweep');
    expect(changedSince(asked, file, path, { ...span, spacing: 'logarithmic' })).toBe('sweep');
  });

  it('is nothing where it would come out the same', () => {
    expect(changedSince(asked, file, path, span)).toBeNull();
    // The swept parameter takes the values of the span, whatever it has in the form.
    expect(changedSince(asked, withValue(file, path, 40), path, span)).toBeNull();
    // There and back: the keys have another order then, or a default stands there in writing.
    const back = withValue(withValue(file, 'platform.kind', 'vm'), 'workload.services[0].cpu.meanMs', 20);
    expect(changedSince(asked, back, path, span)).toBeNull();
    const written = parametersOf('vm').filter(
      ({ path: at, within, default: byDefault }) =>
        typeof byDefault === 'number' && within === null && !at.includes('*'),
    );
    expect(written.length).toBeGreaterThan(0);
    for (const one of written)
      expect(changedSince(asked, withValue(file, one.path, one.default), path, span), one.path).toBeNull();
  });
});

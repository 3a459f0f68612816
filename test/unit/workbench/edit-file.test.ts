import { describe, expect, it } from 'vitest';
import { faultSchema } from '#shared/simulation/faults/fault-schema.ts';
import { type ListedField, listFields } from '#shared/simulation/field.ts';
import { parseSimulationFile, platformFields } from '#shared/simulation/simulate.ts';
import { serviceSchema } from '#shared/simulation/workload/service.ts';
import {
  fieldsOfItem,
  isChanged,
  withValue,
} from '../../../src-renderer/features/lab/workbench/edit-file.ts';
import { objectOfKind, startOf } from '../../../src-renderer/features/lab/workbench/starting-values.ts';

const service = {
  name: 'service',
  arrivals: { kind: 'poisson', perSecond: 10 },
  cpu: { kind: 'exponential', meanMs: 20 },
};
const file = {
  platform: { kind: 'vm' },
  workload: { services: [service] },
  faults: [],
  run: { horizonSeconds: 300 },
};

describe('a value in a file', () => {
  it('is put in, with what is missing on the way, and taken out again', () => {
    const more = withValue(file, 'platform.scaling.min', 3);
    expect(more['platform']).toEqual({ kind: 'vm', scaling: { min: 3 } });
    expect(withValue(more, 'platform.scaling', undefined)).toEqual(file);
    expect(file.platform).toEqual({ kind: 'vm' });
  });

  it('is an item of a list, which closes up behind it', () => {
    const two = withValue(withValue(file, 'faults[0].kind', 'crash'), 'faults[1].kind', 'leak');
    expect(two['faults']).toEqual([{ kind: 'crash' }, { kind: 'leak' }]);
    expect(withValue(two, 'faults[0]', undefined)['faults']).toEqual([{ kind: 'leak' }]);
  });
});

describe('a change', () => {
  const fields = platformFields('vm');
  const at = (path: string): ListedField => fields.find((field) => field.path === path) as ListedField;

  it('is what is not the default, or not what there was at first', () => {
    expect(isChanged(at('platform.instances'), file, file)).toBe(false);
    expect(isChanged(at('platform.instances'), withValue(file, 'platform.instances', 2), file)).toBe(false);
    expect(isChanged(at('platform.instances'), withValue(file, 'platform.instances', 3), file)).toBe(true);
    expect(isChanged(at('platform.vCpus'), withValue(file, 'platform.vCpus', 3), file)).toBe(true);
    const started = withValue(file, 'platform.instances', 5);
    expect(isChanged(at('platform.instances'), started, started)).toBe(false);
    expect(isChanged(at('platform.instances'), file, started)).toBe(true);
  });
});

describe('what is added', () => {
  const faultFields = listFields(faultSchema, 'faults[]');
  const kinds = faultFields[0]?.options ?? [];

  it.each(kinds)('a fault %s begins with values that can run', (kind) => {
    const fault = objectOfKind('faults[0]', kind, fieldsOfItem(faultFields, 'faults', 0), {}, 'service');
    expect(parseSimulationFile({ ...file, faults: [fault] })).toMatchObject({ ok: true });
  });

  const serviceFields = listFields(serviceSchema, 'workload.services[0]');
  const kindsOf = (path: string) =>
    serviceFields.find((field) => field.path === `${path}.kind`)?.options ?? [];

  it.each(kindsOf('workload.services[0].arrivals').filter((kind) => kind !== 'trace'))(
    'arrivals %s begin with values that can run, and keep the rate',
    (kind) => {
      const path = 'workload.services[0].arrivals';
      const old = { kind: 'poisson', perSecond: 12 };
      const arrivals = objectOfKind(path, kind, serviceFields, old, 'service');
      expect(parseSimulationFile(withValue(file, path, arrivals))).toMatchObject({ ok: true });
      if (kind !== 'schedule') expect(arrivals).toMatchObject({ perSecond: 12 });
    },
  );

  it.each(kindsOf('workload.services[0].cpu'))('a law %s begins with values that can run', (kind) => {
    const path = 'workload.services[0].cpu';
    const law = objectOfKind(path, kind, serviceFields, service.cpu, 'service');
    expect(parseSimulationFile(withValue(file, path, law))).toMatchObject({ ok: true });
  });

  it('needs a value only where nothing else gives one', () => {
    for (const field of platformFields('container'))
      if (field.default !== undefined || field.optional) expect(startOf(field, 'service')).toBeUndefined();
  });
});

import { config } from 'zod';
import type { ListedField } from '#shared/simulation/field.ts';
import type { PlatformKind } from './platform-kinds.ts';

// The page forbids making code out of text, which zod would try for speed; it must be told before a schema is made.
config({ jitless: true });
const [
  { platformFields },
  { listFields },
  { faultSchema },
  { deploymentSchema },
  { serviceSchema },
  { runSchema },
] = await Promise.all([
  import('#shared/simulation/platforms/registry.ts'),
  import('#shared/simulation/field.ts'),
  import('#shared/simulation/faults/fault-schema.ts'),
  import('#shared/simulation/deployments/deployment-schema.ts'),
  import('#shared/simulation/workload/service.ts'),
  import('#shared/simulation/run-length.ts'),
]);

/** Arrivals that are a list of measured rates come from files. */
const notHere = new Set(['trace']);

const offered = (fields: readonly ListedField[]): ListedField[] =>
  fields
    .filter(({ conditions }) => !conditions.some(({ value }) => notHere.has(value)))
    .map((field) => ({ ...field, options: field.options.filter((option) => !notHere.has(option)) }));

const byPlatform = new Map<PlatformKind, readonly ListedField[]>();

/** The parameters of a platform; settings of one service differ from those of all only where these have none. */
export function parametersOf(kind: PlatformKind): readonly ListedField[] {
  const known = byPlatform.get(kind);
  if (known) return known;
  const fields = offered(platformFields(kind));
  const nameOf = ({ path }: ListedField) => path.split('.').at(-1);
  const ofAll = new Set(fields.filter(({ path }) => !path.includes('.*')).map(nameOf));
  const counted = new Set(['instances']);
  const kept = fields.filter(
    (field) =>
      !field.path.includes('.*') ||
      (field.path.split('.').length === 4 && !ofAll.has(nameOf(field)) && !counted.has(nameOf(field) ?? '')),
  );
  byPlatform.set(kind, kept);
  return kept;
}

export const serviceFields: readonly ListedField[] = offered(
  listFields(serviceSchema, 'workload.services[0]'),
);
export const faultFields: readonly ListedField[] = listFields(faultSchema, 'faults[]');
export const deploymentFields: readonly ListedField[] = listFields(deploymentSchema, 'deployments[]');
export const runFields: readonly ListedField[] = listFields(runSchema, 'run');

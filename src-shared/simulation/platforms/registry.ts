import { z } from 'zod';
import type {
  Kernel,
  PlatformDefinition,
  PlatformInput,
  PlatformScenario,
  Problem,
  RunningPlatform,
} from '../platform.ts';
import { type ListedField, listFields } from '../field.ts';
import { containerPlatform } from './container/container.ts';
import { monolithPlatform } from './monolith/monolith.ts';
import { queuePlatform } from './queue/queue.ts';
import { serverlessPlatform } from './serverless/serverless.ts';
import { sharedHostPlatform } from './shared-host/shared-host.ts';
import { vmPlatform } from './vm/vm.ts';

/** The one place that lists the platforms. */
const platforms = [
  queuePlatform,
  monolithPlatform,
  sharedHostPlatform,
  vmPlatform,
  containerPlatform,
  serverlessPlatform,
] as const;

type Schema = (typeof platforms)[number]['schema'];
export type Platform = z.infer<Schema>;
export type PlatformKind = Platform['kind'];

export const platformKinds: readonly PlatformKind[] = platforms.map((platform) => platform.kind);

export const platformSchema = z.discriminatedUnion(
  'kind',
  platforms.map((platform) => platform.schema) as unknown as [Schema, ...Schema[]],
);

/** What the schema cannot see, by the platform that the file names. */
export function checkPlatform(scenario: PlatformScenario<Platform>): Problem[] {
  return definitionOf(scenario.platform.kind).check(scenario);
}

export function startPlatform(input: PlatformInput<Platform>, kernel: Kernel): RunningPlatform {
  return definitionOf(input.platform.kind).start(input, kernel);
}

/** The parameters of a platform with their labels, units, defaults and sources. */
export function platformFields(kind: PlatformKind): ListedField[] {
  return listFields(definitionOf(kind).schema, 'platform');
}

function definitionOf(kind: PlatformKind): PlatformDefinition<Platform> {
  const found = platforms.find((platform) => platform.kind === kind);
  if (found === undefined) throw new Error(`no platform is called ${kind}`);
  // Each definition takes its own parameters only, and it is found by their kind.
  return found as PlatformDefinition<Platform>;
}

import type { PlatformKind } from '#shared/simulation/platforms/registry.ts';

export type { PlatformKind };

/** In the order of the lessons. Known without the simulator, which comes with the workbench. */
export const platformKinds = [
  'queue',
  'monolith',
  'shared-host',
  'vm',
  'container',
  'serverless',
] as const satisfies readonly PlatformKind[];

export function platformKindOf(word: string | null | undefined): PlatformKind | null {
  return platformKinds.find((kind) => kind === word) ?? null;
}

import type { CommonWorkload } from '#shared/simulation/side-by-side/common-workload.ts';
import type { AxisName } from './axes.ts';
import type { MapOf } from './evaluations.svelte.ts';

/** What is set in the form; the workload is null where it is none. */
export interface MapWanted {
  readonly workload: CommonWorkload | null;
  readonly across: AxisName;
  readonly up: AxisName;
}

/**
 * What has changed since a map was drawn, so that another one would be drawn now; null where nothing has. What the map is
 * drawn over takes all its values there, and does not count in the workload.
 */
export function mapChangedSince(drawn: MapOf, now: MapWanted): 'workload' | 'axes' | null {
  const { workload } = now;
  if (workload === null) return 'workload';
  const names = Object.keys(drawn.workload) as (keyof CommonWorkload)[];
  const counts = names.filter((name) => name !== drawn.across && name !== drawn.up);
  if (counts.some((name) => workload[name] !== drawn.workload[name])) return 'workload';
  return now.across === drawn.across && now.up === drawn.up ? null : 'axes';
}

import type { Fit } from './fit.ts';
import type { PackedHistories } from './packed-histories.ts';

/** What the thread that fits is started with. */
export interface FitOrder {
  readonly packed: PackedHistories;
  readonly current: readonly number[];
  readonly enableShortTerm: boolean;
  /** Shared memory, since a thread at work reads no messages; see `controls`. */
  readonly control: Int32Array<SharedArrayBuffer>;
}

/** Places of `FitOrder.control`; each holds 0 and later 1. */
export const controls = {
  /** Set to ask the thread to stop. */
  cancelled: 0,
  /** Set by the thread, and notified, when no native work is left that could outlive it. */
  ended: 1,
} as const;

/** What that thread says. */
export type FitMessage =
  | { readonly kind: 'progress'; readonly done: number }
  | { readonly kind: 'fitted'; readonly fit: Fit }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'unavailable'; readonly error: Error };

/** Steps of progress in a whole fit. */
export const fitSteps = 100;

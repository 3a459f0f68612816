import { createRequire } from 'node:module';
import type * as Binding from '@open-spaced-repetition/binding';

export type Optimiser = typeof Binding;

/** There is no prebuilt optimiser for this machine, or it cannot be loaded. The rest of the program works without it. */
export class OptimiserMissing extends Error {
  override readonly name = 'OptimiserMissing';
}

let optimiser: Optimiser | undefined;

/**
 * Loads the native module on first use: a start of the program needs neither its time nor its memory.
 *
 * @throws OptimiserMissing
 */
export function loadOptimiser(): Optimiser {
  try {
    optimiser ??= createRequire(import.meta.url)('@open-spaced-repetition/binding') as Optimiser;
  } catch (cause) {
    const machine = `${process.platform}-${process.arch}`;
    throw new OptimiserMissing(`The optimiser cannot be loaded on ${machine}.`, { cause });
  }
  return optimiser;
}

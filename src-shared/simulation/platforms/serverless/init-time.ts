import { type FunctionRuntime, functionRuntimes, initCv } from '../../catalogue/function-runtimes.ts';
import type { Law } from '../../workload/laws.ts';

/**
 * The time that an environment needs before its first request: lognormal around the median of its runtime.
 * The mean of a lognormal law is its median times sqrt(1 + cv^2).
 */
export function initLawOf(runtime: FunctionRuntime): Law {
  const cv = initCv.value;
  return { kind: 'lognormal', meanMs: functionRuntimes[runtime].value * Math.sqrt(1 + cv * cv), cv };
}

import { z } from 'zod';

/** Levels of lists and objects that a free-form value may have. SQLite reads JSON down to 1,000, and every stack has an end. */
export const jsonDepthLimit = 64;

/** Values that it may hold altogether, so that a value which holds itself comes to an end too. */
const jsonSizeLimit = 100_000;

function isBounded(value: unknown): boolean {
  let seen = 0;
  let level: unknown[] = [value];
  for (let depth = 0; depth <= jsonDepthLimit; depth += 1) {
    const next: unknown[] = [];
    for (const item of level) {
      if (typeof item !== 'object' || item === null) continue;
      const held: unknown[] = Array.isArray(item) ? item : Object.values(item);
      seen += held.length;
      if (seen > jsonSizeLimit) return false;
      for (const one of held) next.push(one);
    }
    if (next.length === 0) return true;
    level = next;
  }
  return false;
}

/** Any JSON value that is not nested or crowded without end. */
export const jsonSchema = z
  .unknown()
  .refine(isBounded, {
    message: `expected at most ${jsonDepthLimit} levels and ${jsonSizeLimit} values`,
    abort: true,
  })
  .pipe(z.json());

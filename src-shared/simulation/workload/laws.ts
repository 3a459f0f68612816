import { z } from 'zod';
import { normalQuantile } from '../engine/normal-quantile.ts';
import { exp, log } from '../engine/portable-math.ts';
import type { RandomStream } from '../engine/random.ts';
import { field } from '../field.ts';

const maxMs = 10_000_000;

const milliseconds = z.number().positive().max(maxMs);

/** How long something takes: a probability law over milliseconds. */
export const lawSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('deterministic'),
    meanMs: field(milliseconds, { en: 'Always', 'zh-CN': '恒定值', unit: 'ms' }),
  }),
  z.strictObject({
    kind: z.literal('exponential'),
    meanMs: field(milliseconds, { en: 'Mean', 'zh-CN': '均值', unit: 'ms' }),
  }),
  z.strictObject({
    kind: z.literal('lognormal'),
    meanMs: field(milliseconds, { en: 'Mean', 'zh-CN': '均值', unit: 'ms' }),
    cv: field(z.number().min(0).max(20), {
      en: 'Coefficient of variation',
      'zh-CN': '变异系数',
      unit: '1',
    }),
  }),
  z.strictObject({
    kind: z.literal('bimodal'),
    values: z
      .array(
        z.strictObject({
          ms: field(milliseconds, { en: 'Value', 'zh-CN': '取值', unit: 'ms' }),
          weight: field(z.number().positive().max(1e9), { en: 'Weight', 'zh-CN': '权重', unit: '1' }),
        }),
      )
      .min(1)
      .max(20),
  }),
  z
    .strictObject({
      kind: z.literal('pareto'),
      alpha: field(z.number().min(0.05).max(20), { en: 'Tail index', 'zh-CN': '尾部指数', unit: '1' }),
      minMs: field(milliseconds, { en: 'Least', 'zh-CN': '下界', unit: 'ms' }),
      maxMs: field(milliseconds, { en: 'Most', 'zh-CN': '上界', unit: 'ms' }),
    })
    .refine((law) => law.minMs < law.maxMs, { path: ['maxMs'], message: 'expected more than minMs' }),
]);
export type Law = z.infer<typeof lawSchema>;

/** Draws from a law, one number of its stream for each draw. */
export class LawSampler {
  private readonly stream: RandomStream;
  private readonly kind: Law['kind'];
  // What each law needs, prepared once; the meaning is in `sample`.
  private readonly a: number;
  private readonly b: number;
  private readonly c: number;
  private readonly values: readonly number[];
  private readonly cumulated: readonly number[];

  constructor(law: Law, stream: RandomStream) {
    this.stream = stream;
    this.kind = law.kind;
    [this.a, this.b, this.c] = coefficients(law);
    this.values = law.kind === 'bimodal' ? law.values.map((value) => value.ms) : [];
    let sum = 0;
    this.cumulated = law.kind === 'bimodal' ? law.values.map((value) => (sum += value.weight)) : [];
  }

  /** Milliseconds. */
  sample(): number {
    const u = this.stream.uniform();
    switch (this.kind) {
      case 'deterministic':
        return this.a;
      case 'exponential':
        return -log(1 - u) * this.a;
      case 'lognormal':
        return exp(this.a + this.b * normalQuantile(u === 0 ? 2 ** -54 : u));
      case 'bimodal':
        return this.pickValue(u);
      case 'pareto':
        // Inverse of F(x) = (1 - (min/x)^alpha) / (1 - (min/max)^alpha).
        return this.a * exp(this.b * log(1 - u * this.c));
    }
  }

  private pickValue(u: number): number {
    const target = u * (this.cumulated.at(-1) as number);
    let i = 0;
    while (i < this.values.length - 1 && target >= (this.cumulated[i] as number)) i++;
    return this.values[i] as number;
  }
}

function coefficients(law: Law): [number, number, number] {
  switch (law.kind) {
    case 'deterministic':
    case 'exponential':
      return [law.meanMs, 0, 0];
    case 'lognormal': {
      const variance = log(1 + law.cv * law.cv);
      return [log(law.meanMs) - variance / 2, Math.sqrt(variance), 0];
    }
    case 'bimodal':
      return [0, 0, 0];
    case 'pareto':
      return [law.minMs, -1 / law.alpha, 1 - exp(law.alpha * log(law.minMs / law.maxMs))];
  }
}

/** The mean of a law in milliseconds. */
export function lawMeanMs(law: Law): number {
  switch (law.kind) {
    case 'deterministic':
    case 'exponential':
    case 'lognormal':
      return law.meanMs;
    case 'bimodal': {
      const weights = law.values.reduce((sum, value) => sum + value.weight, 0);
      return law.values.reduce((sum, value) => sum + value.ms * value.weight, 0) / weights;
    }
    case 'pareto': {
      const { alpha, minMs, maxMs: most } = law;
      const share = minMs / most;
      const inside = 1 - exp(alpha * log(share));
      // Source: Harchol-Balter, Performance Modeling and Design of Computer Systems (2013), section 20.2.
      if (alpha === 1) return (minMs * -log(share)) / inside;
      return ((alpha * minMs) / (alpha - 1)) * ((1 - exp((alpha - 1) * log(share))) / inside);
    }
  }
}

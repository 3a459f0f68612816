import { computeDecayFactor, default_w, FSRS } from 'ts-fsrs';
import type { Grade } from './grade.ts';

/** The 21 weights of FSRS-6. */
export type Weights = readonly number[];

/** The weights that FSRS-6 starts from before it knows a learner. */
export const defaultWeights: Weights = default_w;

/** What FSRS knows of how well a question is remembered. */
export interface Memory {
  /** Days until the probability of recall has fallen to 90 %. */
  readonly stability: number;
  /** 1 (easy) to 10 (hard). */
  readonly difficulty: number;
}

const byIdentity = new WeakMap<Weights, FSRS>();
const byValue = new Map<string, FSRS>();

/** Making an FSRS checks and clips its weights, which takes far longer than using it. */
function algorithmFor(weights: Weights): FSRS {
  let algorithm = byIdentity.get(weights);
  if (algorithm) return algorithm;
  const key = weights.join();
  algorithm = byValue.get(key) ?? new FSRS({ w: weights });
  byValue.set(key, algorithm);
  byIdentity.set(weights, algorithm);
  return algorithm;
}

/** Probability of recall, 0-1, of a stability (days, above 0) some days (0 or more) after an answer. */
export type ForgettingCurve = (stabilityDays: number, elapsedDays: number) => number;

const curves = new WeakMap<Weights, ForgettingCurve>();

/**
 * FSRS-6's forgetting curve, R(t) = (1 + f t / S)^decay
 * (https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm). ts-fsrs works decay and f out again at each
 * call and rounds; a screen asks of 100,000 cards at once.
 */
export function forgettingCurve(weights: Weights): ForgettingCurve {
  let curve = curves.get(weights);
  if (!curve) {
    const { decay, factor } = computeDecayFactor(weights);
    curve = (stabilityDays, elapsedDays) => Math.pow(1 + (factor * elapsedDays) / stabilityDays, decay);
    curves.set(weights, curve);
  }
  return curve;
}

/** Probability of recall as {@link forgettingCurve} has it. */
export function recallAfter(stabilityDays: number, elapsedDays: number, weights: Weights): number {
  return forgettingCurve(weights)(stabilityDays, elapsedDays);
}

/**
 * Days, not rounded, until the probability of recall has fallen to a share: the inverse of `recallAfter`.
 *
 * @param retention above 0, at most 1
 * @throws Error where the retention is outside that range
 */
export function daysUntil(stabilityDays: number, retention: number, weights: Weights): number {
  return stabilityDays * algorithmFor(weights).calculate_interval_modifier(retention);
}

/** What is remembered after the very first answer to a question. */
export function firstMemory(grade: Grade, weights: Weights): Memory {
  return algorithmFor(weights).next_state(null, 0, grade);
}

/**
 * What is remembered after one more answer.
 *
 * @param elapsedDays whole study days since the answer before; 0 is the same day, for which FSRS has a formula of its own
 * @throws Error where the memory is none (difficulty below 1) or the days are negative
 */
export function memoryAfter(memory: Memory, grade: Grade, elapsedDays: number, weights: Weights): Memory {
  return algorithmFor(weights).next_state(memory, elapsedDays, grade);
}

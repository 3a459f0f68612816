import type { Prediction } from '#shared/pack/schema.ts';
import type { CurvePoints } from '#shared/simulation/curve.ts';
import { scoreCurve } from '#shared/simulation/curve-score.ts';
import type { Outcome } from '../protocol.ts';

/** What a learner commits to: the id of an option, a number, or the points of a curve. */
export type Predicted = string | number | readonly number[];

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** A prediction that was kept, where the scenario still asks for one like it. */
export function predictedFrom(prediction: Prediction | undefined, kept: unknown): Predicted | null {
  switch (prediction?.kind) {
    case 'choice':
      return prediction.options.find(({ id }) => id === kept)?.id ?? null;
    case 'number':
      return isNumber(kept) ? kept : null;
    case 'curve':
      return Array.isArray(kept) && kept.length === prediction.measured.at.length && kept.every(isNumber)
        ? kept
        : null;
    case undefined:
      return null;
  }
}

/** Of an outcome, what the prediction is held against; null where it could not be told. */
export function measuredOf(
  prediction: Prediction | undefined,
  outcome: Outcome,
): number | readonly string[] | CurvePoints | null {
  switch (prediction?.kind) {
    case 'choice':
      return prediction.options.filter((_, i) => outcome.optionsHeld[i]).map(({ id }) => id);
    case 'number':
      return outcome.metrics[prediction.metric] ?? null;
    case 'curve':
      return outcome.curve;
    case undefined:
      return null;
  }
}

/** Whether a prediction came true, or near enough; null where there is nothing to hold it against. */
export function cameTrue(prediction: Prediction, predicted: Predicted, measured: unknown): boolean | null {
  switch (prediction.kind) {
    case 'choice':
      return Array.isArray(measured) ? measured.includes(predicted) : null;
    case 'number':
      return isNumber(measured) && isNumber(predicted)
        ? Math.abs(predicted - measured) <= prediction.closeWithin * Math.abs(measured)
        : null;
    case 'curve':
      return Array.isArray(measured) && Array.isArray(predicted)
        ? scoreCurve(predicted as number[], measured as CurvePoints, prediction.y, prediction.closeWithin)
            .close
        : null;
  }
}

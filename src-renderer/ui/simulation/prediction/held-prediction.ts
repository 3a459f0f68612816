import type { CurvePoints } from '#shared/simulation/curve.ts';
import { scoreCurve } from '#shared/simulation/curve-score.ts';
import type { Outcome } from '../protocol.ts';
import { missedId, noneMissed, type Asked } from './asked-prediction.ts';

/** What a learner commits to: the id of an option, a number, or the points of a curve. */
export type Predicted = string | number | readonly number[];

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** A prediction that was kept, where one like it is asked for. */
export function predictedFrom(asked: Asked | undefined, kept: unknown): Predicted | null {
  switch (asked?.kind) {
    case 'choice':
      return asked.options.find(({ id }) => id === kept)?.id ?? null;
    case 'goals':
      return [noneMissed, ...asked.goals.map(missedId)].find((id) => id === kept) ?? null;
    case 'number':
      return isNumber(kept) ? kept : null;
    case 'curve':
      return Array.isArray(kept) && kept.length === asked.measured.at.length && kept.every(isNumber)
        ? kept
        : null;
    case undefined:
      return null;
  }
}

/** Of an outcome, what the prediction is held against; null where it could not be told. */
export function measuredOf(
  asked: Asked | undefined,
  outcome: Outcome,
): number | readonly string[] | CurvePoints | null {
  switch (asked?.kind) {
    case 'choice':
      return asked.options.filter((_, i) => outcome.optionsHeld[i]).map(({ id }) => id);
    case 'goals': {
      const missed = outcome.goals.filter(({ met }) => !met).map(({ goal }) => missedId(goal));
      return missed.length > 0 ? missed : [noneMissed];
    }
    case 'number':
      return outcome.metrics[asked.metric] ?? null;
    case 'curve':
      return outcome.curve;
    case undefined:
      return null;
  }
}

/** Whether a prediction came true, or near enough; null where there is nothing to hold it against. */
export function cameTrue(asked: Asked, predicted: Predicted, measured: unknown): boolean | null {
  switch (asked.kind) {
    case 'choice':
    case 'goals':
      return Array.isArray(measured) ? measured.includes(predicted) : null;
    case 'number':
      return isNumber(measured) && isNumber(predicted)
        ? Math.abs(predicted - measured) <= asked.closeWithin * Math.abs(measured)
        : null;
    case 'curve':
      return Array.isArray(measured) && Array.isArray(predicted)
        ? scoreCurve(predicted as number[], measured as CurvePoints, asked.y, asked.closeWithin).close
        : null;
  }
}

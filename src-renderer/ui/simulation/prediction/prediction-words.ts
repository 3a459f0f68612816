import type { Prediction } from '#shared/pack/schema.ts';
import type { CurvePoints } from '#shared/simulation/curve.ts';
import { scoreCurve } from '#shared/simulation/curve-score.ts';
import { t, text } from '../../../i18n/i18n.svelte.ts';
import { formatNumber } from '../../../i18n/format.svelte.ts';
import { formatMetric } from '../names.ts';
import { cameTrue, predictedFrom } from './held-prediction.ts';

/** A prediction that was kept and what came of it, each as a short text; null where none was made. */
export function predictionInWords(
  prediction: Prediction | undefined,
  kept: unknown,
  measured: unknown,
): { readonly yours: string; readonly came: string; readonly right: boolean | null } | null {
  const predicted = predictedFrom(prediction, kept);
  if (prediction === undefined || predicted === null) return null;
  const right = cameTrue(prediction, predicted, measured);
  switch (prediction.kind) {
    case 'choice': {
      const textOf = (id: unknown) => prediction.options.find((option) => option.id === id)?.text;
      const held = Array.isArray(measured) ? measured.map(textOf).filter((words) => words !== undefined) : [];
      const yours = textOf(predicted);
      return { yours: yours ? text(yours) : '', came: held.map(text).join(' · '), right };
    }
    case 'number':
      return {
        yours: `${formatNumber(Number(predicted))} ${text(prediction.unit)}`,
        came: typeof measured === 'number' ? formatMetric(prediction.metric, measured) : '',
        right,
      };
    case 'curve': {
      const isMeasured = Array.isArray(measured) && typeof predicted === 'object';
      if (!isMeasured) return { yours: t('predict.aCurve'), came: '', right };
      const score = scoreCurve(predicted, measured as CurvePoints, prediction.y, prediction.closeWithin);
      return {
        yours: t('predict.curveNear', { near: score.near, count: score.of }),
        came: '',
        right,
      };
    }
  }
}

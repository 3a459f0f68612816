import type { CurvePoints } from '#shared/simulation/curve.ts';
import { scoreCurve } from '#shared/simulation/curve-score.ts';
import { t, text } from '../../../i18n/i18n.svelte.ts';
import { formatNumber } from '../../../i18n/format.svelte.ts';
import { formatMetric, metricName } from '../names.ts';
import { missedId, noneMissed, type Asked } from './asked-prediction.ts';
import { cameTrue, predictedFrom } from './held-prediction.ts';

/** What can be chosen from, each as Markdown for one line; nothing where no choice is asked for. */
export function optionsOf(asked: Asked | undefined): { readonly id: string; readonly text: string }[] {
  if (asked?.kind === 'choice')
    return asked.options.map((option) => ({ id: option.id, text: text(option.text) }));
  if (asked?.kind !== 'goals') return [];
  const missed = asked.goals.map((goal) => ({
    id: missedId(goal),
    text: t(goal.op === '<=' ? 'predict.goals.above' : 'predict.goals.below', {
      metric: metricName(goal.metric),
      value: formatMetric(goal.metric, goal.value),
    }),
  }));
  return [{ id: noneMissed, text: t('predict.goals.noneMissed') }, ...missed];
}

/** A prediction that was kept and what came of it, each as a short text; null where none was made. */
export function predictionInWords(
  asked: Asked | undefined,
  kept: unknown,
  measured: unknown,
): { readonly yours: string; readonly came: string; readonly right: boolean | null } | null {
  const predicted = predictedFrom(asked, kept);
  if (asked === undefined || predicted === null) return null;
  const right = cameTrue(asked, predicted, measured);
  switch (asked.kind) {
    case 'choice':
    case 'goals': {
      const options = optionsOf(asked);
      const textOf = (id: unknown) => options.find((option) => option.id === id)?.text ?? '';
      const held = Array.isArray(measured) ? measured.map(textOf) : [];
      return { yours: textOf(predicted), came: held.filter(Boolean).join(' · '), right };
    }
    case 'number':
      return {
        yours: `${formatNumber(Number(predicted))} ${text(asked.unit)}`,
        came: typeof measured === 'number' ? formatMetric(asked.metric, measured) : '',
        right,
      };
    case 'curve': {
      const isMeasured = Array.isArray(measured) && typeof predicted === 'object';
      if (!isMeasured) return { yours: t('predict.aCurve'), came: '', right };
      const score = scoreCurve(predicted, measured as CurvePoints, asked.y, asked.closeWithin);
      return {
        yours: t('predict.curveNear', { near: score.near, count: score.of }),
        came: '',
        right,
      };
    }
  }
}

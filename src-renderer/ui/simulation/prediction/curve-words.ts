import type { CurvePrediction } from '#shared/pack/schema.ts';
import type { CurveSeries } from '#shared/simulation/curve.ts';
import { t, text } from '../../../i18n/i18n.svelte.ts';
import { formatNumber } from '../../../i18n/format.svelte.ts';
import { formatMetric, metricName } from '../names.ts';

/** The metric that is written like a series. */
const likeMetric: Readonly<Record<CurveSeries, string>> = {
  latencyMeanMs: 'latencyMs.mean',
  latencyP95Ms: 'latencyMs.p95',
  throughputPerSecond: 'throughputPerSecond',
  errorsPerSecond: 'throughputPerSecond',
  utilisation: 'utilisation',
  waiting: 'meanWaiting',
  instances: 'instances.mean',
};

/** What is drawn, by its name on the screen. */
export const nameOfY = ({ measured }: CurvePrediction): string =>
  measured.over === 'parameter' ? metricName(measured.metric) : t(`predict.series.${measured.series}`);

/** What lies along the x axis, with its unit. */
export const nameOfX = ({ x }: CurvePrediction): string =>
  x.unit ? t('sweep.withUnit', { name: text(x.label), unit: text(x.unit) }) : text(x.label);

export const valueOfY = ({ measured }: CurvePrediction, value: number): string =>
  formatMetric(measured.over === 'parameter' ? measured.metric : likeMetric[measured.series], value);

/** A place on the x axis with its unit: `95 per second`. */
export function placeOnX({ x }: CurvePrediction, value: number): string {
  const number = formatNumber(value, { maximumSignificantDigits: 3 });
  return x.unit ? `${number} ${text(x.unit)}` : number;
}

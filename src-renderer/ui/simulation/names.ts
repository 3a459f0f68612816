import { t, type MessageKey } from '../../i18n/i18n.svelte.ts';
import { formatNumber } from '../../i18n/format.svelte.ts';

/** What a machine, process or server is called on the screen. */
export function displayName(id: string): string {
  const last = id.split('/').at(-1) ?? id;
  const [, kind, number] = /^(host|server|group|station)(?:-(\d+))?$/.exec(last) ?? [];
  if (kind === 'station') return t('sim.station');
  if (kind === 'host' || kind === 'server' || kind === 'group') return t(`sim.${kind}`, { number });
  return id;
}

type Format = (value: number) => string;
const ms: Format = (value) =>
  value >= 10_000
    ? `${formatNumber(value / 1000, { maximumFractionDigits: 1 })} s`
    : `${formatNumber(value, { maximumFractionDigits: value < 10 ? 2 : 0 })} ms`;
const percent: Format = (value) => formatNumber(value, { style: 'percent', maximumFractionDigits: 1 });
const plain: Format = (value) => formatNumber(value, { maximumFractionDigits: 2 });
const dollars: Format = (value) =>
  formatNumber(value, { style: 'currency', currency: 'USD', maximumFractionDigits: 3 });
const seconds: Format = (value) => `${formatNumber(value, { maximumFractionDigits: 1 })} s`;
const mib: Format = (value) => `${formatNumber(value, { maximumFractionDigits: 0 })} MiB`;

const formats: Readonly<Record<string, Format>> = {
  mean: ms,
  p50: ms,
  p95: ms,
  p99: ms,
  waitProbability: percent,
  lossProbability: percent,
  errorRate: percent,
  utilisation: percent,
  memoryUtilisation: percent,
  blastRadius: percent,
  restartedShare: percent,
  capacityDip: percent,
  costPerHourUsd: dollars,
  costPerMillionUsd: dollars,
  leadSeconds: seconds,
  memoryMiB: mib,
};

/** Metrics that have a name on the screen, without the service in front. */
const named = new Set<string>([
  'latencyMs.mean',
  'latencyMs.p50',
  'latencyMs.p95',
  'latencyMs.p99',
  'waitMs.mean',
  'waitMs.p95',
  'waitProbability',
  'lossProbability',
  'utilisation',
  'memoryUtilisation',
  'meanInSystem',
  'meanWaiting',
  'throughputPerSecond',
  'errorRate',
  'errors.lost',
  'errors.timeout',
  'errors.unavailable',
  'errors.killed',
  'errors.throttled',
  'errors.bug',
  'errors.time-limit',
  'hosts',
  'processes',
  'instances.mean',
  'instances.max',
  'retries',
  'costPerHourUsd',
  'costPerMillionUsd',
  'deploy.leadSeconds',
  'deploy.restartedShare',
  'deploy.capacityDip',
  'deploy.lostRequests',
  'deploy.slowRequests',
  'blastRadius',
  'oomKills',
  'restarts',
  'cpuCores',
  'memoryMiB',
]);

/** The name of a metric; one of a service is led by the service's name. */
export function metricName(metric: string): string {
  const [, service, rest] = /^services\.([^.]+)\.(.+)$/.exec(metric) ?? [];
  const name = rest ?? metric;
  const words = named.has(name) ? t(`metric.${name}` as MessageKey) : name;
  return service ? t('sim.ofService', { service, metric: words }) : words;
}

export function formatMetric(metric: string, value: number): string {
  if (metric.endsWith('instances.mean')) return plain(value);
  return (formats[metric.split('.').at(-1) ?? ''] ?? plain)(value);
}

import { hasMessage, t } from '../../i18n/i18n.svelte.ts';
import { formatNumber } from '../../i18n/format.svelte.ts';

/** A VM is led by the name of its service; an instance in an environment by that of its environment. */
const machine = /^(?:(.+)-(?=vm-\d+$))?(host|server|group|process|zone|node|vm|env)-(\d+)(?::.+)?$/;

/** What a machine, process or server is called on the screen; a name that a learner or author gave stays as it is. */
export function displayName(id: string): string {
  const last = id.split('/').at(-1) ?? id;
  if (last === 'station') return t('sim.station');
  const [, owner, kind, number] = machine.exec(last) ?? [];
  if (kind === undefined) return id;
  const name = t(`sim.${kind as 'host' | 'server' | 'group' | 'process' | 'zone' | 'node' | 'vm' | 'env'}`, {
    number,
  });
  return owner === undefined ? name : t('sim.ofService', { service: owner, metric: name });
}

type Format = (value: number) => string;
const ms: Format = (value) =>
  value >= 10_000
    ? `${formatNumber(value / 1000, { maximumFractionDigits: 1 })} s`
    : `${formatNumber(value, { maximumFractionDigits: value < 10 ? 2 : 0 })} ms`;
const percent: Format = (value) => formatNumber(value, { style: 'percent', maximumFractionDigits: 1 });
const plain: Format = (value) => formatNumber(value, { maximumFractionDigits: 2 });
const dollars: Format = (value) =>
  formatNumber(value, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: 2,
    maximumFractionDigits: 3,
    // A function that costs a fifth of a cent an hour is not free.
    maximumSignificantDigits: 3,
    roundingPriority: 'morePrecision',
  });
const seconds: Format = (value) => `${formatNumber(value, { maximumFractionDigits: 1 })} s`;
const mib: Format = (value) => `${formatNumber(value, { maximumFractionDigits: 0 })} MiB`;

/** By the whole name without the service in front, or else by its last part. */
const formats: Readonly<Record<string, Format>> = {
  'latencyMs.mean': ms,
  'waitMs.mean': ms,
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
  throttledShare: percent,
  coldStartProbability: percent,
  throttleProbability: percent,
  stateLostShare: percent,
  costPerHourUsd: dollars,
  costPerMillionUsd: dollars,
  leadSeconds: seconds,
  rollbackSeconds: seconds,
  memoryMiB: mib,
};

/** A metric's name without the service in front, and that service. */
function partsOf(metric: string): { readonly service: string | undefined; readonly name: string } {
  const [, service, rest] = /^services\.([^.]+)\.(.+)$/.exec(metric) ?? [];
  return { service, name: rest ?? metric };
}

/** Whether a metric has a name on the screen, and is one of the whole. */
export function isNamed(metric: string): boolean {
  return !metric.startsWith('services.') && hasMessage(`metric.${metric}`);
}

/** The name of a metric; one of a service is led by the service's name. */
export function metricName(metric: string): string {
  const { service, name } = partsOf(metric);
  const key = `metric.${name}`;
  const words = hasMessage(key) ? t(key) : name;
  return service ? t('sim.ofService', { service, metric: words }) : words;
}

export function formatMetric(metric: string, value: number): string {
  const { name } = partsOf(metric);
  return (formats[name] ?? formats[name.split('.').at(-1) ?? ''] ?? plain)(value);
}

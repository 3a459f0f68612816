import { memoryPerVcpuMiB, scalingPeriodSeconds } from '../catalogue/function-limits.ts';
import { serverlessPricing, type ServerlessPricingName } from '../catalogue/serverless-pricing.ts';
import { coldStartProbability } from '../platforms/serverless/keep-alive.ts';
import { cpuShare, workSpeed } from '../platforms/serverless/cpu-share.ts';
import { billedMs, functionBillUsd, gbSeconds } from '../platforms/serverless/lambda-billing.ts';
import { closedForm } from './closed-form.ts';

const durationMs = 'of a request, in ms';
const memoryMiB = 'of the function, in MB of 1/1024 GB';

/** The prices of a year as plain numbers. */
function pricesOf(name: ServerlessPricingName) {
  const { perMillionRequestsUsd, perGbSecondUsd, roundingMs } = serverlessPricing[name];
  return {
    perMillionRequestsUsd: perMillionRequestsUsd.value,
    perGbSecondUsd: perGbSecondUsd.value,
    roundingMs: roundingMs.value,
  };
}

function lambdaBill(about: string, pricing: ServerlessPricingName) {
  const prices = pricesOf(pricing);
  return closedForm({
    about,
    inputs: { requests: 'number', durationMs, memoryMiB },
    outputs: {
      billedMs: 'of a request, in ms',
      gbSeconds: 'of all requests',
      requestUsd: 'for their number, in USD',
      computeUsd: 'for memory and time, in USD',
      totalUsd: 'in USD',
    },
    compute: (of) => {
      const billed = billedMs(of.durationMs, prices.roundingMs);
      const requestUsd = (of.requests * prices.perMillionRequestsUsd) / 1e6;
      const totalUsd = functionBillUsd(of, prices);
      return {
        billedMs: billed,
        gbSeconds: of.requests * gbSeconds(of.memoryMiB, billed),
        requestUsd,
        computeUsd: totalUsd - requestUsd,
        totalUsd,
      };
    },
  });
}

const current = pricesOf('aws-x86-2026');
const { provisionedPerGbSecondUsd, provisionedRunningPerGbSecondUsd } = serverlessPricing['aws-x86-2026'];

/** Functions: their bill, their cold starts and their limits. */
export const functionForms = {
  'lambda-bill': lambdaBill(
    'AWS Lambda, x86, 2026: $0.20 a million requests, $0.0000166667 a GB-s, rounded up to 1 ms',
    'aws-x86-2026',
  ),
  'lambda-bill-2016': lambdaBill(
    'AWS Lambda, 2016: $0.20 a million requests, $0.00001667 a GB-s, rounded up to 100 ms',
    'aws-x86-2016',
  ),
  'cold-start': closedForm({
    about: 'P(cold) = exp(-lambda T), Poisson arrivals, one environment enough for all',
    inputs: { perHour: 'requests an hour', keepAliveMinutes: 'kept after the last use, in min' },
    outputs: { probability: 'that a request starts cold', perDay: 'cold starts in 24 h' },
    compute: (of) => {
      const probability = coldStartProbability(of.perHour / 3600, of.keepAliveMinutes * 60);
      return { probability, perDay: 24 * of.perHour * probability };
    },
  }),
  concurrency: closedForm({
    about: 'requests at once = rate x duration; what is above the limit is throttled (fluid, no retries)',
    inputs: { perSecond: 'requests per second', meanMs: 'mean duration in ms', limit: 'requests at once' },
    outputs: {
      needed: 'requests at once',
      admittedPerSecond: 'requests per second',
      throttledPerSecond: 'requests per second',
      throttledShare: 'share of the requests',
    },
    compute: (of) => {
      const needed = (of.perSecond * of.meanMs) / 1000;
      const admitted = Math.min(of.perSecond, (of.limit * 1000) / of.meanMs);
      const throttled = of.perSecond - admitted;
      return {
        needed,
        admittedPerSecond: admitted,
        throttledPerSecond: throttled,
        throttledShare: throttled / of.perSecond,
      };
    },
  }),
  provisioned: closedForm({
    about:
      'provisioned concurrency, 2026: $0.0000041667 a GB-s standing, 0.0000097222 running, against 0.0000166667',
    inputs: {
      environments: 'kept ready',
      memoryMiB,
      hours: 'that they are kept',
      busyShare: 'share of that time in which they work',
    },
    outputs: {
      standingUsd: 'for keeping them, in USD',
      runningUsd: 'for their work, in USD',
      totalUsd: 'in USD',
      onDemandUsd: 'the same work without them, in USD',
      breakEvenShare: 'busy share from which they are the cheaper',
    },
    compute: (of) => {
      const standing = provisionedPerGbSecondUsd.value;
      const running = provisionedRunningPerGbSecondUsd.value;
      const held = of.environments * gbSeconds(of.memoryMiB, of.hours * 3_600_000);
      const standingUsd = held * standing;
      const runningUsd = held * of.busyShare * running;
      return {
        standingUsd,
        runningUsd,
        totalUsd: standingUsd + runningUsd,
        onDemandUsd: held * of.busyShare * current.perGbSecondUsd,
        breakEvenShare: standing / (current.perGbSecondUsd - running),
      };
    },
  }),
  'cpu-share': closedForm({
    about: 'vCPUs = memory / 1769 MB; one thread is never faster than one vCPU',
    inputs: { memoryMiB, cpuMs: 'CPU time on a whole core, in ms' },
    outputs: { vcpus: 'that come with the memory', durationMs: 'in ms' },
    compute: (of) => {
      const vcpus = cpuShare(of.memoryMiB, memoryPerVcpuMiB.value);
      return { vcpus, durationMs: of.cpuMs / workSpeed(vcpus) };
    },
  }),
  'scale-up': closedForm({
    about: 'new environments: so many at once, and from then on as many in every ten seconds, evenly',
    inputs: { environments: 'wanted', perTenSeconds: 'new ones in ten seconds' },
    outputs: { seconds: 'until all are there, in s' },
    compute: (of) => ({
      seconds: Math.max(0, of.environments / of.perTenSeconds - 1) * scalingPeriodSeconds.value,
    }),
  }),
  'vm-or-functions': closedForm({
    about: 'the request rate at which functions cost as much an hour as instances that run all the time',
    inputs: {
      pricePerHourUsd: 'of one instance in USD',
      instances: 'number',
      durationMs,
      memoryMiB,
    },
    outputs: {
      perMillionUsd: 'a million requests by functions, in USD',
      breakEvenPerSecond: 'requests per second',
    },
    compute: (of) => {
      const perMillionUsd = functionBillUsd({ ...of, requests: 1e6 }, current);
      const perHour = (of.pricePerHourUsd * of.instances * 1e6) / perMillionUsd;
      return { perMillionUsd, breakEvenPerSecond: perHour / 3600 };
    },
  }),
  connections: closedForm({
    about: 'each environment holds its own connections to a database',
    inputs: {
      environments: 'at once',
      perEnvironment: 'connections of each',
      limit: 'connections that the database takes',
    },
    outputs: { connections: 'wanted', over: 'beyond the limit' },
    compute: (of) => {
      const connections = of.environments * of.perEnvironment;
      return { connections, over: Math.max(0, connections - of.limit) };
    },
  }),
};

import type { Quantity } from './quantity.ts';

/** Yes or no from the world, with where it comes from. */
export interface Fact {
  readonly value: boolean;
  readonly source: string;
  readonly date: string;
}

/** What a provider of functions charges. 1 GB is 1024 MB of a function's memory, as the provider counts. */
export interface ServerlessPricing {
  readonly perMillionRequestsUsd: Quantity;
  readonly perGbSecondUsd: Quantity;
  /** Durations are rounded up to a multiple of this. */
  readonly roundingMs: Quantity;
  /** Whether the initialisation of an environment that starts for a request is billed like its work. */
  readonly initBilled: Fact;
  /** For environments that are kept ready, whether they work or not; null where none can be bought. */
  readonly provisionedPerGbSecondUsd: Quantity | null;
  /** In place of `perGbSecondUsd` for work in an environment that is kept ready; null where none can be bought. */
  readonly provisionedRunningPerGbSecondUsd: Quantity | null;
}

const prices = 'AWS Lambda pricing, us-east-1';
const perSecond = 'USD/(GB s)';

const perMillionRequestsUsd: Quantity = { value: 0.2, unit: 'USD', source: prices, date: '2026' };

const oneMillisecond: Quantity = {
  value: 1,
  unit: 'ms',
  source: 'AWS, "Lambda billing granularity down to 1 ms"',
  date: '2020-12',
};

const initIsBilled: Fact = {
  value: true,
  source: 'AWS Compute Blog, "AWS Lambda standardizes billing for INIT phase"',
  date: '2025-08',
};

/** Prices by name. Left out: free tier, tiers above 6 billion GB-seconds a month, storage beyond 512 MB, data transfer. */
export const serverlessPricing = {
  'aws-x86-2026': {
    perMillionRequestsUsd,
    perGbSecondUsd: { value: 0.0000166667, unit: perSecond, source: `${prices}, x86`, date: '2026' },
    roundingMs: oneMillisecond,
    initBilled: initIsBilled,
    provisionedPerGbSecondUsd: {
      value: 0.0000041667,
      unit: perSecond,
      source: `${prices}, provisioned concurrency, x86`,
      date: '2026',
    },
    provisionedRunningPerGbSecondUsd: {
      value: 0.0000097222,
      unit: perSecond,
      source: `${prices}, duration under provisioned concurrency, x86`,
      date: '2026',
    },
  },
  'aws-arm-2026': {
    perMillionRequestsUsd,
    perGbSecondUsd: { value: 0.0000133334, unit: perSecond, source: `${prices}, Arm`, date: '2026' },
    roundingMs: oneMillisecond,
    initBilled: initIsBilled,
    provisionedPerGbSecondUsd: {
      value: 0.0000033334,
      unit: perSecond,
      source: `${prices}, provisioned concurrency, Arm`,
      date: '2026',
    },
    provisionedRunningPerGbSecondUsd: {
      value: 0.0000077778,
      unit: perSecond,
      source: `${prices}, duration under provisioned concurrency, Arm`,
      date: '2026',
    },
  },
  /** As when the article was written. */
  'aws-x86-2016': {
    perMillionRequestsUsd: { value: 0.2, unit: 'USD', source: prices, date: '2016' },
    perGbSecondUsd: { value: 0.00001667, unit: perSecond, source: prices, date: '2016' },
    roundingMs: {
      value: 100,
      unit: 'ms',
      source: `${prices}: "rounded up to the nearest 100ms"`,
      date: '2016',
    },
    initBilled: {
      value: false,
      source: 'AWS Compute Blog, on billing before the change of 2025',
      date: '2025-08',
    },
    provisionedPerGbSecondUsd: null,
    provisionedRunningPerGbSecondUsd: null,
  },
} as const satisfies Record<string, ServerlessPricing>;

export type ServerlessPricingName = keyof typeof serverlessPricing;

export const serverlessPricingNames = Object.keys(serverlessPricing) as [
  ServerlessPricingName,
  ...ServerlessPricingName[],
];

/** For every request that comes through a gateway. */
export const gatewayPerMillionRequestsUsd: Quantity = {
  value: 1,
  unit: 'USD',
  source: 'Amazon API Gateway pricing, HTTP API, us-east-1, first 300 million a month',
  date: '2026',
};

import type { Quantity } from './quantity.ts';

const quotas = 'AWS Lambda quotas';

/** Memory that comes with one whole vCPU. */
export const memoryPerVcpuMiB: Quantity = {
  value: 1769,
  unit: 'MiB',
  source: 'AWS Lambda Developer Guide, "Configure Lambda function memory"',
  date: '2026',
};

export const leastMemoryMiB: Quantity = { value: 128, unit: 'MiB', source: quotas, date: '2026' };
export const mostMemoryMiB: Quantity = { value: 10_240, unit: 'MiB', source: quotas, date: '2020-12' };

export const timeLimitSeconds: Quantity = { value: 900, unit: 's', source: quotas, date: '2018-10' };
/** When the article was written, and until October 2018. */
export const timeLimitOf2016Seconds: Quantity = { value: 300, unit: 's', source: quotas, date: '2016' };

/** An environment that takes longer to start is stopped, and begins its init anew under the time limit of the function. */
export const initLimitSeconds: Quantity = {
  value: 10,
  unit: 's',
  source: 'AWS Lambda Developer Guide, "Understanding the Lambda execution environment lifecycle"',
  date: '2026',
};

/** Requests worked on at once in an account and region, unless more is asked for. */
export const accountConcurrency: Quantity = { value: 1000, unit: '1', source: quotas, date: '2026' };

/** New environments that a function can get in every `scalingPeriodSeconds`. */
export const scalingEnvironments: Quantity = {
  value: 1000,
  unit: '1',
  source: 'AWS Lambda Developer Guide, "Lambda scaling behavior"',
  date: '2023-11',
};
export const scalingPeriodSeconds: Quantity = {
  value: 10,
  unit: 's',
  source: 'AWS Lambda Developer Guide, "Lambda scaling behavior"',
  date: '2023-11',
};

const idleExpiry = {
  unit: 's',
  source: 'mikhail.io, "When does cold start happen on AWS Lambda?": 5 to 10 minutes',
  date: '2021',
} as const;

/** An idle environment is taken away after 5 to 10 minutes; this is the upper end. */
export const idleExpirySeconds: Quantity = { value: 600, ...idleExpiry };
export const soonestIdleExpirySeconds: Quantity = { value: 300, ...idleExpiry };

export const gatewayLimitSeconds: Quantity = {
  value: 29,
  unit: 's',
  source: 'Amazon API Gateway quotas, integration timeout',
  date: '2026',
};

export const gatewayMs: Quantity = {
  value: 10,
  unit: 'ms',
  source: 'assumption: a gateway adds 10 to 30 ms as a REST API, somewhat less as an HTTP API',
  date: '2026',
};

const asynchronous = 'AWS Lambda Developer Guide, error handling for asynchronous invocation';

/** How long an asynchronous event is tried before it is dropped. */
export const eventAgeSeconds: Quantity = { value: 21_600, unit: 's', source: asynchronous, date: '2026' };
export const eventErrorRetries: Quantity = { value: 2, unit: '1', source: asynchronous, date: '2026' };
/** Wait before the first retry after an error of the function; the second waits twice as long. */
export const errorRetryWaitSeconds: Quantity = { value: 60, unit: 's', source: asynchronous, date: '2026' };
/** Wait after a first throttling; it doubles each time. */
export const throttleRetryWaitSeconds: Quantity = { value: 1, unit: 's', source: asynchronous, date: '2026' };
export const longestRetryWaitSeconds: Quantity = {
  value: 300,
  unit: 's',
  source: asynchronous,
  date: '2026',
};

const stream = 'AWS Lambda Developer Guide, event source mapping for Kinesis';

export const batchSize: Quantity = { value: 100, unit: '1', source: stream, date: '2026' };
/** Records of a stream are kept for so long. */
export const recordAgeSeconds: Quantity = {
  value: 86_400,
  unit: 's',
  source: 'Amazon Kinesis Data Streams, default retention',
  date: '2026',
};

/** What a new version takes beside the copy of its artefact. */
export const publishSeconds: Quantity = {
  value: 3,
  unit: 's',
  source: 'assumption: some seconds for the calls that update the code, publish a version and move the alias',
  date: '2026',
};

export const canaryShare: Quantity = {
  value: 0.1,
  unit: '1',
  source: 'AWS CodeDeploy, LambdaCanary10Percent5Minutes',
  date: '2026',
};
export const canarySeconds: Quantity = {
  value: 300,
  unit: 's',
  source: 'AWS CodeDeploy, LambdaCanary10Percent5Minutes',
  date: '2026',
};

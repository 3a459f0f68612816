import type { Quantity } from './quantity.ts';

const measured = (value: number): Quantity => ({
  value,
  unit: 'ms',
  source: 'maxday/lambda-perf: median of a function that does nothing, 512 MB, zip',
  date: '2026',
});

/** Median time that an environment needs before it can take its first request, by what the function is written in. */
export const functionRuntimes = {
  rust: measured(15),
  go: measured(50),
  python: measured(85),
  node: measured(138),
  java: measured(234),
  dotnet: measured(250),
  /** A Java application with its framework, as against a Java function that does nothing. */
  'java-application': {
    value: 3162,
    unit: 'ms',
    source: 'edjgeek.com: real Java applications take 2 to 5 s; the geometric middle',
    date: '2026',
  },
  /** The same, started from a snapshot of its memory. */
  'java-snapstart': {
    value: 112,
    unit: 'ms',
    source: 'edjgeek.com: 90 to 140 ms with SnapStart; the geometric middle',
    date: '2026',
  },
} as const satisfies Record<string, Quantity>;

export type FunctionRuntime = keyof typeof functionRuntimes;

export const functionRuntimeNames = Object.keys(functionRuntimes) as [FunctionRuntime, ...FunctionRuntime[]];

/** Spread of init times around their median. */
export const initCv: Quantity = {
  value: 0.25,
  unit: '1',
  source: 'assumption: lognormal, two in three within a quarter of the median',
  date: '2026',
};

/** What every further MiB of package adds to the init time: to be fetched, unpacked and loaded. */
export const initMsPerPackageMiB: Quantity = {
  value: 10,
  unit: 'ms/MiB',
  source: 'assumption: a package of some tens of MiB adds some hundred milliseconds',
  date: '2026',
};

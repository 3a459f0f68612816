import type { Control } from '#shared/pack/schema.ts';
import type { CostKind, LatencyPart } from '#shared/simulation/simulate.ts';

/** How many controls a sentence points at. */
const mostLevers = 2;

const fleet =
  /\.(servers|hosts|nodes|instances|instancesPer(Server|Group|Service)|processesPerInstance|threadsPerProcess|shards|replicas|minReplicas|minNodes|max)$/;
const scaling =
  /\.(targetUtilisation|targetCpuPercent|pointSeconds|points|pointsOut|scaleOutAbove|scaleInBelow|cooldownSeconds|policy|warmPool|startSeconds|atSeconds|downscaleStabilisationSeconds)$/;
const cores = /\.(instanceType|nodeCores|cpuRequest|weight|scheduler|cores|balancer)$/;
const limits = /\.(cpuLimit|cpuLimitCores|memoryMiB)$/;
const load = /\.(perSecond|thenPerSecond|meanMs|trigger|batchSize|concurrencyLimit|reservedConcurrency)$/;
const ready = /\.(provisionedConcurrency|warmPool|keepAliveSeconds|minReplicas|minNodes)$/;
const starts = /\.(runtime|startSeconds|imageMiB|packageMiB|baseImageMiB|imageBake|pullMiBPerSecond)$/;
const whole = /^platform$/;

/** By the last words of a control's path: what changes a part of the time, the strongest first. */
const ofTime: Readonly<Record<LatencyPart, readonly RegExp[]>> = {
  queueing: [fleet, scaling, load, cores, whole],
  work: [/\.(instanceType|memoryMiB|meanMs|sandbox)$/, whole],
  contention: [cores, fleet, limits, whole],
  throttling: [limits, whole],
  coldStart: [ready, starts, /\.memoryMiB$/, whole],
  pause: [/\.(memoryMiB|memoryLimitMiB|instancesPerGroup)$/, whole],
  io: [whole],
  network: [/\.(balancer|zones|sandbox)$/, whole],
  retry: [/\.(concurrencyLimit|reservedConcurrency|timeLimitSeconds|trigger)$/, fleet, whole],
};

/** The same for a part of the bill. */
const ofMoney: Readonly<Record<CostKind, readonly RegExp[]>> = {
  work: [/\.(memoryMiB|instanceType|runtime|pricing)$/, load, whole],
  idle: [fleet, /\.(targetUtilisation|targetCpuPercent|scaleInBelow)$/, cores, ready, whole],
  starting: [starts, scaling, whole],
  minimum: [/\.(instanceType|pricing)$/, whole],
  waiting: [/\.memoryMiB$/, whole],
  init: [starts, /\.memoryMiB$/, ready, whole],
  provisioned: [/\.(provisionedConcurrency)$/, whole],
  requests: [/\.(batchSize)$/, load, whole],
};

function matching(controls: readonly Control[], patterns: readonly RegExp[]): Control[] {
  const found = patterns.flatMap((pattern) => controls.filter(({ path }) => pattern.test(path)));
  return [...new Set(found)].slice(0, mostLevers);
}

/** The controls that change where time goes, of those that a scenario has; none where it has none for it. */
export const leversOfTime = (part: LatencyPart, controls: readonly Control[]): Control[] =>
  matching(controls, ofTime[part]);

export const leversOfMoney = (kind: CostKind, controls: readonly Control[]): Control[] =>
  matching(controls, ofMoney[kind]);

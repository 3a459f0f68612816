import type { ListedField } from '#shared/simulation/field.ts';

/** Groups of parameters, in the order in which they are shown. */
export const groupNames = [
  'machines',
  'scaling',
  'pods',
  'hpa',
  'nodeAutoscaler',
  'start',
  'initMs',
  'requests',
  'services',
  'deploy',
  'failures',
  'price',
] as const;
export type GroupName = (typeof groupNames)[number];

export interface FieldGroup {
  readonly name: GroupName;
  readonly fields: readonly ListedField[];
  /** The path of the object that is there or not as a whole; null where the group is always there. */
  readonly within: string | null;
}

const nestedGroups: Readonly<Record<string, GroupName>> = {
  scaling: 'scaling',
  pods: 'pods',
  hpa: 'hpa',
  nodeAutoscaler: 'nodeAutoscaler',
  initMs: 'initMs',
  services: 'services',
  prices: 'price',
};

const rules: readonly (readonly [RegExp, GroupName])[] = [
  [/price|pricing|billing/i, 'price'],
  [
    /^(concurrencyLimit|scalingEnvironments|scalingPeriodSeconds|provisionedConcurrency|warmPool)$/,
    'scaling',
  ],
  [
    /^(deployOrder|maxSurge|maxUnavailable|keepOld|minHealthy|alias|canary|copy|publish|drain|hotDeploy)/,
    'deploy',
  ],
  [/^imageBake/, 'deploy'],
  [
    /^(launch|boot|warmPoolLaunch|nodeBoot|sandbox|disk|containerStart|baseImage|pull|init|package|keepAlive)/,
    'start',
  ],
  [/^runtime$/, 'start'],
  [/^(crash|nodeMonitor|eviction|statusCheck|restart)/, 'failures'],
  [
    /^(balancer|networkMs|gateway|threads|trigger|maxEvent|event|throttle|longest|errorRetry|shards|batch|maxRecord)/,
    'requests',
  ],
  [/^(callers|timeLimit|discipline|capacity)/, 'requests'],
];

function groupOf(field: ListedField, platform: string): GroupName {
  const [, top = '', ...rest] = field.path.split(/\.|\[/);
  if (rest.length > 0) return nestedGroups[top] ?? 'machines';
  // A batch is a wave of new machines for VMs, and records of a stream for functions.
  if (top === 'batchSize' && platform === 'vm') return 'deploy';
  return rules.find(([pattern]) => pattern.test(top))?.[1] ?? 'machines';
}

/** The parameters of a platform by what they are about. */
export function groupFields(fields: readonly ListedField[], platform: string): FieldGroup[] {
  return groupNames.flatMap((name): FieldGroup[] => {
    const members = fields.filter((field) => groupOf(field, platform) === name);
    if (members.length === 0) return [];
    const whole = `platform.${name}`;
    return [{ name, fields: members, within: members[0]?.within === whole ? whole : null }];
  });
}

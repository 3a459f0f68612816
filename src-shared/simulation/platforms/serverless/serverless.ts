import type { PlatformDefinition, PlatformScenario, Problem } from '../../platform.ts';
import { settingsName, unknownServices } from '../service-settings.ts';
import { sharedPlaces } from './concurrency-limits.ts';
import { functionPlan, sellsProvisioned } from './function-plan.ts';
import { RunningServerless } from './running-serverless.ts';
import { readsStream } from './function-settings.ts';
import { type ServerlessPlatform, serverlessSchema } from './serverless-parameters.ts';

type Scenario = PlatformScenario<ServerlessPlatform>;

/** Serverless: functions that run in environments which come with requests and go without them. */
export const serverlessPlatform: PlatformDefinition<ServerlessPlatform> = {
  kind: 'serverless',
  schema: serverlessSchema,
  check: (scenario) => [
    ...unknownServices(scenario.platform, scenario.services),
    ...concurrencyProblems(scenario),
    ...shardProblems(scenario),
  ],
  start: (input, kernel) => new RunningServerless(input, kernel),
};

/** The most shards of all streams together. */
const maxShards = 2000;

function concurrencyProblems({ platform, services }: Scenario): Problem[] {
  const plans = services.map((service) => functionPlan(platform, service));
  const problems: Problem[] = [];
  for (const { service, reserved, provisioned } of plans) {
    if (reserved === null || provisioned <= reserved) continue;
    const key = settingsName(platform, service);
    const message = `${provisioned} are kept ready; expected at most the ${reserved} that are reserved`;
    problems.push({ path: `platform.services.${key}.reservedConcurrency`, message });
  }
  const left = sharedPlaces(platform.concurrencyLimit, plans);
  if (left < 0) {
    const message = `reserved and provisioned concurrency together exceed it by ${-left}`;
    problems.push({ path: 'platform.concurrencyLimit', message });
  }
  if (!sellsProvisioned(platform) && plans.some(({ provisioned }) => provisioned > 0)) {
    const message = `"${platform.pricing}" has no price for provisioned concurrency; set prices.provisionedPerGbSecondUsd`;
    problems.push({ path: 'platform.pricing', message });
  }
  return problems;
}

function shardProblems({ platform, services }: Scenario): Problem[] {
  const shards = services
    .map((service) => functionPlan(platform, service))
    .reduce((sum, plan) => sum + (readsStream(plan.trigger) ? plan.shards : 0), 0);
  if (shards <= maxShards) return [];
  return [{ path: 'platform.shards', message: `makes ${shards} shards; expected at most ${maxShards}` }];
}

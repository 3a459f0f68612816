import { z } from 'zod';
import { deploymentSchema } from './deployments/deployment-schema.ts';
import { maxOccurrences } from './faults/draw-faults.ts';
import { type Fault, faultSchema } from './faults/fault-schema.ts';
import type { PlatformScenario, Problem } from './platform.ts';
import { leastGoalSeeds, writtenGoalSchema } from './goals.ts';
import { checkPlatform, type Platform, platformSchema } from './platforms/registry.ts';
import { maxRequests, runSchema } from './run-length.ts';
import { expectedArrivals, expectedRateChanges, msUntilArrivals, runsDry } from './workload/rate-profile.ts';
import { expandServices, maxServices, type Service, workloadSchema } from './workload/service.ts';

/** A whole simulation: what runs where, what is asked of it, what goes wrong, and how long it is watched. */
export const simulationFileSchema = z.strictObject({
  platform: platformSchema,
  workload: workloadSchema,
  faults: z.array(faultSchema).max(20).default([]),
  deployments: z.array(deploymentSchema).max(20).default([]),
  /** What a result is held against. */
  goals: z.array(writtenGoalSchema).max(20).default([]),
  run: runSchema,
});
export type SimulationFile = z.infer<typeof simulationFileSchema>;

export type ParsedSimulationFile =
  | { readonly ok: true; readonly file: SimulationFile }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Checks an unknown value and fills in defaults. Every problem comes with the path of its field. */
export function parseSimulationFile(value: unknown): ParsedSimulationFile {
  const parsed = simulationFileSchema.safeParse(value);
  if (!parsed.success) return { ok: false, problems: parsed.error.issues.flatMap(problemsOfIssue) };
  const problems = crossCheck(parsed.data);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, file: parsed.data };
}

/** The schema of a file as JSON Schema, draft 2020-12: with one platform, or with several to compare. */
export function simulationFileJsonSchema(): object {
  const comparison = simulationFileSchema.extend({
    platform: platformSchema.optional(),
    compare: z
      .array(
        z.union([platformSchema, z.strictObject({ name: z.string().optional(), platform: platformSchema })]),
      )
      .min(1)
      .max(maxContenders)
      .optional(),
  });
  const schema = z.toJSONSchema(comparison, { io: 'input', reused: 'ref' });
  return { ...schema, oneOf: [{ required: ['platform'] }, { required: ['compare'] }] };
}

/** The most platforms of one comparison. */
export const maxContenders = 20;

/** What a platform gets to see of a file. */
export function platformScenario(file: SimulationFile): PlatformScenario<Platform> {
  const { platform, workload, faults, deployments } = file;
  return { platform, services: expandServices(workload), faults, deployments };
}

/**
 * How long a run lasts on the clock of the simulation: to its horizon, or about until its last request has come.
 *
 * @returns milliseconds
 */
export function expectedMs(file: SimulationFile): number {
  const { horizonSeconds, requests = 0 } = file.run;
  if (horizonSeconds !== undefined) return horizonSeconds * 1000;
  const { services } = platformScenario(file);
  return msUntilArrivals(
    services.map(({ arrivals }) => arrivals),
    requests,
  );
}

/** How many requests a run is expected to have, retries not counted. */
export function expectedRequests(file: SimulationFile): number {
  const { horizonSeconds, requests = 0 } = file.run;
  if (horizonSeconds === undefined) return requests;
  const { services } = platformScenario(file);
  return services.reduce((sum, { arrivals }) => sum + expectedArrivals(arrivals, horizonSeconds * 1000), 0);
}

function crossCheck(file: SimulationFile): Problem[] {
  const serviceCount = file.workload.services.reduce((sum, service) => sum + service.count, 0);
  if (serviceCount > maxServices) {
    return [
      { path: 'workload.services', message: `expected at most ${maxServices} services, replicas counted` },
    ];
  }
  const input = platformScenario(file);
  const names = new Set(input.services.map((service) => service.name));
  const problems: Problem[] = [];

  const seen = new Set<string>();
  for (const { name, fileIndex } of input.services) {
    if (seen.has(name)) {
      problems.push({
        path: `workload.services[${fileIndex}].name`,
        message: `the name "${name}" occurs twice`,
      });
    }
    seen.add(name);
  }
  file.faults.forEach((fault, i) => {
    problems.push(...faultProblems(fault, i, names));
  });
  file.deployments.forEach((deployment, i) => {
    if (!names.has(deployment.service)) problems.push(unknownService('deployments', i));
  });

  problems.push(...lengthProblems(file, input.services));
  if (file.goals.length > 0 && file.run.seeds.length < leastGoalSeeds) {
    const message = `goals are held against at least ${leastGoalSeeds} seeds`;
    problems.push({ path: 'run.seeds', message });
  }
  // A platform may rely on names that are right.
  return problems.length > 0 ? problems : checkPlatform(input);
}

/** The most times that the rate of an arrival process changes in a run. */
const maxRateChanges = 1_000_000;

/** A run must have few enough requests, and it must end. */
function lengthProblems(file: SimulationFile, services: readonly Service[]): Problem[] {
  const { horizonSeconds, requests } = file.run;
  const problems: Problem[] = [];
  if (requests !== undefined && services.every(({ arrivals }) => runsDry(arrivals))) {
    return [{ path: 'run.requests', message: 'arrivals end before so many have come; set "horizonSeconds"' }];
  }
  const lengthMs = expectedMs(file);
  if (horizonSeconds !== undefined) {
    const expected =
      services.reduce((sum, { arrivals }) => sum + expectedArrivals(arrivals, lengthMs), 0) +
      file.faults.reduce((sum, fault) => sum + stormRequests(fault, horizonSeconds), 0);
    if (expected > maxRequests) {
      const message = `about ${Math.round(expected)} requests would come; expected at most ${maxRequests}`;
      problems.push({ path: 'run.horizonSeconds', message });
    }
  }
  for (const { arrivals, fileIndex } of services) {
    if (expectedRateChanges(arrivals, lengthMs) <= maxRateChanges) continue;
    const path = `workload.services[${fileIndex}].arrivals`;
    problems.push({ path, message: `the rate would change more than ${maxRateChanges} times in the run` });
  }
  return problems;
}

/** The requests that a fault is expected to bring on its own in a run. */
function stormRequests(fault: Fault, horizonSeconds: number): number {
  if (fault.kind !== 'retry-storm') return 0;
  const { atSeconds = 0, everySeconds, requests } = fault;
  if (everySeconds === undefined) return atSeconds <= horizonSeconds ? requests : 0;
  return Math.min(maxOccurrences, horizonSeconds / everySeconds) * requests;
}

function faultProblems(fault: Fault, index: number, names: ReadonlySet<string>): Problem[] {
  const problems: Problem[] = [];
  if ('service' in fault && !names.has(fault.service)) problems.push(unknownService('faults', index));
  if ((fault.atSeconds === undefined) === (fault.everySeconds === undefined)) {
    const message = 'expected one of "atSeconds" and "everySeconds"';
    problems.push({ path: `faults[${index}].atSeconds`, message });
  }
  return problems;
}

function unknownService(list: string, index: number): Problem {
  return { path: `${list}[${index}].service`, message: 'no service of the workload has this name' };
}

function problemsOfIssue(issue: z.core.$ZodIssue): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: pathText([...issue.path, key]), message: 'unknown field' }));
  }
  return [{ path: pathText(issue.path), message: issue.message }];
}

/** `workload.services[0].cpu.meanMs`; `(file)` for the whole. */
function pathText(path: readonly PropertyKey[]): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else text += text === '' ? String(part) : `.${String(part)}`;
  }
  return text === '' ? '(file)' : text;
}

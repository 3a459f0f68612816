import { z } from 'zod';
import { deploymentSchema } from './hosts/deployment-schema.ts';
import { faultSchema } from './hosts/fault-schema.ts';
import type { PlatformInput, Problem } from './platform.ts';
import { checkPlatform, type Platform, platformSchema } from './platforms/registry.ts';
import { maxRequests, runSchema } from './run-length.ts';
import { expectedArrivals } from './workload/arrivals.ts';
import { expandServices, maxServices, workloadSchema } from './workload/service.ts';

/** A whole simulation: what runs where, what is asked of it, what goes wrong, and how long it is watched. */
export const simulationFileSchema = z.strictObject({
  platform: platformSchema,
  workload: workloadSchema,
  faults: z.array(faultSchema).max(20).default([]),
  deployments: z.array(deploymentSchema).max(20).default([]),
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

/** The schema of a file as JSON Schema, draft 2020-12. */
export function simulationFileJsonSchema(): object {
  return z.toJSONSchema(simulationFileSchema, { io: 'input' });
}

/** What a platform gets to see of a file. */
export function platformInput(file: SimulationFile): PlatformInput<Platform> {
  const { platform, workload, faults, deployments } = file;
  return { platform, services: expandServices(workload), faults, deployments };
}

function crossCheck(file: SimulationFile): Problem[] {
  const serviceCount = file.workload.services.reduce((sum, service) => sum + service.count, 0);
  if (serviceCount > maxServices) {
    return [
      { path: 'workload.services', message: `expected at most ${maxServices} services, replicas counted` },
    ];
  }
  const input = platformInput(file);
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
    if (fault.kind !== 'host-loss' && !names.has(fault.service)) problems.push(unknownService('faults', i));
  });
  file.deployments.forEach((deployment, i) => {
    if (!names.has(deployment.service)) problems.push(unknownService('deployments', i));
  });

  const { horizonSeconds } = file.run;
  if (horizonSeconds !== undefined) {
    const expected = input.services.reduce(
      (sum, service) => sum + expectedArrivals(service.arrivals, horizonSeconds * 1000),
      0,
    );
    if (expected > maxRequests) {
      const message = `about ${Math.round(expected)} requests would come; expected at most ${maxRequests}`;
      problems.push({ path: 'run.horizonSeconds', message });
    }
  }
  // A platform may rely on names that are right.
  return problems.length > 0 ? problems : checkPlatform(input);
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

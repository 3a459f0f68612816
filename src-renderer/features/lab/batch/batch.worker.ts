import { evaluatePattern } from '#shared/simulation/side-by-side/evaluate-pattern.ts';
import {
  createSimulation,
  parseSimulationFile,
  runAll,
  type SimulationFile,
} from '#shared/simulation/simulate.ts';
import type { Job, JobKind, Jobs, Reply } from './batch-protocol.ts';

/** Does one job after the other, off the page's thread. */

function parsed(raw: unknown): SimulationFile {
  const result = parseSimulationFile(raw);
  if (result.ok) return result.file;
  throw new RangeError(result.problems.map(({ path, message }) => `${path}: ${message}`).join('\n'));
}

function done(job: Job): Jobs[JobKind]['out'] {
  switch (job.kind) {
    case 'summary':
      return runAll(parsed(job.raw)).summary;
    case 'series': {
      const simulation = createSimulation(parsed(job.raw), job.seed);
      simulation.advance();
      return simulation.result().series;
    }
    case 'pattern':
      return evaluatePattern(job.pattern, job.workload, job.wanted);
  }
}

addEventListener('message', ({ data }: MessageEvent<Job>) => {
  let reply: Reply;
  try {
    reply = { ok: true, value: done(data) };
  } catch (error) {
    reply = { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
  postMessage(reply);
});

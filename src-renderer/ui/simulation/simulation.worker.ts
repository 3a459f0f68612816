import {
  createSimulation,
  expectedMs,
  type Goal,
  meetsGoals,
  parseSimulationFile,
  runAll,
  type Simulation,
  type SimulationFile,
} from '#shared/simulation/simulate.ts';
import { explainRuns } from './explain-runs.ts';
import type { Answer, Command, Frame, Message, Partial } from './protocol.ts';

/** Simulates off the page's thread, so that the page never waits. */

const frameMs = 33;
/** A frame that would need more events than this takes longer in simulated time instead of freezing the picture. */
const eventsPerFrame = 150_000;
const framesPerPartial = 9;

let run = 0;
let simulation: Simulation | null = null;
let file: SimulationFile | null = null;
let goals: readonly Goal[] = [];
let options: readonly (readonly Goal[])[] = [];
let timer: ReturnType<typeof setInterval> | undefined;
let frames = 0;

const post = (answer: Answer) => postMessage({ ...answer, run } satisfies Message);

const frameOf = (running: Simulation): Frame => ({
  snapshot: running.snapshot(),
  progress: running.progress,
});

function partialOf(running: Simulation): Partial {
  const { series, log, logDropped } = running.result();
  return { series, log, logDropped };
}

/** The watched run may be on a seed of the learner's; what counts is measured on the seeds of the file. */
function finish(running: Simulation, simulated: SimulationFile): void {
  clearInterval(timer);
  const { runs, summary } = runAll(simulated);
  post({
    type: 'finished',
    frame: frameOf(running),
    partial: partialOf(running),
    outcome: {
      metrics: Object.fromEntries(Object.entries(summary).map(([name, { mean }]) => [name, mean])),
      goals: meetsGoals(goals, runs),
      optionsHeld: options.map((when) => meetsGoals(when, runs).every(({ met }) => met)),
      explanation: explainRuns(runs),
      seeds: simulated.run.seeds,
    },
  });
}

function load(command: Extract<Command, { type: 'load' }>): void {
  clearInterval(timer);
  ({ run } = command);
  const parsed = parseSimulationFile(command.raw);
  if (!parsed.ok) {
    simulation = file = null;
    post({ type: 'problems', problems: parsed.problems });
    return;
  }
  file = parsed.file;
  ({ goals, options } = command);
  const seed = command.seed ?? file.run.seeds[0] ?? 1;
  simulation = createSimulation(file, seed);
  post({ type: 'loaded', seed, durationMs: expectedMs(file), frame: frameOf(simulation) });
}

function play(running: Simulation, simulated: SimulationFile, speed: number): void {
  clearInterval(timer);
  let last = performance.now();
  timer = setInterval(() => {
    const now = performance.now();
    running.advance({ untilMs: running.nowMs + (now - last) * speed, maxEvents: eventsPerFrame });
    last = now;
    if (running.done) return finish(running, simulated);
    post({ type: 'frame', frame: frameOf(running) });
    frames += 1;
    if (frames % framesPerPartial === 0) post({ type: 'partial', partial: partialOf(running) });
  }, frameMs);
}

addEventListener('message', ({ data }: MessageEvent<Command>) => {
  if (data.type === 'load') return load(data);
  if (!simulation || !file) return;
  if (data.type === 'play') return play(simulation, file, data.speed);
  clearInterval(timer);
  if (data.type === 'pause') {
    post({ type: 'partial', partial: partialOf(simulation) });
  } else {
    simulation.advance(data.type === 'step' ? { maxEvents: 1 } : {});
    if (simulation.done) finish(simulation, file);
    else post({ type: 'frame', frame: frameOf(simulation) });
  }
});

import type { CurvePoints, MeasuredCurve } from '#shared/simulation/curve.ts';
import { measureCurve } from '#shared/simulation/measure-curve.ts';
import {
  expectedMs,
  type Goal,
  meetsGoals,
  parseSimulationFile,
  runAll,
} from '#shared/simulation/simulate.ts';
import { explainRuns } from './explain-runs.ts';
import type { Answer, Command, Message, Sought } from './protocol.ts';
import { WatchedRun } from './watched-run.ts';

/** Simulates off the page's thread, so that the page never waits. */

const frameMs = 33;
/** A frame that would need more events than this takes longer in simulated time instead of freezing the picture. */
const eventsPerFrame = 150_000;
/** Charts take far longer to draw than the picture, and lose nothing by being a little behind. */
const framesPerPartial = 24;
/** What is sought and there before this needs no word on the way. */
const patienceMs = 200;

let run = 0;
let watched: WatchedRun | null = null;
let goals: readonly Goal[] = [];
let options: readonly (readonly Goal[])[] = [];
let curve: MeasuredCurve | null = null;
/** The file as it was loaded: a curve over a parameter changes it. */
let raw: unknown = null;
let timer: ReturnType<typeof setInterval> | undefined;
let measuring: ReturnType<typeof setTimeout> | undefined;
let frames = 0;
/** The results of this load are out. */
let told = false;

const post = (answer: Answer) => postMessage({ ...answer, run } satisfies Message);

/** The watched run may be on a seed of the learner's; what counts is measured on the seeds of the file. */
function finish(current: WatchedRun): void {
  clearInterval(timer);
  if (told) return post({ type: 'ended', frame: current.frame() });
  told = true;
  const { runs, summary } = runAll(current.file);
  const points = curve && measureCurve(curve, raw, runs);
  // Over time it is told by the runs that are there.
  const isThere = curve?.over !== 'parameter';
  post({
    type: 'finished',
    frame: current.frame(),
    partial: current.partial(),
    outcome: {
      metrics: Object.fromEntries(Object.entries(summary).map(([name, { mean }]) => [name, mean])),
      goals: meetsGoals(goals, runs),
      optionsHeld: options.map((when) => meetsGoals(when, runs).every(({ met }) => met)),
      curve: points && isThere ? [...points] : null,
      explanation: explainRuns(runs),
      seeds: current.file.run.seeds,
    },
    measuring: !isThere,
  });
  if (curve && points && !isThere) measure(points, curve.at.length);
}

/** One point after the other, each a run on every seed: what is asked meanwhile waits for one of them, not for all. */
function measure(points: Iterator<number | null, void>, of: number, found: CurvePoints = []): void {
  post({ type: 'measuring', progress: { done: found.length, of } });
  measuring = setTimeout(() => {
    const { done, value } = points.next();
    if (done) post({ type: 'measured', curve: found });
    else measure(points, of, [...found, value]);
  });
}

function load(command: Extract<Command, { type: 'load' }>): void {
  clearInterval(timer);
  clearTimeout(measuring);
  ({ run } = command);
  told = false;
  const parsed = parseSimulationFile(command.raw);
  if (!parsed.ok) {
    watched = null;
    post({ type: 'problems', problems: parsed.problems });
    return;
  }
  const { file } = parsed;
  ({ goals, options, curve, raw } = command);
  const seed = command.seed ?? file.run.seeds[0] ?? 1;
  watched = new WatchedRun(file, seed);
  post({ type: 'loaded', seed, durationMs: expectedMs(file), frame: watched.frame() });
}

function play(current: WatchedRun, speed: number): void {
  let last = performance.now();
  timer = setInterval(() => {
    const now = performance.now();
    const { nowMs } = current.simulation;
    current.advance({ untilMs: nowMs + (now - last) * speed, maxEvents: eventsPerFrame });
    last = now;
    if (current.simulation.done) return finish(current);
    post({ type: 'frame', frame: current.frame() });
    frames += 1;
    if (frames % framesPerPartial === 0) postPartial(current);
  }, frameMs);
}

/** By slices: whatever is asked meanwhile need not wait for the end of a long way. */
function seek(current: WatchedRun, sought: Sought): void {
  const beganMs = performance.now();
  timer = setInterval(() => {
    const isThere =
      sought === 'event' ? current.seekEvent(eventsPerFrame) : current.seek(sought.toMs, eventsPerFrame);
    if (!isThere) {
      const search = { sought, atMs: current.simulation.nowMs };
      if (performance.now() - beganMs > patienceMs) post({ type: 'seeking', search });
      return;
    }
    clearInterval(timer);
    postPartial(current);
    if (current.simulation.done) finish(current);
    else post({ type: 'sought', frame: current.frame() });
  });
}

/** What the page knows of a run that was seen further than now is more than this moment could tell. */
function postPartial(current: WatchedRun): void {
  if (current.atFront) post({ type: 'partial', partial: current.partial() });
}

addEventListener('message', ({ data }: MessageEvent<Command>) => {
  if (data.type === 'load') return load(data);
  if (!watched) return;
  clearInterval(timer);
  switch (data.type) {
    case 'play':
      return play(watched, data.speed);
    case 'seek':
      return seek(watched, data.sought);
    case 'pause':
      return postPartial(watched);
    case 'step':
    case 'finish':
      watched.advance(data.type === 'step' ? { maxEvents: 1 } : {});
      if (watched.simulation.done) finish(watched);
      else post({ type: 'frame', frame: watched.frame() });
  }
});

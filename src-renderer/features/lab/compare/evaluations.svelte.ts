import type { CommonWorkload } from '#shared/simulation/side-by-side/common-workload.ts';
import { fullEffort, mapEffort } from '#shared/simulation/side-by-side/common-workload.ts';
import type { Evaluation, Wanted } from '#shared/simulation/side-by-side/evaluate-pattern.ts';
import { patterns, type ComparedPattern } from '#shared/simulation/side-by-side/pattern-sizes.ts';
import { BatchRun } from '../batch/batch-run.svelte.ts';
import { acrossValues, upValues, type AxisName } from './axes.ts';

/** What was measured while the app is open: the same question has the same answer. */
const known = new Map<string, Evaluation>();

interface Question {
  readonly pattern: ComparedPattern;
  readonly workload: CommonWorkload;
  readonly wanted: Wanted;
}
const keyOf = (question: Question): string => JSON.stringify(question);

async function ask(
  batch: BatchRun,
  questions: readonly Question[],
  onanswer: (question: Question, answer: Evaluation) => void,
): Promise<void> {
  const open = questions.filter((question) => {
    const answer = known.get(keyOf(question));
    if (answer) onanswer(question, answer);
    return !answer;
  });
  await batch.start(
    'pattern',
    open,
    (question) => question,
    (question, answer) => {
      known.set(keyOf(question), answer);
      onanswer(question, answer);
    },
  );
}

/** The five patterns side by side on one workload. */
export class SideBySide {
  results = $state.raw<readonly Evaluation[]>([]);
  /** What the results are of. */
  workload = $state.raw<CommonWorkload | null>(null);
  readonly batch = new BatchRun();

  async run(workload: CommonWorkload): Promise<void> {
    this.workload = workload;
    this.results = [];
    const wanted = { effort: fullEffort, isolation: true, leadTime: true };
    await ask(
      this.batch,
      patterns.map((pattern) => ({ pattern, workload, wanted })),
      (_, answer) => (this.results = inOrder([...this.results, answer])),
    );
  }
}

const inOrder = (results: readonly Evaluation[]): Evaluation[] =>
  results.toSorted((a, b) => patterns.indexOf(a.pattern) - patterns.indexOf(b.pattern));

/** One cell of the map: all patterns on the workload that it stands for. */
export interface Cell {
  readonly across: number;
  readonly up: number;
  readonly results: readonly Evaluation[];
}

export interface MapOf {
  readonly workload: CommonWorkload;
  readonly across: AxisName;
  readonly up: AxisName;
}

/** The five patterns on a grid of workloads. */
export class WinnerMap {
  cells = $state.raw<readonly Cell[]>([]);
  of = $state.raw<MapOf | null>(null);
  /** Requests that came in all that was measured. */
  requests = $state(0);
  readonly batch = new BatchRun();

  async run(of: MapOf): Promise<void> {
    const { workload, across, up } = of;
    this.of = of;
    this.requests = 0;
    const cells = upValues(up).flatMap((y) =>
      acrossValues(across).map((x): Cell => ({ across: x, up: y, results: [] })),
    );
    this.cells = cells;
    const wanted = { effort: mapEffort, isolation: true, leadTime: false };
    const placed = new Map<Question, number>();
    const questions = cells.flatMap((cell, index) =>
      patterns.map((pattern) => {
        const question = { pattern, workload: { ...workload, [across]: cell.across, [up]: cell.up }, wanted };
        placed.set(question, index);
        return question;
      }),
    );
    await ask(this.batch, questions, (question, answer) => {
      const index = placed.get(question);
      this.requests += answer.requests;
      this.cells = this.cells.map((cell, at) =>
        at === index ? { ...cell, results: inOrder([...cell.results, answer]) } : cell,
      );
    });
  }
}

import { untrack } from 'svelte';
import { isNamed } from '../../../ui/simulation/names.ts';
import type { Outcome } from '../../../ui/simulation/protocol.ts';
import { SimulationRun } from '../../../ui/simulation/simulation-run.svelte.ts';
import type { DraftFile } from './edit-file.ts';
import { RunHistory } from './run-history.svelte.ts';
import type { Workbench } from './workbench.svelte.ts';

/** The run of what is on the workbench, and what becomes of it; make it while a component is set up. */
export class BenchRun {
  readonly history = new RunHistory();
  readonly run: SimulationRun;
  /** What the run before this one came to. */
  before = $state.raw<Outcome | null>(null);
  readonly #bench: Workbench;
  /** What is loaded, with the seeds that it is run on. */
  #loaded: DraftFile;

  constructor(bench: Workbench) {
    this.#bench = bench;
    this.#loaded = bench.file;
    this.run = new SimulationRun({ simulation: bench.file, controls: [], goals: [] }, (outcome) => {
      this.#end(outcome);
    });
    $effect(() => {
      void bench.file;
      void bench.sameSeeds;
      untrack(() => this.load());
    });
    $effect(() => () => this.run.close());
  }

  /** Names of the metrics that the run came to. */
  get metrics(): string[] {
    return Object.keys(this.run.outcome?.metrics ?? {}).filter(isNamed);
  }

  load(seed: number | null = null, file: DraftFile = this.#bench.fileToRun()): void {
    this.#loaded = file;
    this.run.loadFile(file, seed);
  }

  /** From the beginning: on the same seed, or on another where each run is to have its own. */
  restart(): void {
    this.load(this.#bench.sameSeeds ? this.run.seed : null);
  }

  #end(outcome: Outcome): void {
    const bench = this.#bench;
    this.before = bench.outcome;
    bench.outcome = outcome;
    const metrics = Object.fromEntries(Object.entries(outcome.metrics).filter(([name]) => isNamed(name)));
    this.history.keep({ platform: bench.kind, seed: this.run.seed, file: this.#loaded, metrics });
  }
}

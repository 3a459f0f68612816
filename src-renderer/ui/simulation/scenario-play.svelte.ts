import type { Attempt, LearnerScenario } from '#shared/contract/contract.ts';
import { activeChanges } from '#shared/simulation/configure.ts';
import { api } from '../../api/client.ts';
import { Remote } from '../../state/remote.svelte.ts';
import { keepDraft, keptDraft } from '../../state/window-draft.ts';
import { attemptOf } from './attempt-of.ts';
import { allowedChanges } from './control-values.ts';
import { askedOf } from './prediction/asked-prediction.ts';
import { predictedFrom, type Predicted } from './prediction/held-prediction.ts';
import type { Outcome } from './protocol.ts';
import { SimulationRun, type Changes } from './simulation-run.svelte.ts';

interface Listener {
  /** At once when a run is over, and what it was run with. */
  readonly onrun: (result: { changes: Changes; met: boolean | null }) => void;
  /** Once the run is kept and is found among the attempts. */
  readonly onsaved: () => void;
}

/** What was set and said since the last run. */
interface Draft {
  readonly changes: Changes;
  readonly predicted: Predicted | null;
}

/** A scenario as a learner works on it: how it is configured, what was predicted, its run, and what is kept of that. */
export class ScenarioPlay {
  readonly run: SimulationRun;
  readonly saving = new Remote<Attempt>();
  /** Adds to the attempt what took longer than its run. */
  readonly adding = new Remote<Attempt>();
  changes = $state.raw<Changes>({});
  /** An attempt that is run again as it was: nothing new to keep. */
  replayed = $state.raw<Attempt | null>(null);
  readonly #scenario: LearnerScenario;
  readonly #place: Attempt['place'];
  readonly #listener: Listener;
  readonly #earlier = new Remote<readonly Attempt[]>();
  #predicted = $state.raw<Predicted | null>(null);
  readonly asked = $derived.by(() => askedOf(this.#scenario, this.changes));
  /** What the learner committed to, where it answers what is asked now. */
  readonly predicted = $derived.by(() => predictedFrom(this.asked, this.#predicted));

  constructor(scenario: LearnerScenario, place: Attempt['place'], listener: Listener) {
    this.#scenario = scenario;
    this.#place = place;
    this.#listener = listener;
    this.run = new SimulationRun(scenario, (...finished) => this.#finished(...finished));
  }

  /** The attempt before the run that is on show. */
  get earlier(): Attempt | null {
    return this.#earlier.value?.[0] ?? null;
  }

  /** Begins with the changes of an answer that was kept, or else with what was set and not yet run, or with the last attempt. */
  async open(given: Changes | null): Promise<void> {
    const draft = given ? null : (keptDraft(this.#draftName) as Draft | null);
    this.changes = allowedChanges(this.#scenario.controls, given ?? draft?.changes ?? {});
    if (draft) this.#predicted = predictedFrom(this.asked, draft.predicted);
    this.run.load(this.changes, null);
    if (given) return;
    await this.#loadEarlier();
    const last = this.earlier;
    // Who has touched something meanwhile keeps it.
    const untouched =
      !draft &&
      Object.keys(this.changes).length === 0 &&
      this.#predicted === null &&
      this.run.status === 'ready';
    if (!last || !untouched) return;
    this.changes = allowedChanges(this.#scenario.controls, last.changes);
    this.#predicted = predictedFrom(this.asked, last.prediction);
    this.run.load(this.changes, null);
  }

  predict(predicted: Predicted | null): void {
    this.#predicted = predicted;
    this.#keepDraft();
  }

  /** Another configuration. What was said of how the one before would meet its goals has come out, and is over. */
  configure(changed: Changes): void {
    const changes = activeChanges(this.#scenario, changed);
    const told = this.run.outcome !== null || this.replayed !== null;
    if (told && askedOf(this.#scenario, changes)?.kind === 'goals') this.#predicted = null;
    this.changes = changes;
    this.#keepDraft();
    this.restart(null);
  }

  /** The same configuration from its beginning; null takes the first seed of the scenario. */
  restart(seed: number | null): void {
    if (this.replayed) this.#earlier.value = [this.replayed];
    this.replayed = null;
    this.run.load(this.changes, seed);
  }

  /** Runs an attempt again: its configuration, its seed, its prediction. It comes out as it did and is not kept twice. */
  async replay(attempt: Attempt): Promise<void> {
    this.changes = allowedChanges(this.#scenario.controls, attempt.changes);
    this.#predicted = predictedFrom(this.asked, attempt.prediction);
    this.restart(attempt.seed);
    this.replayed = attempt;
    this.run.finish();
    this.saving.value = null;
    await this.#loadEarlier(attempt.id);
  }

  get #draftName(): string {
    return `scenario.${this.#scenario.id}`;
  }

  /** A question keeps its own draft. */
  #keepDraft(): void {
    if (this.#place === 'review') return;
    const draft: Draft = { changes: this.changes, predicted: this.#predicted };
    keepDraft(this.#draftName, draft);
  }

  async #loadEarlier(beforeId?: number): Promise<void> {
    const before = beforeId === undefined ? {} : { beforeId };
    await this.#earlier.run(() => api.lab.attempts({ scenarioId: this.#scenario.id, limit: 1, ...before }));
  }

  #finished(outcome: Outcome, used: Changes, whole: Promise<Outcome> | null): void {
    if (this.replayed) return;
    keepDraft(this.#draftName, null);
    // What came out last time is what this run is compared with.
    if (this.saving.value) this.#earlier.value = [this.saving.value];
    const { seed } = this.run;
    const attempt = { place: this.#place, changes: used, seed, prediction: this.predicted };
    const keptOf = (known: Outcome) => attemptOf(this.#scenario, known, attempt);
    const kept = keptOf(outcome);
    this.#listener.onrun({ changes: used, met: kept.met });
    void this.#save(kept, whole && whole.then((known) => keptOf(known).measured));
  }

  /** A curve may take seconds more: the attempt is kept at once, and gets it when it is there. */
  async #save(attempt: ReturnType<typeof attemptOf>, measured: Promise<unknown> | null): Promise<void> {
    const saved = await this.saving.run(() => api.lab.saveAttempt(attempt));
    const id = this.saving.value?.id;
    if (!saved || id === undefined) return;
    this.#listener.onsaved();
    const later = await measured;
    if (later === null || !(await this.adding.run(() => api.lab.noteMeasured({ id, measured: later }))))
      return;
    const whole = this.adding.value;
    if (this.saving.value?.id === id) this.saving.value = whole;
    if (this.earlier?.id === id) this.#earlier.value = whole && [whole];
    this.#listener.onsaved();
  }
}

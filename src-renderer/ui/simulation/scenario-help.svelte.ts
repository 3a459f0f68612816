import type { ScenarioRecord } from '#shared/contract/contract.ts';
import { api } from '../../api/client.ts';
import { Remote } from '../../state/remote.svelte.ts';

/** The help that a learner took with a scenario, and whether they have met it: kept with what they do, not with the screen. */
export class ScenarioHelp {
  readonly #scenarioId: string;
  readonly #record = new Remote<ScenarioRecord>();
  readonly #loaded = new Remote<readonly ScenarioRecord[]>();
  #hints = $state(0);
  #gaveUp = $state(false);

  constructor(scenarioId: string) {
    this.#scenarioId = scenarioId;
  }

  get hintsShown(): number {
    return this.#hints;
  }
  get gaveUp(): boolean {
    return this.#gaveUp;
  }
  get met(): boolean {
    return this.#loaded.value?.[0]?.state === 'met';
  }
  get error() {
    return this.#record.error ?? this.#loaded.error;
  }

  async load(): Promise<void> {
    await this.#loaded.run(() => api.lab.overview({ scenarioId: this.#scenarioId }));
    const record = this.#loaded.value?.[0];
    this.#hints = Math.max(this.#hints, record?.hintsShown ?? 0);
    this.#gaveUp ||= (record?.gaveUpAt ?? null) !== null;
  }

  /** Shows so many hints from now on. */
  async showHints(count: number): Promise<void> {
    this.#hints = count;
    await this.#note({ hintsShown: count });
  }

  async giveUp(): Promise<void> {
    this.#gaveUp = await this.#note({ gaveUp: true });
  }

  #note(help: { readonly hintsShown?: number; readonly gaveUp?: boolean }): Promise<boolean> {
    return this.#record.run(() => api.lab.noteHelp({ scenarioId: this.#scenarioId, ...help }));
  }
}

import type { GlossaryTerm } from '#shared/contract/contract.ts';
import type { AppError } from '#shared/contract/errors.ts';
import { api } from '../api/client.ts';
import { Remote } from './remote.svelte.ts';

/** The glossary, loaded once when the first term is shown. */
class GlossaryState {
  #entries = new Remote<readonly GlossaryTerm[]>();
  #byId = $derived(new Map((this.#entries.value ?? []).map((entry) => [entry.id, entry])));

  load(): void {
    if (this.#entries.value || this.#entries.loading) return;
    void this.#entries.run(() => api.library.glossary({}));
  }

  get entries(): readonly GlossaryTerm[] | null {
    return this.#entries.value;
  }

  get error(): AppError | null {
    return this.#entries.error;
  }

  entry(id: string): GlossaryTerm | undefined {
    return this.#byId.get(id);
  }
}

export const glossary = new GlossaryState();

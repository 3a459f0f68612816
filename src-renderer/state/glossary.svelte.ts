import type { GlossaryEntry } from '#shared/pack/schema.ts';
import { api } from '../api/client.ts';
import { Remote } from './remote.svelte.ts';

/** The glossary, loaded once when the first term is shown. */
class GlossaryState {
  #entries = new Remote<readonly GlossaryEntry[]>();
  #byId = $derived(new Map((this.#entries.value ?? []).map((entry) => [entry.id, entry])));

  load(): void {
    if (this.#entries.value || this.#entries.loading) return;
    void this.#entries.run(() => api.library.glossary({}));
  }

  entry(id: string): GlossaryEntry | undefined {
    return this.#byId.get(id);
  }
}

export const glossary = new GlossaryState();

import type { LabRun, LabRuns } from '#shared/contract/contract.ts';
import { api } from '../../../api/client.ts';
import { Remote } from '../../../state/remote.svelte.ts';

const atFirst = 10;

/** The runs of free play that are kept. */
export class RunHistory {
  readonly runs = new Remote<LabRuns>();
  readonly keeping = new Remote<LabRun>();
  readonly changing = new Remote<LabRun | null>();
  #shown = atFirst;

  load(): void {
    const limit = this.#shown;
    void this.runs.run(() => api.lab.runs({ limit }));
  }

  showMore(): void {
    this.#shown = Math.min(200, this.#shown + 40);
    this.load();
  }

  /** Keeps a run that is over; what is kept is found in the list once the core has told so. */
  keep(run: Omit<LabRun, 'id' | 'at' | 'name'>): void {
    const id = crypto.randomUUID();
    void this.keeping.run(() => api.lab.keepRun({ ...run, id, metrics: { ...run.metrics } }));
  }

  rename(id: string, name: string): Promise<boolean> {
    return this.changing.run(() => api.lab.nameRun({ id, name }));
  }

  remove(id: string): Promise<boolean> {
    return this.changing.run(() => api.lab.removeRun({ id }));
  }
}

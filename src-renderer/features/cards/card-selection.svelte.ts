import type { WhichCards } from '#shared/contract/contract.ts';

/** Which cards are selected: some by name, or all that the search finds. */
export class CardSelection {
  all = $state(false);
  ids = $state.raw<ReadonlySet<string>>(new Set());

  has(id: string): boolean {
    return this.all || this.ids.has(id);
  }

  /** @param total how many cards the search finds */
  count(total: number): number {
    return this.all ? total : this.ids.size;
  }

  set(ids: Iterable<string>): void {
    this.all = false;
    this.ids = new Set(ids);
  }

  toggle(id: string): void {
    const ids = new Set(this.ids);
    if (!ids.delete(id)) ids.add(id);
    this.set(ids);
  }

  setAll(): void {
    this.all = true;
    this.ids = new Set();
  }

  clear(): void {
    this.set([]);
  }

  /** @param search the one whose cards are shown */
  which(search: string): WhichCards {
    return this.all ? { search } : { ids: [...this.ids] };
  }
}

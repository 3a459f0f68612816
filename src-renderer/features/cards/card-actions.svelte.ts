import { push } from 'svelte-spa-router';
import type { Input, WhichCards } from '#shared/contract/contract.ts';
import type { AppError } from '#shared/contract/errors.ts';
import { api } from '../../api/client.ts';
import { undoLast } from '../../state/undo-last.ts';

export type CardChange = Input<'cards.change'>['change'];

/** What an action came to, for the line that tells it. */
export type Outcome =
  | { readonly is: 'done'; readonly change: CardChange; readonly count: number }
  | { readonly is: 'unchanged' | 'undone' }
  | { readonly is: 'too-many'; readonly most: number };

/** If all of them are so already, the same key takes it back. */
const opposite: Partial<Record<CardChange['do'], CardChange>> = {
  suspend: { do: 'unsuspend' },
  bury: { do: 'unbury' },
};

/** Does things to cards, says what was done, and takes it back. */
export class CardActions {
  outcome = $state.raw<Outcome | null>(null);
  error = $state.raw<AppError | null>(null);
  busy = $state(false);
  /** Changes of the study data since the last action began; its own is one of them. */
  #changesSince = 0;

  /** Whether there is something to take back. */
  get canUndo(): boolean {
    return this.outcome?.is === 'done';
  }

  noteChange(): void {
    this.#changesSince += 1;
    // What was done since, here or in another window, may have taken it back.
    if (this.#changesSince > 1 && this.outcome?.is === 'done') this.outcome = null;
  }

  /** What was done is no longer what the screen is about. */
  forget(): void {
    this.outcome = null;
    this.error = null;
  }

  tell(outcome: Outcome): void {
    this.outcome = outcome;
  }

  async change(which: WhichCards, wanted: CardChange): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.#changesSince = 0;
    let change = wanted;
    let result = await api.cards.change({ which, change });
    const other = opposite[wanted.do];
    if (result.ok && result.value.changed === 0 && other) {
      change = other;
      result = await api.cards.change({ which, change });
    }
    this.busy = false;
    this.error = result.ok ? null : result.error;
    if (!result.ok) return;
    const count = result.value.changed;
    this.outcome = count > 0 ? { is: 'done', change, count } : { is: 'unchanged' };
  }

  async undo(): Promise<void> {
    const { outcome } = this;
    if (this.busy || outcome?.is !== 'done') return;
    this.busy = true;
    const result = await undoLast(outcome.change.do);
    this.busy = false;
    this.error = result.ok ? null : result.error;
    this.outcome = result.ok ? { is: 'undone' } : null;
  }

  /** Opens practice with these cards. */
  async practise(ids: readonly string[]): Promise<void> {
    if (this.busy || ids.length === 0) return;
    this.busy = true;
    const result = await api.review.practise({ what: 'chosen', ids: [...ids] });
    this.busy = false;
    this.error = result.ok ? null : result.error;
    if (result.ok) await push('/review');
  }
}

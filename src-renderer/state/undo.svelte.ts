import type { NamedAction, UndoOutcome } from '#shared/contract/contract.ts';
import type { AppError } from '#shared/contract/errors.ts';
import { api } from '../api/client.ts';
import { t, type MessageKey } from '../i18n/i18n.svelte.ts';

/** What an undo or a redo did, in words for the learner. */
export interface Told {
  readonly direction: 'undone' | 'redone';
  readonly action: NamedAction;
  readonly questionId: string | null;
}

/** What something that was done is called, such as "suspending 3 cards". */
export function actionName({ kind, params }: NamedAction): string {
  return t(`action.${kind}` as MessageKey, params);
}

/** Undo and redo of everything that changes study data, from every screen. */
class UndoRedo {
  /** Shown until the next thing is done or the learner puts it away. */
  told = $state.raw<Told | null>(null);
  error = $state.raw<AppError | null>(null);
  busy = $state(false);

  undo(): Promise<UndoOutcome | null> {
    return this.#run('undone');
  }
  redo(): Promise<UndoOutcome | null> {
    return this.#run('redone');
  }
  dismiss(): void {
    this.told = null;
    this.error = null;
  }

  async #run(direction: Told['direction']): Promise<UndoOutcome | null> {
    if (this.busy) return null;
    this.busy = true;
    const result = await (direction === 'undone' ? api.review.undo({}) : api.review.redo({}));
    this.busy = false;
    this.error = result.ok ? null : result.error;
    if (!result.ok) {
      this.told = null;
      return null;
    }
    const { action, questionId } = result.value;
    this.told = { direction, action, questionId };
    return result.value;
  }
}

export const undoRedo = new UndoRedo();

import type { Input, LessonSummary, PlannedInterview } from '#shared/contract/contract.ts';
import type { Result } from '#shared/contract/result.ts';
import { api } from '../../api/client.ts';
import { t } from '../../i18n/i18n.svelte.ts';
import { Remote } from '../../state/remote.svelte.ts';
import { settings } from '../../state/settings.svelte.ts';
import { undoLast } from '../../state/undo-last.ts';
import { changedBy, type Offer } from './remedy.ts';

/** What was done last on this screen. */
interface Done {
  readonly id: string;
  readonly text: string;
  /** Kind of the action that takes it back; null where the settings changed, which have no undo. */
  readonly undoes: 'add-interview' | 'change-interview' | 'remove-interview' | null;
}

/** The interviews, and what is done with them. */
export class InterviewsState {
  readonly list = new Remote<readonly PlannedInterview[]>();
  readonly lessons = new Remote<readonly LessonSummary[]>();
  #last = $state.raw<Done | null>(null);

  readonly coming = $derived((this.list.value ?? []).filter(({ inDays }) => inDays >= 0));
  /** Those that are over, the latest first. */
  readonly past = $derived((this.list.value ?? []).filter(({ inDays }) => inDays < 0).toReversed());
  /** What was taken back elsewhere is not said any more. */
  readonly done = $derived.by(() => {
    const isThere = (this.list.value ?? []).some(({ id }) => id === this.#last?.id);
    const gone = { 'add-interview': !isThere, 'change-interview': !isThere, 'remove-interview': isThere };
    return this.#last?.undoes && gone[this.#last.undoes] ? null : this.#last;
  });
  readonly error = $derived(this.list.error ?? this.lessons.error);

  load(): void {
    void this.list.run(() => api.interview.list({}));
    void this.lessons.run(() => api.lessons.list({}));
  }

  async save(input: Input<'interview.save'>): Promise<Result<unknown>> {
    const isNew = !this.list.value?.some(({ id }) => id === input.id);
    const result = await api.interview.save(input);
    if (!result.ok) return result;
    this.list.value = result.value;
    this.#last = {
      id: input.id,
      text: t(isNew ? 'interview.added' : 'interview.changed', { name: input.name }),
      undoes: isNew ? 'add-interview' : 'change-interview',
    };
    return result;
  }

  async remove({ id, name }: PlannedInterview): Promise<void> {
    const result = await api.interview.remove({ id });
    if (result.ok) {
      this.list.value = result.value;
      this.#last = { id, text: t('interview.removed', { name }), undoes: 'remove-interview' };
    } else this.list.error = result.error;
  }

  async take(offer: Offer, interview: PlannedInterview): Promise<Result<unknown>> {
    if (offer.kind !== 'more-per-day') return this.save(changedBy(offer, interview));
    const result = await api.settings.set(offer.limits);
    if (!result.ok) return result;
    await settings.load();
    this.load();
    this.#last = { id: interview.id, text: t('interview.limitsChanged'), undoes: null };
    return result;
  }

  async undo(): Promise<void> {
    const undoes = this.#last?.undoes;
    if (!undoes) return;
    const result = await undoLast(undoes);
    this.#last = null;
    if (result.ok) this.load();
    else this.list.error = result.error;
  }
}

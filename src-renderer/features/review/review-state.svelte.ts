import type { AnswerOutcome, QueueState } from '#shared/contract/contract.ts';
import type { AppError } from '#shared/contract/errors.ts';
import type { Response } from '#shared/contract/responses.ts';
import { proposeGrade, type Confidence, type Grade } from '#shared/study/grade.ts';
import { judge, type Verdict } from '#shared/study/verdict.ts';
import { api } from '../../api/client.ts';
import { fromResponse, toResponse, type Draft } from '../../ui/question/draft.ts';

const draftDelayMs = 400;

/** The core hands back either a draft as it was kept, or the response of an answer that was taken back. */
function restoreDraft(kept: unknown): Draft {
  if (kept === null || typeof kept !== 'object') return {};
  return 'response' in kept ? fromResponse(kept.response as Response) : (kept as Draft);
}

/** One review session on one screen: the question that is open, the answer so far, and what became of the last one. */
export class ReviewState {
  readonly lessonId: string | null;
  queue = $state.raw<QueueState | null>(null);
  draft = $state<Draft>({});
  error = $state.raw<AppError | null>(null);
  last = $state.raw<AnswerOutcome | null>(null);
  undone = $state(false);
  busy = $state(false);
  #answerId = '';
  #shownAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly card = $derived(this.queue?.card ?? null);
  readonly revealed = $derived(this.draft.revealed === true);
  readonly response = $derived(this.card ? toResponse(this.card.question, this.draft) : null);
  readonly verdict = $derived.by((): Verdict | null =>
    this.card && this.revealed && this.response ? judge(this.card.question, this.response) : null,
  );
  readonly proposed = $derived.by((): Grade => {
    const usedHelp = this.draft.usedHelp === true || (this.draft.simulation?.hints ?? 0) > 0;
    return proposeGrade({
      correct: this.verdict?.correct === true,
      usedHelp,
      confidence: this.draft.confidence ?? null,
    });
  });

  constructor(lessonId: string | null) {
    this.lessonId = lessonId;
  }

  async next(): Promise<void> {
    const result = await api.review.next({ lessonId: this.lessonId });
    if (!result.ok) {
      this.error = result.error;
      return;
    }
    this.error = null;
    this.queue = result.value;
    this.draft = restoreDraft(result.value.card?.draft ?? null);
    this.#answerId = crypto.randomUUID();
    this.#shownAt = performance.now();
  }

  /** Tries again what failed. An open question stays as it is, with all that was typed. */
  retry(): void {
    this.error = null;
    if (this.card) this.keepDraft(true);
    else void this.next();
  }

  /** Shows what is right. From here on the answer stands. */
  reveal(confidence: Confidence): void {
    if (!this.response || this.revealed) return;
    this.draft.confidence = confidence;
    this.draft.revealed = true;
  }

  skip(): void {
    if (this.revealed) return;
    this.draft.skipped = true;
    this.draft.confidence = null;
    this.draft.revealed = true;
  }

  async grade(grade: Grade): Promise<void> {
    if (!this.card || !this.response || !this.revealed || this.busy) return;
    clearTimeout(this.#timer);
    this.busy = true;
    const result = await api.review.answer({
      answerId: this.#answerId,
      questionId: this.card.question.id,
      basedOn: this.card.basedOn,
      response: $state.snapshot(this.response),
      confidence: this.draft.confidence ?? null,
      usedHelp: this.draft.usedHelp === true || (this.draft.simulation?.hints ?? 0) > 0,
      grade,
      answerMs: performance.now() - this.#shownAt,
    });
    this.busy = false;
    if (result.ok) {
      this.last = result.value;
      this.undone = false;
      await this.next();
    } else if (result.error.kind === 'stale-answer') {
      await this.next();
      this.error = result.error;
    } else {
      // The draft stays as it is, so that the same answer can be sent again under the same id.
      this.error = result.error;
    }
  }

  async undo(): Promise<void> {
    if (this.busy) return;
    clearTimeout(this.#timer);
    const result = await api.review.undo({});
    if (!result.ok) {
      this.error = result.error;
      return;
    }
    this.last = null;
    this.undone = true;
    await this.next();
  }

  /** Keeps the draft a moment after the last change; `now` is for leaving the screen. */
  keepDraft(now = false): void {
    clearTimeout(this.#timer);
    const { card } = this;
    if (!card) return;
    const save = async () => {
      const draft = $state.snapshot(this.draft) as Record<string, never>;
      const result = await api.review.saveDraft({ questionId: card.question.id, draft });
      if (!result.ok) this.error = result.error;
      // What is kept again needs no warning any more; what another window did is still to be read.
      else if (this.error?.kind !== 'stale-answer') this.error = null;
    };
    if (now) void save();
    else this.#timer = setTimeout(() => void save(), draftDelayMs);
  }
}

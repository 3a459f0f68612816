import { replace } from 'svelte-spa-router';
import type { AnswerOutcome, Input, NextCard, QueueState } from '#shared/contract/contract.ts';
import type { Result } from '#shared/contract/result.ts';
import type { AppError } from '#shared/contract/errors.ts';
import type { Response } from '#shared/contract/responses.ts';
import { proposeGrade, type Confidence, type Grade } from '#shared/study/grade.ts';
import { judge, type Verdict } from '#shared/study/verdict.ts';
import { api } from '../../api/client.ts';
import { undoRedo } from '../../state/undo.svelte.ts';
import { fromResponse, toResponse, type Draft } from '../../ui/question/draft.ts';

const draftDelayMs = 400;

/** The core hands back either a draft as it was kept, or the response of an answer that was taken back. */
function restoreDraft(kept: unknown): Draft {
  if (kept === null || typeof kept !== 'object') return {};
  if (!('response' in kept)) return kept as Draft;
  // Help that was used once is not forgotten by taking the answer back.
  return {
    ...fromResponse(kept.response as Response),
    usedHelp: 'usedHelp' in kept && kept.usedHelp === true,
  };
}

/** One review session on one screen: the question that is open, the answer so far, and what became of the last one. */
export class ReviewState {
  /** The lesson that was asked for; null for everything, undefined for what is open. */
  readonly asked: string | null | undefined;
  queue = $state.raw<QueueState | null>(null);
  draft = $state<Draft>({});
  error = $state.raw<AppError | null>(null);
  last = $state.raw<AnswerOutcome | null>(null);
  /** What was done to a card last, by hand. */
  changed = $state.raw<Input<'cards.change'>['change'] | null>(null);
  busy = $state(false);
  /** The session was ended here: the news of it must not start another. */
  finished = false;
  #practiceBegins = false;
  #answerId = '';
  #shownAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly card = $derived(this.queue?.card ?? null);
  readonly practises = $derived(this.queue?.session?.practice != null);
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

  constructor(asked: string | null | undefined) {
    this.asked = asked;
  }

  async next(): Promise<void> {
    // Once a session is open, its scope is the one to go on with; practice goes on by itself.
    const session = this.queue?.session;
    const lessonId =
      this.#practiceBegins || session?.practice ? undefined : session ? session.lessonId : this.asked;
    this.#practiceBegins = false;
    const result = await api.review.next(lessonId === undefined ? {} : { lessonId });
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
    if (this.card) void this.keepDraft(true);
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

  /** Ends the session. Returns whether it is ended. */
  async finish(): Promise<boolean> {
    this.finished = true;
    const result = await api.review.finish({});
    this.error = result.ok ? null : result.error;
    this.finished = result.ok;
    return result.ok;
  }

  /** Whether a grade may be given: a wrong answer is Again and nothing else. */
  allows(grade: Grade): boolean {
    return grade === 1 || this.verdict?.correct === true;
  }

  #given(card: NextCard, response: Response) {
    return {
      answerId: this.#answerId,
      questionId: card.question.id,
      basedOn: card.basedOn,
      response: $state.snapshot(response),
      confidence: this.draft.confidence ?? null,
      usedHelp: this.draft.usedHelp === true || (this.draft.simulation?.hints ?? 0) > 0,
      answerMs: performance.now() - this.#shownAt,
    };
  }

  /** Gives the answer its grade, which decides when the question comes again. */
  async grade(grade: Grade): Promise<void> {
    if (!this.allows(grade)) return;
    await this.#answer((given) => api.review.answer({ ...given, grade }));
  }

  /** Goes on in practice, where nothing is graded. */
  async goOn(): Promise<void> {
    await this.#answer((given) => api.review.answerPractice(given));
  }

  async #answer(
    send: (given: Omit<Input<'review.answer'>, 'grade'>) => Promise<Result<AnswerOutcome>>,
  ): Promise<void> {
    const { card, response } = this;
    if (!card || !response || !this.revealed || this.busy) return;
    clearTimeout(this.#timer);
    this.busy = true;
    const result = await send(this.#given(card, response));
    this.busy = false;
    if (result.ok) {
      this.last = result.value;
      this.changed = null;
      undoRedo.dismiss();
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
    if (this.revealed) {
      // Nothing is graded yet: back to the question. Who has seen the answer has had help.
      Object.assign(this.draft, { revealed: false, skipped: false, usedHelp: true });
      return;
    }
    await this.#takeBack(() => undoRedo.undo());
  }

  redo(): Promise<void> {
    return this.#takeBack(() => undoRedo.redo());
  }

  async #takeBack(run: () => Promise<unknown>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    await this.keepDraft(true);
    const done = await run();
    this.busy = false;
    if (!done) return;
    this.last = null;
    await this.next();
  }

  /** Does something to the card itself, and asks the next one where this one is not asked any more. */
  async changeCard(change: Input<'cards.change'>['change']): Promise<void> {
    const { card } = this;
    if (!card || this.busy) return;
    this.busy = true;
    await this.keepDraft(true);
    const result = await api.cards.change({ which: { ids: [card.question.id] }, change });
    this.busy = false;
    this.error = result.ok ? null : result.error;
    if (!result.ok) return;
    this.last = null;
    this.changed = change;
    undoRedo.dismiss();
    if (change.do === 'flag' && this.queue) {
      // The question stays as it is, with all that is being filled in.
      this.queue = { ...this.queue, card: { ...card, flag: change.flag, basedOn: card.basedOn } };
      await this.#refreshBase();
    } else await this.next();
  }

  /** A change of the card is a row of the log, which the answer then builds on. */
  async #refreshBase(): Promise<void> {
    const result = await api.review.next({});
    if (!result.ok || !this.queue?.card) return;
    const { card } = result.value;
    if (card?.question.id !== this.queue.card.question.id) return;
    const { flag, basedOn } = card;
    this.queue = { ...result.value, card: { ...this.queue.card, flag, basedOn } };
  }

  /** Practises some of the questions, and then comes back to nothing being due. */
  async practise(what: Input<'review.practise'>): Promise<void> {
    if (this.busy) return;
    // The news of it must not ask for the session of before, which would end it.
    this.busy = true;
    await this.keepDraft(true);
    const result = await api.review.practise(what);
    this.error = result.ok ? null : result.error;
    if (!result.ok) {
      this.busy = false;
      return;
    }
    this.last = null;
    this.queue = null;
    this.#practiceBegins = true;
    // The address of one lesson, or of everything, would end the practice at the next reload.
    if (this.asked !== undefined) await replace('/review');
    else await this.next();
    this.busy = false;
  }

  /** Keeps the draft a moment after the last change; `now` is for leaving the screen. */
  async keepDraft(now = false): Promise<void> {
    clearTimeout(this.#timer);
    const { card } = this;
    if (!card) return;
    const save = async () => {
      const draft = $state.snapshot(this.draft) as Record<string, never>;
      const result = await api.review.saveDraft({
        questionId: card.question.id,
        basedOn: card.basedOn,
        draft,
      });
      if (!result.ok) this.error = result.error;
      // What is kept again needs no warning any more; what another window did is still to be read.
      else if (this.error?.kind !== 'stale-answer') this.error = null;
    };
    if (now) await save();
    else this.#timer = setTimeout(() => void save(), draftDelayMs);
  }
}

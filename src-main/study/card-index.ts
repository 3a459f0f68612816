import { cardPhases, freshCard, type CardState } from '#shared/study/card.ts';
import type { ForgettingCurve } from '#shared/study/memory.ts';
import { studyDay, type StudyCalendar } from '#shared/study/study-day.ts';
import type { LibraryQuestion } from '#main/packs/library.ts';
import type { StoredCard } from './card-store.ts';

/** More changes than between two looks at the queue, but for what is done to many cards at once. */
const rememberedChanges = 1000;
const noDay = -(2 ** 31);
const phaseCode = Object.fromEntries(cardPhases.map((phase, code) => [phase, code])) as Record<
  CardState['phase'],
  number
>;
const reviewCode = phaseCode.review;

/**
 * All cards in memory, as columns: one process writes the file, so that what it has in memory is what the file has.
 * Every question of the packs has a row, in teaching order; after them those that no pack has any more.
 */
export class CardIndex {
  readonly #rows = new Map<string, number>();
  readonly #ids: string[] = [];
  readonly #states: CardState[] = [];
  readonly #questions: (LibraryQuestion | undefined)[] = [];
  readonly #facts: (readonly string[])[] = [];
  #phases = new Uint8Array(0);
  #dueDays = new Int32Array(0);
  #lastDays = new Int32Array(0);
  #stabilities = new Float64Array(0);
  #suspended = new Uint8Array(0);
  #calendar: StudyCalendar;
  /** Study day -> cards due then, but for those that are suspended. */
  #load = new Map<number, number>();
  /** Grows with every change, so that what was computed from the cards is known to be old. */
  version = 0;
  /** Ids of the cards that changed last, the newest last; the first belongs to version `#changesFrom`. */
  #changes: string[] = [];
  #changesFrom = 0;

  constructor(questions: readonly LibraryQuestion[], cards: Iterable<StoredCard>, calendar: StudyCalendar) {
    this.#calendar = calendar;
    const room = questions.length + 64;
    this.#phases = new Uint8Array(room);
    this.#dueDays = new Int32Array(room);
    this.#lastDays = new Int32Array(room);
    this.#stabilities = new Float64Array(room);
    this.#suspended = new Uint8Array(room);
    for (const question of questions) this.#add(question.id, question);
    for (const { questionId, state } of cards) this.set(questionId, state);
    this.#forgetChanges();
  }

  get length(): number {
    return this.#ids.length;
  }

  /** Days are counted anew when the learner is in another zone or moves the start of the day. */
  follow(calendar: StudyCalendar): void {
    const { timeZone, dayStartHour } = this.#calendar;
    if (calendar.timeZone === timeZone && calendar.dayStartHour === dayStartHour) return;
    this.#calendar = calendar;
    this.#load.clear();
    this.version += 1;
    this.#forgetChanges();
    this.#states.forEach((state, row) => this.#fill(row, state));
  }

  set(questionId: string, state: CardState): void {
    const row = this.#rows.get(questionId) ?? this.#add(questionId, undefined);
    this.#addLoad(row, -1);
    this.#states[row] = state;
    this.#fill(row, state);
    this.version += 1;
    this.#changes.push(questionId);
    if (this.#changes.length > rememberedChanges) this.#forgetChanges();
  }

  /** Ids of the cards that changed since a version; null where too much has changed to tell. */
  changesSince(version: number): readonly string[] | null {
    return version < this.#changesFrom ? null : this.#changes.slice(version - this.#changesFrom);
  }

  #forgetChanges(): void {
    this.#changes = [];
    this.#changesFrom = this.version;
  }

  state(questionId: string): CardState {
    const row = this.#rows.get(questionId);
    return row === undefined ? freshCard : this.stateAt(row);
  }

  idAt(row: number): string {
    return this.#ids[row] ?? '';
  }
  stateAt(row: number): CardState {
    return this.#states[row] ?? freshCard;
  }
  /** The question of a row; undefined where no pack has it any more. */
  questionAt(row: number): LibraryQuestion | undefined {
    return this.#questions[row];
  }
  rowOf(questionId: string): number | undefined {
    return this.#rows.get(questionId);
  }
  isNewAt(row: number): boolean {
    return this.#phases[row] === 0;
  }
  isReviewAt(row: number): boolean {
    return this.#phases[row] === reviewCode;
  }
  /** Study day on which the card is due; NaN for one that is new. */
  dueDayAt(row: number): number {
    const day = this.#dueDays[row] ?? noDay;
    return day === noDay ? NaN : day;
  }
  /** Study day of the last answer; NaN where there is none. */
  lastDayAt(row: number): number {
    const day = this.#lastDays[row] ?? noDay;
    return day === noDay ? NaN : day;
  }
  isSuspendedAt(row: number): boolean {
    return this.#suspended[row] === 1;
  }
  stabilityAt(row: number): number {
    return this.#stabilities[row] ?? 0;
  }

  /** Facts that a question asks about, by pack and number. */
  factsAt(row: number): readonly string[] {
    return this.#facts[row] ?? [];
  }
  /** Probability of recall on a study day, 0-1; NaN for a card never seen. */
  recallAt(row: number, day: number, curve: ForgettingCurve): number {
    const lastDay = this.#lastDays[row] ?? noDay;
    if (lastDay === noDay) return NaN;
    return curve(this.#stabilities[row] ?? 0, Math.max(0, day - lastDay));
  }

  /** Cards that fall due on a study day. */
  loadOn(day: number): number {
    return this.#load.get(day) ?? 0;
  }
  /** Cards that fall due on a study day or have been due since before it. */
  loadUntil(day: number): number {
    let load = 0;
    for (const [due, cards] of this.#load) if (due <= day) load += cards;
    return load;
  }

  #add(questionId: string, question: LibraryQuestion | undefined): number {
    const row = this.#ids.length;
    if (row >= this.#phases.length) this.#grow();
    this.#rows.set(questionId, row);
    this.#ids.push(questionId);
    this.#questions.push(question);
    this.#facts.push(question ? question.facts.map((fact) => `${question.packId}:${fact}`) : []);
    this.#states.push(freshCard);
    this.#fill(row, freshCard);
    return row;
  }

  #grow(): void {
    const room = this.#phases.length * 2;
    const grown = <T extends Uint8Array | Int32Array | Float64Array>(column: T, larger: T): T => {
      larger.set(column);
      return larger;
    };
    this.#phases = grown(this.#phases, new Uint8Array(room));
    this.#dueDays = grown(this.#dueDays, new Int32Array(room));
    this.#lastDays = grown(this.#lastDays, new Int32Array(room));
    this.#stabilities = grown(this.#stabilities, new Float64Array(room));
    this.#suspended = grown(this.#suspended, new Uint8Array(room));
  }

  #fill(row: number, state: CardState): void {
    this.#phases[row] = phaseCode[state.phase];
    this.#dueDays[row] = state.phase === 'new' ? noDay : studyDay(state.dueAt, this.#calendar);
    this.#lastDays[row] = state.lastReviewAt === null ? noDay : studyDay(state.lastReviewAt, this.#calendar);
    this.#stabilities[row] = state.stability;
    this.#suspended[row] = Number(state.suspended);
    this.#addLoad(row, 1);
  }

  #addLoad(row: number, change: 1 | -1): void {
    const state = this.#states[row];
    if (!state || state.phase === 'new' || state.suspended || !this.#questions[row]) return;
    const day = this.#dueDays[row] ?? noDay;
    this.#load.set(day, (this.#load.get(day) ?? 0) + change);
  }
}

import type { Sought } from './protocol.ts';

/**
 * What was asked to be looked at while the way to what was asked for before is still being gone: a long run takes seconds to be
 * run again. Of moments the last counts, as when a slider is drawn over many; every press for the next event counts.
 */
export class SeekQueue {
  #underWay: Sought | null = null;
  #waiting: Sought[] = [];

  /** The moment at which all that was asked for ends, in ms; null where nothing is sought, infinite at an event that is not known yet. */
  get endsAtMs(): number | null {
    const last = this.#waiting.at(-1) ?? this.#underWay;
    return last === 'event' ? Infinity : (last?.toMs ?? null);
  }

  /** Returns what is to be sought now, in place of what is under way; null if it has to wait. */
  ask(sought: Sought, { atOnce = false } = {}): Sought | null {
    if (this.#underWay === null || atOnce) {
      this.#waiting = [];
      this.#underWay = sought;
      return sought;
    }
    if (sought === 'event') this.#waiting.push(sought);
    else this.#waiting = [sought];
    return null;
  }

  /** What was sought is there. Returns what is to be sought next; null for nothing. After the end of a run there are no more events. */
  arrive({ over }: { readonly over: boolean }): Sought | null {
    const next = this.#waiting.shift() ?? null;
    this.#underWay = over && next === 'event' ? null : next;
    if (this.#underWay === null) this.#waiting = [];
    return this.#underWay;
  }

  /** Something else is done with the run. */
  clear(): void {
    this.#underWay = null;
    this.#waiting = [];
  }
}

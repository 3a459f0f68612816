import { resized } from '../../engine/columns.ts';

/**
 * Idle environments, the one used last on top. It is taken first, so that in a quiet time the same few are used again and
 * again while the others grow old at the bottom and expire. Those at the bottom have been idle longest, since whatever is
 * put back is put on top.
 */
export class WarmStack {
  private rows = new Int32Array(16);
  private bottom = 0;
  private top = 0;

  get size(): number {
    return this.top - this.bottom;
  }

  push(row: number): void {
    if (this.top === this.rows.length) this.makeRoom();
    this.rows[this.top++] = row;
  }

  /** Takes the one that was used last. Must not be called on an empty stack. */
  popNewest(): number {
    return this.rows[--this.top] as number;
  }

  /** The one that has been idle longest. Meaningless for an empty stack. */
  get oldest(): number {
    return this.rows[this.bottom] as number;
  }

  dropOldest(): void {
    this.bottom++;
  }

  /** Takes one out, wherever it is; costs time in proportion to the size. */
  remove(row: number): void {
    const at = this.rows.subarray(this.bottom, this.top).indexOf(row);
    if (at < 0) return;
    this.rows.copyWithin(this.bottom + at, this.bottom + at + 1, this.top);
    this.top--;
  }

  private makeRoom(): void {
    const { size } = this;
    if (size <= this.rows.length / 2) {
      this.rows.copyWithin(0, this.bottom, this.top);
    } else {
      const grown = resized(this.rows.subarray(this.bottom, this.top), this.rows.length * 2);
      this.rows = grown;
    }
    this.bottom = 0;
    this.top = size;
  }
}

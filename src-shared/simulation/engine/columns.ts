type NumberArray = Float64Array | Float32Array | Int32Array | Uint8Array;

/** A copy of a typed array with another length; what is new is zero. */
export function resized<T extends NumberArray>(old: T, length: number): T {
  const grown = new (old.constructor as new (length: number) => T)(length);
  grown.set(old.subarray(0, Math.min(length, old.length)));
  return grown;
}

/** A first-in, first-out queue of integers in a ring that grows. */
export class IntQueue {
  length = 0;
  private ring = new Int32Array(16);
  private head = 0;

  push(value: number): void {
    if (this.length === this.ring.length) this.grow();
    this.ring[(this.head + this.length++) & (this.ring.length - 1)] = value;
  }

  /** Takes out the oldest. Must not be called on an empty queue. */
  shift(): number {
    const value = this.ring[this.head] as number;
    this.head = (this.head + 1) & (this.ring.length - 1);
    this.length--;
    return value;
  }

  clear(): void {
    this.length = 0;
  }

  private grow(): void {
    const grown = new Int32Array(this.ring.length * 2);
    for (let i = 0; i < this.length; i++)
      grown[i] = this.ring[(this.head + i) & (this.ring.length - 1)] as number;
    this.ring = grown;
    this.head = 0;
  }
}

/** Children per node of the heap. Four keeps the tree shallow and the children of a node in one cache line. */
const arity = 4;

/**
 * The future, in order: a 4-ary min-heap on typed arrays. Events at the same time come out in the order in which they
 * went in. Every event has a handle, so that it can be moved or cancelled instead of being left to come out stale.
 *
 * The key is any number that grows: the clock in milliseconds, or the attained service of a shared processor.
 */
export class EventList {
  /** Of the event that `pop` took out last. */
  atMs = 0;
  kind = 0;
  subject = 0;

  private count = 0;
  private inserted = 0;

  // By place in the heap.
  private times: Float64Array;
  private orders: Float64Array;
  private handles: Int32Array;

  // By handle.
  private places: Int32Array;
  private kinds: Int32Array;
  private subjects: Int32Array;
  private freeHandles: Int32Array;
  private freeCount = 0;

  constructor(capacity = 64) {
    this.times = new Float64Array(capacity);
    this.orders = new Float64Array(capacity);
    this.handles = new Int32Array(capacity);
    this.places = new Int32Array(capacity);
    this.kinds = new Int32Array(capacity);
    this.subjects = new Int32Array(capacity);
    this.freeHandles = new Int32Array(capacity);
    this.releaseHandles(0, capacity);
  }

  get size(): number {
    return this.count;
  }

  /** When the next event is due, or Infinity where there is none. */
  get nextAtMs(): number {
    return this.count > 0 ? (this.times[0] as number) : Infinity;
  }

  /** What the next event is about. Meaningless where there is none. */
  get nextSubject(): number {
    return this.subjects[this.handles[0] as number] as number;
  }

  /** The handle of the next event. Meaningless where there is none. */
  get nextHandle(): number {
    return this.handles[0] as number;
  }

  /** Adds an event and returns the handle by which it can be moved or cancelled until it has come out. */
  schedule(atMs: number, kind: number, subject: number): number {
    if (this.freeCount === 0) this.grow();
    const handle = this.freeHandles[--this.freeCount] as number;
    this.kinds[handle] = kind;
    this.subjects[handle] = subject;
    this.siftUp(this.count++, atMs, this.inserted++, handle);
    return handle;
  }

  /** Gives an event that is still to come another time. Among equals it then counts as the last to go in. */
  move(handle: number, atMs: number): void {
    const place = this.places[handle] as number;
    const order = this.inserted++;
    if (atMs < (this.times[place] as number)) this.siftUp(place, atMs, order, handle);
    else this.siftDown(place, atMs, order, handle);
  }

  /** Takes out an event that is still to come. */
  cancel(handle: number): void {
    this.removeAt(this.places[handle] as number);
    this.freeHandles[this.freeCount++] = handle;
  }

  timeOf(handle: number): number {
    return this.times[this.places[handle] as number] as number;
  }

  /** Takes out the next event into `atMs`, `kind` and `subject`; false where there is none. */
  pop(): boolean {
    if (this.count === 0) return false;
    const handle = this.handles[0] as number;
    this.atMs = this.times[0] as number;
    this.kind = this.kinds[handle] as number;
    this.subject = this.subjects[handle] as number;
    this.removeAt(0);
    this.freeHandles[this.freeCount++] = handle;
    return true;
  }

  private removeAt(place: number): void {
    const last = --this.count;
    if (place === last) return;
    const time = this.times[last] as number;
    const order = this.orders[last] as number;
    const handle = this.handles[last] as number;
    if (place > 0 && this.isBefore(time, order, (place - 1) >> 2)) this.siftUp(place, time, order, handle);
    else this.siftDown(place, time, order, handle);
  }

  private isBefore(time: number, order: number, place: number): boolean {
    const other = this.times[place] as number;
    return time < other || (time === other && order < (this.orders[place] as number));
  }

  private siftUp(start: number, time: number, order: number, handle: number): void {
    let place = start;
    while (place > 0) {
      const parent = (place - 1) >> 2;
      if (!this.isBefore(time, order, parent)) break;
      this.put(
        place,
        this.times[parent] as number,
        this.orders[parent] as number,
        this.handles[parent] as number,
      );
      place = parent;
    }
    this.put(place, time, order, handle);
  }

  private siftDown(start: number, time: number, order: number, handle: number): void {
    let place = start;
    for (;;) {
      const first = place * arity + 1;
      if (first >= this.count) break;
      const end = Math.min(first + arity, this.count);
      let least = first;
      for (let child = first + 1; child < end; child++) {
        if (this.isBefore(this.times[child] as number, this.orders[child] as number, least)) least = child;
      }
      if (this.isBefore(time, order, least)) break;
      this.put(
        place,
        this.times[least] as number,
        this.orders[least] as number,
        this.handles[least] as number,
      );
      place = least;
    }
    this.put(place, time, order, handle);
  }

  private put(place: number, time: number, order: number, handle: number): void {
    this.times[place] = time;
    this.orders[place] = order;
    this.handles[place] = handle;
    this.places[handle] = place;
  }

  private releaseHandles(from: number, to: number): void {
    for (let handle = to - 1; handle >= from; handle--) this.freeHandles[this.freeCount++] = handle;
  }

  private grow(): void {
    const before = this.times.length;
    const capacity = before * 2;
    const grownFloats = (old: Float64Array): Float64Array => {
      const grown = new Float64Array(capacity);
      grown.set(old);
      return grown;
    };
    const grownInts = (old: Int32Array): Int32Array => {
      const grown = new Int32Array(capacity);
      grown.set(old);
      return grown;
    };
    this.times = grownFloats(this.times);
    this.orders = grownFloats(this.orders);
    this.handles = grownInts(this.handles);
    this.places = grownInts(this.places);
    this.kinds = grownInts(this.kinds);
    this.subjects = grownInts(this.subjects);
    this.freeHandles = grownInts(this.freeHandles);
    this.releaseHandles(before, capacity);
  }
}

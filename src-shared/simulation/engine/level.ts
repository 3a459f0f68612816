/** The most points that a chart of a run has. */
export const maxBuckets = 300;

/**
 * Cuts a run of unknown length into at most 300 buckets of equal width: when the last one is full, neighbours are merged
 * and the width doubles. All levels of a run share one, so that their series line up.
 */
export class BucketClock {
  widthMs = 1;
  private readonly levels = new Set<Level>();

  register(level: Level): void {
    this.levels.add(level);
  }

  forget(level: Level): void {
    this.levels.delete(level);
  }

  /** Makes room for a moment of the run. */
  cover(nowMs: number): void {
    while (nowMs > this.widthMs * maxBuckets) {
      this.widthMs *= 2;
      for (const level of this.levels) level.mergeBuckets();
    }
  }

  /** The number of buckets that a run has begun by now. */
  bucketsUntil(nowMs: number): number {
    return Math.min(maxBuckets, Math.ceil(nowMs / this.widthMs));
  }
}

/** How far back `recentMean` looks at least, as long as the run has lasted that long. */
const recentMs = 1000;

/**
 * A quantity that holds its value until it is set anew: busy cores, requests in the system, memory in use. Reading it
 * changes nothing, not even how sums are rounded, so that a run that is watched ends like one that is not.
 */
export class Level {
  value = 0;
  /** The highest value since the start of the window. */
  maximum = 0;
  private changedMs = 0;
  /** Integral of the value over time, from the start of the run. */
  private area = 0;
  private windowStartMs = 0;
  private windowStartArea = 0;
  private olderMarkMs = 0;
  private olderMarkArea = 0;
  private newerMarkMs = 0;
  private newerMarkArea = 0;

  private readonly clock: BucketClock;
  private readonly bucketAreas = new Float64Array(maxBuckets);
  private bucket = 0;
  private bucketEndMs: number;

  constructor(clock: BucketClock, value = 0) {
    this.clock = clock;
    this.value = value;
    this.maximum = value;
    this.bucketEndMs = clock.widthMs;
    clock.register(this);
  }

  set(value: number, nowMs: number): void {
    if (nowMs > this.changedMs) this.integrate(nowMs);
    this.value = value;
    if (value > this.maximum) this.maximum = value;
  }

  /** Forgets all before now for `mean`: the end of the warm-up. The series keeps the whole run. */
  startWindow(nowMs: number): void {
    this.integrate(nowMs);
    this.windowStartMs = nowMs;
    this.windowStartArea = this.area;
    this.maximum = this.value;
  }

  /** Time-weighted mean since the start of the window. */
  mean(nowMs: number): number {
    const lasted = nowMs - this.windowStartMs;
    return lasted > 0 ? (this.integral(nowMs) - this.windowStartArea) / lasted : this.value;
  }

  /** Time-weighted mean over about the last second of simulated time, or longer where nothing has changed for longer. */
  recentMean(nowMs: number): number {
    const lasted = nowMs - this.olderMarkMs;
    return lasted > 0 ? (this.integral(nowMs) - this.olderMarkArea) / lasted : this.value;
  }

  /** Time-weighted mean in every bucket so far. */
  series(nowMs: number): number[] {
    const width = this.clock.widthMs;
    return Array.from({ length: this.clock.bucketsUntil(nowMs) }, (_, bucket) => {
      const startMs = bucket * width;
      const endMs = Math.min(nowMs, startMs + width);
      const stillHeldMs = Math.max(0, endMs - Math.max(startMs, this.changedMs));
      return ((this.bucketAreas[bucket] as number) + this.value * stillHeldMs) / (endMs - startMs);
    });
  }

  /** Takes over all that another level has been. That one must be 0 by now, and is as if it had always been. */
  absorb(other: Level): void {
    other.bucketAreas.forEach((area, i) => (this.bucketAreas[i] = (this.bucketAreas[i] as number) + area));
    this.area += other.area;
    this.windowStartArea += other.windowStartArea;
    other.bucketAreas.fill(0);
    other.area = 0;
    other.windowStartArea = 0;
    this.clock.forget(other);
  }

  /** Called by the clock when it has doubled the width. */
  mergeBuckets(): void {
    const areas = this.bucketAreas;
    for (let i = 0; i < maxBuckets / 2; i++)
      areas[i] = (areas[2 * i] as number) + (areas[2 * i + 1] as number);
    areas.fill(0, maxBuckets / 2);
    this.bucket >>= 1;
    this.bucketEndMs = (this.bucket + 1) * this.clock.widthMs;
  }

  /** Integral over time since the start of the run. */
  integral(nowMs: number): number {
    return this.area + this.value * (nowMs - this.changedMs);
  }

  private integrate(nowMs: number): void {
    const held = nowMs - this.changedMs;
    if (held <= 0) return;
    const gained = this.value * held;
    if (nowMs <= this.bucketEndMs)
      this.bucketAreas[this.bucket] = (this.bucketAreas[this.bucket] as number) + gained;
    else this.spreadOverBuckets(nowMs);
    this.area += gained;
    this.changedMs = nowMs;
    if (nowMs - this.newerMarkMs >= recentMs) {
      this.olderMarkMs = this.newerMarkMs;
      this.olderMarkArea = this.newerMarkArea;
      this.newerMarkMs = nowMs;
      this.newerMarkArea = this.area;
    }
  }

  private spreadOverBuckets(nowMs: number): void {
    this.clock.cover(nowMs);
    let fromMs = this.changedMs;
    while (fromMs < nowMs) {
      const untilMs = Math.min(nowMs, this.bucketEndMs);
      this.bucketAreas[this.bucket] =
        (this.bucketAreas[this.bucket] as number) + this.value * (untilMs - fromMs);
      fromMs = untilMs;
      if (nowMs > this.bucketEndMs) {
        this.bucket++;
        this.bucketEndMs = (this.bucket + 1) * this.clock.widthMs;
      }
    }
  }
}

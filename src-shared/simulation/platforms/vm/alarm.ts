/**
 * Counts how many points in a row a metric has been beyond a threshold, as a CloudWatch alarm does. A point that could not
 * be measured leaves the count as it is.
 */
export class Alarm {
  private readonly pointsNeeded: number;
  private pointsBeyond = 0;

  constructor(pointsNeeded: number) {
    this.pointsNeeded = pointsNeeded;
  }

  /** @returns whether the alarm is on after this point; it stays on until a point is within the threshold again */
  point(beyond: boolean): boolean {
    this.pointsBeyond = beyond ? this.pointsBeyond + 1 : 0;
    return this.pointsBeyond >= this.pointsNeeded;
  }
}

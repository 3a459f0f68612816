import { Alarm } from './alarm.ts';

export interface SimpleScalingSettings {
  /** Instances are added while the utilisation is above this, 0 to 1. */
  readonly scaleOutAbove: number;
  /** Instances are taken away while it is below this, 0 to 1. */
  readonly scaleInBelow: number;
  /** Points in a row beyond a threshold before something is done. */
  readonly points: number;
  /** Instances that are added, or taken away, at a time. */
  readonly scaleOutBy: number;
  readonly scaleInBy: number;
  /** Nothing further is done for so long after the last change is complete. */
  readonly cooldownSeconds: number;
}

/** One point of the metric, and the fleet at that moment. */
export interface SimplePoint {
  readonly atMs: number;
  /** null where no instance could be measured. */
  readonly utilisation: number | null;
  readonly desired: number;
}

/**
 * Simple scaling: a threshold, a fixed adjustment, and a cooldown that begins when the change is complete, in which alarms
 * are not heeded. It cannot tell a little too much from far too much.
 *
 * Source: Amazon EC2 Auto Scaling User Guide, "Step and simple scaling policies" and "Scaling cooldowns" (300 s).
 */
export class SimpleScaling {
  private readonly settings: SimpleScalingSettings;
  private readonly high: Alarm;
  private readonly low: Alarm;
  private waitsForChange = false;
  private coolsUntilMs = -Infinity;

  constructor(settings: SimpleScalingSettings) {
    this.settings = settings;
    this.high = new Alarm(settings.points);
    this.low = new Alarm(settings.points);
  }

  /** To be called when the fleet begins to change its size: no alarm is heeded until the change is complete. */
  changeOrdered(): void {
    this.waitsForChange = true;
  }

  /** To be called when the last instance of a change has started or stopped. */
  changeComplete(atMs: number): void {
    if (!this.waitsForChange) return;
    this.waitsForChange = false;
    this.coolsUntilMs = atMs + this.settings.cooldownSeconds * 1000;
  }

  /** @returns the number of instances that the fleet is to have from now on, before it is held to its limits */
  point({ atMs, utilisation, desired }: SimplePoint): number {
    if (utilisation === null) return desired;
    const { scaleOutAbove, scaleInBelow, scaleOutBy, scaleInBy } = this.settings;
    const tooHigh = this.high.point(utilisation > scaleOutAbove);
    const tooLow = this.low.point(utilisation < scaleInBelow);
    if (this.waitsForChange || atMs < this.coolsUntilMs) return desired;
    if (tooHigh) return desired + scaleOutBy;
    if (tooLow) return desired - scaleInBy;
    return desired;
  }
}

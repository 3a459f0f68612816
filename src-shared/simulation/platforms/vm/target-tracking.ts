import { Alarm } from './alarm.ts';

/** Rounding must not buy a VM: 10 x 0.3 / 0.6 is 5. */
const tolerance = 1e-9;

/**
 * The number of instances at which the metric would be at its target, if it falls as instances are added:
 *
 * ceil(counted x metric / target)
 *
 * Source: Amazon EC2 Auto Scaling User Guide, target tracking scaling policies: the adjustment is in proportion to the
 * distance from the target, and rounded so that the capacity is enough.
 *
 * @param counted instances that the metric is a mean of
 * @param metric mean over them, at least 0
 * @param target above 0, in the unit of the metric
 */
export function trackedCapacity(counted: number, metric: number, target: number): number {
  return Math.max(0, Math.ceil((counted * metric) / target - tolerance));
}

export interface TargetTrackingSettings {
  readonly target: number;
  /** Points in a row above the target before instances are added. */
  readonly pointsOut: number;
  /** Points in a row below the lower threshold before instances are taken away. */
  readonly pointsIn: number;
  /** The lower threshold in multiples of the target, 0 to 1. */
  readonly scaleInShare: number;
}

/** One point of the metric, and the fleet at that moment. */
export interface TrackedPoint {
  /** null where no instance could be measured. */
  readonly metric: number | null;
  /** Instances in service that are warmed up. */
  readonly counted: number;
  /** Instances that the fleet is to have, those that start or warm up included. */
  readonly desired: number;
  /** Whether some instance starts or warms up. */
  readonly warmingUp: boolean;
}

/**
 * Target tracking: holds a metric at its target as a thermostat holds a temperature. It adds instances once the metric has
 * been above the target for some points in a row (3), and takes them away once it has been below the lower threshold for
 * many (15). Instances that warm up are no part of the mean, but they count as capacity, so that one rise of the load is
 * not answered twice; and nothing is taken away while some warm up.
 *
 * Source: Amazon EC2 Auto Scaling User Guide, "Target tracking scaling policies" and "Set the default instance warmup".
 */
export class TargetTracking {
  private readonly settings: TargetTrackingSettings;
  private readonly high: Alarm;
  private readonly low: Alarm;

  constructor(settings: TargetTrackingSettings) {
    this.settings = settings;
    this.high = new Alarm(settings.pointsOut);
    this.low = new Alarm(settings.pointsIn);
  }

  /** @returns the number of instances that the fleet is to have from now on, before it is held to its limits */
  point({ metric, counted, desired, warmingUp }: TrackedPoint): number {
    if (metric === null || counted === 0) return desired;
    const { target, scaleInShare } = this.settings;
    const tooHigh = this.high.point(metric > target);
    const tooLow = this.low.point(metric < target * scaleInShare);
    const fitting = trackedCapacity(counted, metric, target);
    if (tooHigh) return Math.max(desired, fitting);
    if (tooLow && !warmingUp) return Math.min(desired, fitting);
    return desired;
  }
}

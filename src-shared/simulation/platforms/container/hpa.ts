/** What the autoscaler reads of the pods of a service at a look. */
export interface PodMetrics {
  /** Pods that there should be. */
  readonly current: number;
  /** Pods that can answer, whose use is known. */
  readonly ready: number;
  /** Pods that cannot answer yet, or have not for long enough. With a surge there are more pods than there should be. */
  readonly unready: number;
  /** Mean CPU use of the ready ones in per cent of their requests. */
  readonly utilisation: number;
}

/**
 * The replicas that the Horizontal Pod Autoscaler wants: ceil(current * metric / target), unless the metric is within the
 * tolerance of its target.
 *
 * (current, metric, target) of (4, 90, 60), (4, 65, 60), (50, 90, 75), (10, 30, 60) and (3, 200, 50) give 6, 4, 60, 5
 * and 12.
 * Source: Kubernetes documentation, Horizontal Pod Autoscaling, "Algorithm details".
 *
 * @param tolerance 0.1: nothing happens while metric/target is within 0.9 and 1.1
 */
export function desiredReplicas(current: number, metric: number, target: number, tolerance = 0.1): number {
  const ratio = metric / target;
  return isWithin(ratio, tolerance) ? current : ceil(current * ratio);
}

/**
 * The same with pods that are not ready yet, as Kubernetes does it: on the way up they count as if they used nothing,
 * which damps the growth while new pods start; on the way down they are left out. Where they turn the direction, or bring
 * the ratio within the tolerance, nothing is done.
 *
 * Source: pkg/controller/podautoscaler/replica_calculator.go, GetResourceReplicas. Pods without a metric are not modelled.
 *
 * @param target per cent of the requests, above 0
 * @param tolerance 0.1: nothing happens while the ratio of use to target is within 0.9 and 1.1
 */
export function desiredWithUnready(
  { current, ready, unready, utilisation }: PodMetrics,
  target: number,
  tolerance: number,
): number {
  if (ready === 0) return current;
  const ratio = utilisation / target;
  const wanted = ceil(ready * ratio);
  if (unready === 0 || ratio <= 1) return isWithin(ratio, tolerance) ? current : wanted;
  const damped = (ready * ratio) / (ready + unready);
  if (isWithin(damped, tolerance) || damped < 1 || wanted < current) return current;
  return wanted;
}

function isWithin(ratio: number, tolerance: number): boolean {
  return Math.abs(ratio - 1) <= tolerance + 1e-12;
}

/** Rounding must not make a replica of nothing: 4 * 1.5 is 6, though 90/60*4 may come out a little above. */
function ceil(replicas: number): number {
  return Math.ceil(replicas - 1e-9);
}

/** What an autoscaler of one service is set to. */
export interface HpaSettings {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** Per cent of the CPU requests. */
  readonly targetCpuPercent: number;
  readonly tolerance: number;
  readonly downscaleStabilisationSeconds: number;
}

/** The autoscaler of one service: what it wants, held back on the way down. */
export class HorizontalPodAutoscaler {
  private readonly settings: HpaSettings;
  /**
   * What was wanted at looks of the stabilisation window, without those at which less was wanted than later: the first is
   * the highest, and there are never more of them than different numbers.
   */
  private readonly recommendations: { readonly atMs: number; readonly replicas: number }[] = [];

  constructor(settings: HpaSettings) {
    this.settings = settings;
  }

  /**
   * One look. The number of replicas goes up at once; it goes down no lower than the highest that was wanted at any look
   * in the stabilisation window, so that a short dip removes nothing.
   *
   * @returns replicas from `minReplicas` to `maxReplicas`
   */
  decide(nowMs: number, metrics: PodMetrics): number {
    const { targetCpuPercent, tolerance, downscaleStabilisationSeconds } = this.settings;
    const wanted = this.clamp(desiredWithUnready(metrics, targetCpuPercent, tolerance));
    if (this.recommendations.length === 0) this.remember(nowMs, metrics.current);
    this.remember(nowMs, wanted);
    const highest = this.highestSince(nowMs - downscaleStabilisationSeconds * 1000) ?? wanted;
    return wanted >= metrics.current ? wanted : this.clamp(Math.min(metrics.current, highest));
  }

  private remember(atMs: number, replicas: number): void {
    while ((this.recommendations.at(-1)?.replicas ?? Infinity) <= replicas) this.recommendations.pop();
    this.recommendations.push({ atMs, replicas });
  }

  private highestSince(sinceMs: number): number | undefined {
    while ((this.recommendations[0]?.atMs ?? Infinity) <= sinceMs) this.recommendations.shift();
    return this.recommendations[0]?.replicas;
  }

  private clamp(replicas: number): number {
    return Math.min(this.settings.maxReplicas, Math.max(this.settings.minReplicas, replicas));
  }
}

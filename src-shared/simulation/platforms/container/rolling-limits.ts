export interface RollingLimits {
  /** Pods beyond the replicas that there may be. */
  readonly maxSurge: number;
  /** Replicas that may be missing. */
  readonly maxUnavailable: number;
}

/**
 * How far a rolling update may go above and below the replicas: shares of them, maxSurge rounded up, maxUnavailable
 * rounded down; where both come to nothing, one may be missing.
 *
 * 25 % of 4 replicas: 1 above, 1 below; of 3: 1 above, none below.
 * Source: Kubernetes documentation, Deployments; pkg/controller/deployment/util, ResolveFenceposts.
 */
export function rollingLimits(
  replicas: number,
  maxSurgePercent: number,
  maxUnavailablePercent: number,
): RollingLimits {
  // The smallest of roundings, so that 25 % of 8 is 2 and not 3.
  const maxSurge = Math.max(0, Math.ceil((replicas * maxSurgePercent) / 100 - 1e-9));
  const maxUnavailable = Math.floor((replicas * maxUnavailablePercent) / 100 + 1e-9);
  return maxSurge === 0 && maxUnavailable === 0
    ? { maxSurge, maxUnavailable: 1 }
    : { maxSurge, maxUnavailable };
}

/** Pods of a service in a rolling update. Those that are on their way out count nowhere. */
export interface RollingState {
  readonly replicas: number;
  readonly oldPods: number;
  readonly oldReady: number;
  readonly newPods: number;
  readonly newReady: number;
}

/**
 * The next step: how many new pods to create and how many old ones to take away. Old pods that are not ready go first and
 * are no loss; but of them too no more go than would leave too few if all the others got ready, new ones that are not
 * ready yet left out. So a version that never gets ready does not use up the old pods.
 *
 * Source: pkg/controller/deployment/rolling.go, reconcileNewReplicaSet, reconcileOldReplicaSets.
 */
export function rollingStep(
  state: RollingState,
  { maxSurge, maxUnavailable }: RollingLimits,
): { readonly create: number; readonly remove: number } {
  const { replicas, oldPods, oldReady, newPods, newReady } = state;
  const create = Math.max(0, Math.min(replicas - newPods, replicas + maxSurge - (oldPods + newPods)));
  const least = replicas - maxUnavailable;
  const mayGo = oldPods + newReady - least;
  if (mayGo <= 0) return { create, remove: 0 };
  const unready = Math.min(oldPods - oldReady, mayGo);
  const spare = Math.max(0, oldReady + newReady - least);
  return { create, remove: Math.min(oldPods, unready + spare) };
}

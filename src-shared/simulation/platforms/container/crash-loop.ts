export interface BackoffSettings {
  /** The first wait that there is: after the second end. */
  readonly firstSeconds: number;
  readonly maxSeconds: number;
  /** A container that has run for so long starts from the beginning. */
  readonly resetSeconds: number;
}

/**
 * CrashLoopBackOff: how long a container that has ended waits before it is started again. Not at all the first time, then
 * 10 s, doubling to 300 s, and from the beginning after it has run for 10 minutes.
 *
 * Source: Kubernetes documentation, Pod Lifecycle, "How Pods handle problems with containers"; kubelet, doBackOff.
 */
export class CrashLoop {
  private readonly settings: BackoffSettings;
  private nextSeconds = 0;

  constructor(settings: BackoffSettings) {
    this.settings = settings;
  }

  /**
   * The wait from the end of a container to its next start, in seconds, at most `maxSeconds`.
   *
   * @param ranSeconds how long the container ran before it ended
   */
  delaySeconds(ranSeconds: number): number {
    const { firstSeconds, maxSeconds, resetSeconds } = this.settings;
    const delay = ranSeconds >= resetSeconds ? 0 : this.nextSeconds;
    this.nextSeconds = Math.min(maxSeconds, delay === 0 ? firstSeconds : delay * 2);
    return delay;
  }
}

export interface BackoffSettings {
  readonly firstSeconds: number;
  readonly maxSeconds: number;
  /** A container that has run for so long starts from the beginning. */
  readonly resetSeconds: number;
}

/**
 * CrashLoopBackOff: how long a container that has ended waits before it is started again. 10 s, doubling to 300 s, and
 * from the beginning after it has run for 10 minutes.
 *
 * Source: Kubernetes documentation, Pod Lifecycle, "Container restart policy".
 */
export class CrashLoop {
  private readonly settings: BackoffSettings;
  private nextSeconds: number;

  constructor(settings: BackoffSettings) {
    this.settings = settings;
    this.nextSeconds = settings.firstSeconds;
  }

  /** @param ranSeconds how long the container ran before it ended */
  delaySeconds(ranSeconds: number): number {
    const { firstSeconds, maxSeconds, resetSeconds } = this.settings;
    if (ranSeconds >= resetSeconds) this.nextSeconds = firstSeconds;
    const delay = Math.min(maxSeconds, this.nextSeconds);
    this.nextSeconds = Math.min(maxSeconds, delay * 2);
    return delay;
  }
}

import { firstPlatformEvent } from '../../platform.ts';

/** Kinds of the platform's events, and what each is about. */
export const event = {
  /** An environment: what it works on ends, one way or another. */
  workEnds: firstPlatformEvent,
  /** An environment that is kept ready has started. */
  environmentStarted: firstPlatformEvent + 1,
  /** A version: its environment that has been idle longest may expire. */
  idleExpires: firstPlatformEvent + 2,
  /** A request has come through the gateway. */
  gatewayPassed: firstPlatformEvent + 3,
  /** An environment: the gateway does not wait for it any longer. */
  gatewayGivesUp: firstPlatformEvent + 4,
  /** A request that waits in the queue of events. */
  eventTriedAgain: firstPlatformEvent + 5,
  /** A shard. */
  shardPolled: firstPlatformEvent + 6,
  faultStarts: firstPlatformEvent + 7,
  faultEnds: firstPlatformEvent + 8,
  deployStarts: firstPlatformEvent + 9,
  /** A deployment. */
  versionPublished: firstPlatformEvent + 10,
  /** A deployment. */
  canaryOver: firstPlatformEvent + 11,
} as const;

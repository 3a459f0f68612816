import type { Version } from './virtual-machine.ts';

/** A way to bring a fleet to another version. */
export interface Replacement {
  /** Sets out for a version. */
  begin(version: Version): void;
  /** Does what is to be done next, if anything is. Returns whether all that gets requests is on the version. */
  advance(): boolean;
  /** Gives up. What is on the new version already stays as it is. */
  cancel(): void;
}

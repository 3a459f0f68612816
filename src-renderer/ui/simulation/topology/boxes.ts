import type { GroupSnapshot, HostSnapshot } from '#shared/simulation/simulate.ts';

/** Pixels of the page, from the upper left corner of the picture. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A group of a host. Its area is to the memory of the host as its memory is. */
export interface TileBox extends Box {
  readonly group: GroupSnapshot;
}

/** A machine: its width is to scale by cores, the height of its body by memory. */
export interface HostBox extends Box {
  readonly host: HostSnapshot;
  /** Cores side by side, each as wide as those of any other host. */
  readonly cores: Box;
  /** Its memory; what nothing lies on is free. */
  readonly body: Box;
  /** The share of its memory that is drawn, 0 to 1: where all machines are mostly free, some of that is left out. */
  readonly shownShare: number;
  /** Memory of its operating system. */
  readonly os: Box | null;
  readonly tiles: readonly TileBox[];
  /** Groups that would be too small to see. */
  readonly unseen: number;
  /** The groups want more memory than there is, and are drawn smaller than to scale. */
  readonly overfull: boolean;
  /** Where requests come in, on the line above its row. */
  readonly inlet: { readonly x: number; readonly y: number };
}

export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly clients: Box;
  /** Whatever spreads the requests, with those that wait there. */
  readonly door: Box;
  /** Counters of what leaves. */
  readonly exits: Box;
  /** The line down from the door, from which the lines of the rows branch off. */
  readonly trunkX: number;
  readonly hosts: readonly HostBox[];
}

export const inside = (inner: Box, outer: Box, tolerance = 0.01): boolean =>
  inner.x >= outer.x - tolerance &&
  inner.y >= outer.y - tolerance &&
  inner.x + inner.width <= outer.x + outer.width + tolerance &&
  inner.y + inner.height <= outer.y + outer.height + tolerance;

export const holds = ({ x, y, width, height }: Box, atX: number, atY: number): boolean =>
  atX >= x && atX < x + width && atY >= y && atY < y + height;

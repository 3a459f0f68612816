/** An image in two parts: layers that all images are built on, and those of its own. */
export interface Image {
  /** Which image in which version. */
  readonly id: string;
  readonly ownMiB: number;
}

/**
 * The images that a node has, and the line of those that it pulls. A layer that is there is not pulled again; pulls of a
 * node come one after another, each at the full bandwidth.
 *
 * Source: kubelet, serializeImagePulls (true by default); layers: OCI image specification.
 */
export class ImageCache {
  private readonly baseMiB: number;
  private readonly mibPerSecond: number;
  /** When each layer is or was there. */
  private readonly readyMs = new Map<string, number>();
  private idleFromMs = 0;

  constructor(baseMiB: number, mibPerSecond: number) {
    this.baseMiB = baseMiB;
    this.mibPerSecond = mibPerSecond;
  }

  /** Whether nothing of the image is missing. */
  has(image: Image, nowMs: number): boolean {
    return this.readyAt(base, nowMs) <= nowMs && this.readyAt(image.id, nowMs) <= nowMs;
  }

  /** Puts the image there without a pull, as on a node that has run it before. */
  preload(image: Image): void {
    this.readyMs.set(base, 0).set(image.id, 0);
  }

  /**
   * Orders what is missing of an image.
   *
   * @returns when all of it will be there, in milliseconds, and the mebibytes that are pulled for it
   */
  pull(image: Image, nowMs: number): { readonly readyMs: number; readonly pulledMiB: number } {
    const pulledMiB =
      (this.readyMs.has(base) ? 0 : this.baseMiB) + (this.readyMs.has(image.id) ? 0 : image.ownMiB);
    if (pulledMiB > 0) {
      const fromMs = Math.max(nowMs, this.idleFromMs);
      this.idleFromMs = fromMs + (pulledMiB / this.mibPerSecond) * 1000;
    }
    for (const layer of [base, image.id])
      if (!this.readyMs.has(layer)) this.readyMs.set(layer, pulledMiB > 0 ? this.idleFromMs : nowMs);
    return { readyMs: Math.max(this.readyAt(base, nowMs), this.readyAt(image.id, nowMs)), pulledMiB };
  }

  /** The node is down: what has not come whole does not come. */
  interrupt(nowMs: number): void {
    for (const [layer, readyMs] of this.readyMs) if (readyMs > nowMs) this.readyMs.delete(layer);
    this.idleFromMs = nowMs;
  }

  private readyAt(layer: string, nowMs: number): number {
    return Math.max(nowMs, this.readyMs.get(layer) ?? Infinity);
  }
}

/** The layers that all images share. */
const base = '';

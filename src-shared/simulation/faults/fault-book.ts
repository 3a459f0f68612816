/** Which services each fault of a run has hit. */
export class FaultBook {
  private readonly hits: readonly Set<number>[];
  private readonly services: number;

  constructor(faults: number, services: number) {
    this.hits = Array.from({ length: faults }, () => new Set());
    this.services = services;
  }

  /** A service had an instance stopped or frozen by a fault, or slowed to less than half of its speed, or its answers spoilt. */
  hit(fault: number, service: number): void {
    this.hits[fault]?.add(service);
  }

  /**
   * The share of the services that one fault hit, at worst, 0 to 1.
   *
   * @param withoutFaults what to say of a run without faults: the share that the crash of one process would hit
   */
  blastRadius(withoutFaults: number): number {
    if (this.hits.length === 0) return withoutFaults;
    return Math.max(...this.hits.map((hit) => hit.size)) / this.services;
  }
}

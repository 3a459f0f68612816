import type { TopologySnapshot } from '#shared/simulation/simulate.ts';

/** What has happened between two frames, and how fast it goes. */
export interface Flow {
  /** Requests since the frame before. */
  readonly arrived: number;
  readonly served: number;
  /** Not answered, whatever the reason. */
  readonly failed: number;
  /** Requests that each group has begun to hold since, by its id. */
  readonly taken: ReadonlyMap<string, number>;
  /** Per simulated second, smoothed. */
  readonly perSecond: { readonly arrived: number; readonly served: number; readonly failed: number };
  /** The same for each host and group, by its id. */
  readonly takenPerSecond: ReadonlyMap<string, number>;
}

/** Rates are means over about so much simulated time, or over so much time of watching where that is more. */
const smoothMs = 800;

export const stillFlow: Flow = {
  arrived: 0,
  served: 0,
  failed: 0,
  taken: new Map(),
  perSecond: { arrived: 0, served: 0, failed: 0 },
  takenPerSecond: new Map(),
};

/** Derives flows from the counters of one frame after another. */
export class FlowMeter {
  #before: TopologySnapshot | null = null;
  #counts = new Map<string, number>();
  #flow = stillFlow;

  /**
   * @param watchedMs time of watching since the frame before
   */
  next(snapshot: TopologySnapshot, watchedMs: number): Flow {
    const before = this.#before;
    const counts = countsOf(snapshot);
    const passedMs = snapshot.atMs - (before?.atMs ?? 0);
    if (
      passedMs < 0 ||
      (before === null && passedMs > 0) ||
      snapshot.counters.arrived < (before?.counters.arrived ?? 0)
    ) {
      // Somewhere else in time: nothing is known of what came just before.
      this.#flow = { ...stillFlow, perSecond: meansOf(snapshot) };
    } else if (passedMs === 0) {
      this.#flow = {
        ...this.#since(snapshot, counts),
        perSecond: this.#flow.perSecond,
        takenPerSecond: this.#flow.takenPerSecond,
      };
    } else {
      this.#flow = this.#moved(snapshot, counts, passedMs, Math.max(1, passedMs / Math.max(1, watchedMs)));
    }
    this.#before = snapshot;
    this.#counts = counts;
    return this.#flow;
  }

  #since(
    snapshot: TopologySnapshot,
    counts: ReadonlyMap<string, number>,
  ): Pick<Flow, 'arrived' | 'served' | 'failed' | 'taken'> {
    const { arrived, served, lost, failed } = snapshot.counters;
    const before = this.#before?.counters ?? { arrived: 0, served: 0, lost: 0, failed: 0 };
    const taken = new Map<string, number>();
    for (const [id, count] of counts) {
      const more = count - (this.#counts.get(id) ?? 0);
      if (more > 0) taken.set(id, more);
    }
    return {
      arrived: arrived - before.arrived,
      served: served - before.served,
      failed: lost + failed - before.lost - before.failed,
      taken,
    };
  }

  #moved(
    snapshot: TopologySnapshot,
    counts: ReadonlyMap<string, number>,
    passedMs: number,
    speed: number,
  ): Flow {
    const since = this.#since(snapshot, counts);
    const share = this.#before === null ? 1 : 1 - Math.exp(-passedMs / (smoothMs * speed));
    const smooth = (before: number, count: number) => before + ((count * 1000) / passedMs - before) * share;
    const { perSecond, takenPerSecond } = this.#flow;
    const rates = new Map<string, number>();
    for (const id of counts.keys()) {
      const rate = smooth(takenPerSecond.get(id) ?? 0, since.taken.get(id) ?? 0);
      if (rate > 0.005) rates.set(id, rate);
    }
    return {
      ...since,
      perSecond: {
        arrived: smooth(perSecond.arrived, since.arrived),
        served: smooth(perSecond.served, since.served),
        failed: smooth(perSecond.failed, since.failed),
      },
      takenPerSecond: rates,
    };
  }
}

/** Means since the start of the run. */
function meansOf({ atMs, counters }: TopologySnapshot): Flow['perSecond'] {
  const perSecond = (count: number) => (atMs > 0 ? (count * 1000) / atMs : 0);
  return {
    arrived: perSecond(counters.arrived),
    served: perSecond(counters.served),
    failed: perSecond(counters.lost + counters.failed),
  };
}

function countsOf({ hosts }: TopologySnapshot): Map<string, number> {
  const counts = new Map<string, number>();
  for (const host of hosts) {
    let all = 0;
    for (const { id, instances } of host.groups) {
      const taken = instances.reduce((sum, instance) => sum + instance.taken, 0);
      counts.set(id, taken);
      all += taken;
    }
    counts.set(hostKey(host.id), all);
  }
  return counts;
}

/** A VM and its only group may have one name. */
export const hostKey = (id: string): string => `host ${id}`;

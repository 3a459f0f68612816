/** Sizes of machines in the units of the simulation. */
export interface Measures {
  readonly cores: number;
  readonly memory: number;
}

/** Room for the machines, in pixels. */
export interface Room {
  readonly width: number;
  readonly height: number;
  readonly gap: number;
  /** What each row takes besides the bodies of its machines. */
  readonly rowExtra: number;
  /** The body of the largest machine is at least, and at most, so high. */
  readonly leastBody: number;
  readonly mostBody: number;
}

/** Machines in rows, on one scale. */
export interface Rows {
  readonly perCore: number;
  readonly perMemory: number;
  /** Index of the row of each machine. */
  readonly rowOf: readonly number[];
  /** Height of the largest body of each row. */
  readonly bodies: readonly number[];
}

/** Machines much wider than high, or higher than wide, are hard to read. */
const widest = 6;
const narrowest = 0.6;

/** The one scale, by cores across and by memory down, on which all machines fit and are as large as can be. */
export function fitRows(machines: readonly Measures[], room: Room): Rows {
  const mostCores = Math.max(1e-9, ...machines.map(({ cores }) => cores));
  const mostMemory = Math.max(1e-9, ...machines.map(({ memory }) => memory));
  let best: Rows | null = null;
  let bestScore = -Infinity;
  for (let across = 1; across <= Math.max(1, machines.length); across++) {
    const perCore = (room.width - (across - 1) * room.gap) / (across * mostCores);
    if (perCore <= 0) break;
    const rowOf = inRows(machines, perCore, room);
    const count = (rowOf.at(-1) ?? 0) + 1;
    const highest = Array.from({ length: count }, (_, row) =>
      Math.max(...machines.filter((_machine, i) => rowOf[i] === row).map(({ memory }) => memory)),
    );
    const sum = highest.reduce((all, memory) => all + memory, 0);
    const free = room.height - count * room.rowExtra;
    const body = Math.min(room.mostBody, Math.max(room.leastBody, (free / sum) * mostMemory));
    const perMemory = body / mostMemory;
    const overflow = Math.max(0, sum * perMemory - free);
    const wide = perCore * mostCores;
    const form = Math.min(1, (widest * body) / wide, wide / (narrowest * body));
    const score = Math.sqrt(wide * body) * form - overflow;
    if (score > bestScore) {
      bestScore = score;
      best = { perCore, perMemory, rowOf, bodies: highest.map((memory) => memory * perMemory) };
    }
  }
  return best ?? { perCore: 0, perMemory: 0, rowOf: [], bodies: [] };
}

function inRows(machines: readonly Measures[], perCore: number, { width, gap }: Room): number[] {
  let row = 0;
  let x = 0;
  return machines.map(({ cores }) => {
    const wide = cores * perCore;
    if (x > 0 && x + wide > width + 0.001) {
      row++;
      x = 0;
    }
    x += wide + gap;
    return row;
  });
}

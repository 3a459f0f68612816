/** Units of simulated time, each from so many seconds on, with the distances between ticks that read well in it. */
const units = [
  { unit: 'day', seconds: 86_400, from: 3 * 86_400, steps: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] },
  { unit: 'hour', seconds: 3600, from: 3 * 3600, steps: [1, 2, 3, 6, 12, 24] },
  { unit: 'minute', seconds: 60, from: 900, steps: [1, 2, 5, 10, 15, 30, 60] },
  {
    unit: 'second',
    seconds: 1,
    from: 0,
    steps: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
  },
] as const;

export type TimeUnit = (typeof units)[number]['unit'];

const ofLength = (seconds: number) => units.find(({ from }) => seconds >= from) ?? units[3];

/** The unit in which a time of so many seconds is told, and how many seconds it has. */
export function timeUnit(seconds: number): { readonly unit: TimeUnit; readonly seconds: number } {
  return ofLength(seconds);
}

/** Round times between two (seconds, the first not after the second), at most so many where their unit allows it. */
export function timeTicks(from: number, to: number, most: number): number[] {
  const { seconds, steps } = ofLength(to);
  const within = (step: number) => {
    const [first, last] = [Math.ceil(from / step), Math.floor(to / step)];
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) * step);
  };
  const fitting = steps.map((step) => step * seconds).find((step) => (to - from) / step + 1 <= most);
  return within(fitting ?? (steps.at(-1) ?? 1) * seconds);
}

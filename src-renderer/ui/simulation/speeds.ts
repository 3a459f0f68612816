/** Simulated seconds that pass in one second of watching. */
export const speeds = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] as const;
const watchMs = 12_000;

/** Index of the speed at which a run takes about as long as one likes to watch. */
export function fittingSpeed(durationMs: number): number {
  const wanted = durationMs / watchMs;
  const index = speeds.findIndex((speed) => speed >= wanted);
  return index < 0 ? speeds.length - 1 : index;
}

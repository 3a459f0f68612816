/** Whole numbers from 0 to at least `top`, in steps of 1, 2 or 5 times a power of ten, about `wanted` of them. */
export function wholeTicks(top: number, wanted = 4): number[] {
  const raw = Math.max(1, top / wanted);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step =
    [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= raw - 1e-9) ?? 1;
  const count = Math.max(1, Math.ceil(top / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, at) => at * step);
}

/** Shares from `from` to 1, in steps that leave room for their labels. */
export function shareTicks(from: number): number[] {
  const step = from >= 0.7 ? 0.05 : from >= 0.4 ? 0.1 : 0.2;
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.round(1 / step);
  return Array.from({ length: last - first + 1 }, (_, at) => (first + at) * step);
}

/** Values from at most `low` to at least `high`, in steps of 1, 2 or 5 times a power of ten, about `wanted` of them. */
export function valueTicks(low: number, high: number, wanted = 4): number[] {
  const span = high > low ? high - low : Math.max(1, Math.abs(high));
  const raw = span / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step =
    [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= raw * (1 - 1e-9)) ?? 1;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: Math.max(1, last - first) + 1 }, (_, at) =>
    Number(((first + at) * step).toPrecision(12)),
  );
}

/** What money went to, in USD after the warm-up. The parts are the bill: they sum to it. */
export const costKinds = [
  /** Cores, or memory of functions, while they worked on requests. */
  'work',
  /** Paid for and not in use. */
  'idle',
  /** Paid for before it could answer. */
  'starting',
  /** Topped up to the least that is charged. */
  'minimum',
  /** Functions that waited for others, paid like work. */
  'waiting',
  /** Initialisation of functions. */
  'init',
  /** Functions that were kept ready. */
  'provisioned',
  /** Charged by the request. */
  'requests',
] as const;
export type CostKind = (typeof costKinds)[number];
export type CostParts = Readonly<Partial<Record<CostKind, number>>>;

/** The bill. */
export function totalUsd(parts: CostParts): number {
  return Object.values(parts).reduce((sum, usd) => sum + usd, 0);
}

import type { Today } from '#shared/contract/contract.ts';

/** Over how many days a backlog can be spread. */
export const spreads = [3, 5, 7, 14] as const;

/** From so many reviews of earlier days on it is said that they pile up, even where today's limit takes them all. */
const manyOverdue = 60;

export interface Backlog {
  /** All reviews that are due. */
  readonly waiting: number;
  /** Those of them that today's limit keeps for later. */
  readonly kept: number;
  readonly pilesUp: boolean;
}

/** @param overdue reviews that were due before today */
export function backlogOf({ backlog, forecast, counts }: Today, overdue: number): Backlog {
  // What is being learned has its own clock and is not spread.
  const waiting = Math.max(backlog, (forecast[0] ?? 0) - counts.learning);
  return { waiting, kept: backlog, pilesUp: backlog > 0 || overdue >= manyOverdue };
}

/** The fewest days of which none asks for more than the limit. */
export function bestSpread(waiting: number, limit: number): number {
  return spreads.find((days) => Math.ceil(waiting / days) <= limit) ?? spreads[spreads.length - 1] ?? 14;
}

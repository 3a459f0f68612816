import type { Control } from '#shared/pack/schema.ts';
import type { LatencyShares, RunExplanation } from '#shared/simulation/run-explanation.ts';
import type { CostKind, LatencyPart } from '#shared/simulation/simulate.ts';
import { leversOfMoney, leversOfTime } from './levers.ts';
import { wholePercents } from './whole-percents.ts';

/** A part is named from this many percent on, and at most so many of a whole; the largest always is. */
const leastPercent = 5;
const mostParts = 3;

/** A share that moved by this many percentage points against the attempt before is told. */
const leastMove = 5;
const mostMoves = 2;

interface Named<K> {
  readonly part: K;
  /** Whole percent of the whole, at least 1. */
  readonly percent: number;
  /** Milliseconds, or USD an hour. */
  readonly amount: number;
  /** What of this scenario would change it. */
  readonly levers: readonly Control[];
}

/** Where a whole went, the largest part first. Percents of the parts and of the rest sum to 100. */
export interface Account<K> {
  readonly whole: number;
  readonly parts: readonly Named<K>[];
  readonly restPercent: number;
}

/** A share that is another than in the attempt before, in whole percent. */
export interface Move {
  readonly part: LatencyPart | 'idle';
  readonly before: number;
  readonly now: number;
}

export interface Debrief {
  readonly time: {
    /** Of the slowest requests, or of all where the slowest are not told. */
    readonly of: 'slowest' | 'all';
    readonly slowestShare: number;
    readonly account: Account<LatencyPart>;
    /** The largest part of all requests, where it is another one. */
    readonly usually: Named<LatencyPart> | null;
  } | null;
  readonly money: {
    readonly account: Account<CostKind>;
    readonly idle: Named<CostKind> | null;
  } | null;
  readonly moves: readonly Move[];
}

function accountOf<K extends string>(
  whole: number,
  amounts: readonly (readonly [K, number])[],
  leversOf: (part: K) => readonly Control[],
): Account<K> | null {
  if (!(whole > 0)) return null;
  const sorted = amounts.filter(([, amount]) => amount > 0).sort((a, b) => b[1] - a[1]);
  const percents = wholePercents(sorted.map(([, amount]) => amount));
  const named = sorted.flatMap(([part, amount], i): Named<K>[] => {
    const percent = percents[i] ?? 0;
    const isTold = percent >= 1 && (i === 0 || (i < mostParts && percent >= leastPercent));
    return isTold ? [{ part, percent, amount, levers: leversOf(part) }] : [];
  });
  if (named.length === 0) return null;
  return { whole, parts: named, restPercent: 100 - named.reduce((sum, { percent }) => sum + percent, 0) };
}

const timeAccount = ({ meanMs, parts }: LatencyShares, controls: readonly Control[]) =>
  accountOf(meanMs, Object.entries(parts) as [LatencyPart, number][], (part) => leversOfTime(part, controls));

const percentOf = (amount: number, whole: number): number =>
  whole > 0 ? Math.round((amount / whole) * 100) : 0;

const idleUsd = ({ cost }: RunExplanation): number =>
  cost.parts.find(({ kind }) => kind === 'idle')?.perHourUsd ?? 0;

function movesOf(now: RunExplanation, before: RunExplanation | null): Move[] {
  if (!before) return [];
  const [mine, theirs] =
    now.slowest && before.slowest ? [now.slowest, before.slowest] : [now.all, before.all];
  const ofTime =
    mine && theirs
      ? (Object.keys(mine.parts) as LatencyPart[]).map((part) => ({
          part,
          before: percentOf(theirs.parts[part], theirs.meanMs),
          now: percentOf(mine.parts[part], mine.meanMs),
        }))
      : [];
  const ofMoney = {
    part: 'idle' as const,
    before: percentOf(idleUsd(before), before.cost.perHourUsd),
    now: percentOf(idleUsd(now), now.cost.perHourUsd),
  };
  const size = (move: Move) => Math.abs(move.now - move.before);
  return [
    ...ofTime
      .filter((move) => size(move) >= leastMove)
      .sort((a, b) => size(b) - size(a))
      .slice(0, mostMoves),
    ...(size(ofMoney) >= leastMove && before.cost.perHourUsd > 0 && now.cost.perHourUsd > 0 ? [ofMoney] : []),
  ];
}

/**
 * What a run says of itself, from its own breakdown: where the time of the slowest requests and the money went, the largest
 * part first, what of the scenario would change it, and what moved against the attempt before.
 */
export function debriefOf(
  explanation: RunExplanation,
  before: RunExplanation | null,
  controls: readonly Control[],
): Debrief {
  const { slowest, all, slowestShare, cost } = explanation;
  const told = slowest ?? all;
  const time = told && timeAccount(told, controls);
  const usual = slowest && all ? timeAccount(all, controls)?.parts[0] : undefined;
  const money = accountOf(
    cost.perHourUsd,
    cost.parts.map(({ kind, perHourUsd }) => [kind, perHourUsd] as const),
    (kind) => leversOfMoney(kind, controls),
  );
  return {
    time: time && {
      of: slowest ? 'slowest' : 'all',
      slowestShare,
      account: time,
      usually: usual && usual.part !== time.parts[0]?.part ? usual : null,
    },
    money: money && {
      account: money,
      idle: money.parts.find(({ part }) => part === 'idle') ?? null,
    },
    moves: movesOf(explanation, before),
  };
}

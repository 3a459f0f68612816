import type {
  ProgressCalibration,
  ProgressHabits,
  ProgressMemory,
  ProgressRetention,
  Retention,
  ShareWithInterval,
} from '#shared/contract/contract.ts';
import { matureIntervalDays } from '#shared/study/card.ts';
import { grades, type Confidence, type Grade } from '#shared/study/grade.ts';
import {
  brierOfConfidence,
  calibrationOf,
  confidenceProbability,
  recallBin,
  stabilityBin,
  stabilityBins,
  wilsonInterval,
} from '#shared/study/statistics.ts';
import { sumsByPart } from '#main/study/daily-store.ts';
import { curveOf } from '#main/study/scheduling.ts';
import type { Context } from '../port.ts';

export interface Span {
  readonly from: number;
  readonly to: number;
}

interface Sum {
  readonly n: number;
  readonly value: number;
}
const noSum: Sum = { n: 0, value: 0 };
const plus = (a: Sum, b: Sum): Sum => ({ n: a.n + b.n, value: a.value + b.value });

const shareOf = ({ n, value }: Sum): ShareWithInterval => ({
  n,
  share: n === 0 ? 0 : value / n,
  ...wilsonInterval(value, n),
});

function retention(young: Sum, mature: Sum): Retention {
  return { young: shareOf(young), mature: shareOf(mature), all: shareOf(plus(young, mature)) };
}

/** How much was recalled in the first review of each day, young and mature, over all and by lesson. */
export function retentionIn(context: Context, span: Span): ProgressRetention {
  const sums = sumsByPart(context.database, 'retention', span);
  const total = (age: string) =>
    [...sums].filter(([part]) => part.endsWith(`/${age}`)).reduce((sum, [, next]) => plus(sum, next), noSum);
  return {
    ...retention(total('young'), total('mature')),
    desired: context.settings().desiredRetention,
    lessons: context.library.lessons.map(({ id, title }) => ({
      lessonId: id,
      title,
      ...retention(sums.get(`${id}/young`) ?? noSum, sums.get(`${id}/mature`) ?? noSum),
    })),
  };
}

/** What is in memory now: stability and probability of recall of all cards that were seen. */
export function memoryNow(context: Context): ProgressMemory {
  const cards = context.cards();
  const { studyDay: today } = context.moment();
  const curve = curveOf(context.settings());
  const stabilityEdges = stabilityBins.slice(0, -1);
  const stability = stabilityEdges.map(() => 0);
  const recall = Array.from({ length: 10 }, () => 0);
  const counts = { fresh: 0, learning: 0, young: 0, mature: 0, suspended: 0 };
  let known = 0;
  let total = 0;
  for (let row = 0; row < cards.length; row += 1) {
    if (!cards.questionAt(row)) continue;
    total += 1;
    if (cards.isSuspendedAt(row)) counts.suspended += 1;
    else if (cards.isNewAt(row)) counts.fresh += 1;
    else if (!cards.isReviewAt(row)) counts.learning += 1;
    else if (cards.stateAt(row).intervalDays >= matureIntervalDays) counts.mature += 1;
    else counts.young += 1;
    if (cards.isNewAt(row)) continue;
    const now = cards.recallAt(row, today, curve);
    known += now;
    const [stabilityAt, recallAt] = [stabilityBin(cards.stabilityAt(row)), recallBin(now)];
    stability[stabilityAt] = (stability[stabilityAt] ?? 0) + 1;
    recall[recallAt] = (recall[recallAt] ?? 0) + 1;
  }
  return { stabilityEdges, stability, recall, counts, known, total };
}

const stages = ['new', 'learning', 'young', 'mature'] as const;

/** At which hours the learner answers, and with which grades. */
export function habitsIn(context: Context, span: Span): ProgressHabits {
  const hours = sumsByPart(context.database, 'hour', span);
  const given = sumsByPart(context.database, 'grade', span);
  const byGrade = (stage: string) =>
    Object.fromEntries(
      grades.map((grade) => [grade, given.get(`${stage}/${String(grade)}`)?.n ?? 0]),
    ) as Record<Grade, number>;
  return {
    hours: Array.from({ length: 24 }, (_, hour) => {
      const { n, value } = hours.get(String(hour).padStart(2, '0')) ?? noSum;
      return { answers: n, correct: value };
    }),
    grades: Object.fromEntries(stages.map((stage) => [stage, byGrade(stage)])) as ProgressHabits['grades'],
  };
}

const millionths = 1e6;

/** How well the learner's confidence and the schedule's predictions came true. */
export function calibrationIn(context: Context, span: Span): ProgressCalibration {
  const said = sumsByPart(context.database, 'confidence', span);
  const came = sumsByPart(context.database, 'prediction', span);
  const predicted = sumsByPart(context.database, 'predicted', span);
  const brier = sumsByPart(context.database, 'brier', span).get('');
  const confidences = Object.keys(confidenceProbability) as Confidence[];
  const bins = Array.from({ length: 10 }, (_, bin) => {
    const { n, value } = came.get(String(bin)) ?? noSum;
    return { n, recalled: value, predictedMillionths: predicted.get(String(bin))?.value ?? 0 };
  });
  return {
    confidence: confidences.map((confidence) => ({
      ...shareOf(said.get(confidence) ?? noSum),
      confidence,
      said: confidenceProbability[confidence],
    })),
    confidenceBrier: brierOfConfidence(
      Object.fromEntries([...said].map(([confidence, { n, value }]) => [confidence, { n, correct: value }])),
    ),
    schedule: calibrationOf(bins).points,
    scheduleBrier: brier ? brier.value / millionths / brier.n : null,
  };
}

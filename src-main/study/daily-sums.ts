import type { Database } from 'better-sqlite3';
import { reviewMeasures } from '#shared/study/statistics.ts';
import { hourOfDay, studyDay } from '#shared/study/study-day.ts';
import {
  addToDays,
  allSums,
  blocksThatDiffer,
  derivedVersion,
  removeAllSums,
  setDerivedVersion,
  type DailySum,
} from './daily-store.ts';
import type { LogEntry } from './log-entry.ts';
import { standingEntries } from './log-store.ts';

/** Raise with every change of what is summed: the sums are then counted anew at the next start. */
const sumsVersion = 1;

/** What one row of the log adds to its day; nothing for a change by hand. */
function sumsOf(entry: LogEntry): DailySum[] {
  if (entry.kind === 'change' || entry.correct === null) return [];
  const { before, calendar } = entry;
  const lastDay = before.lastReviewAt === null ? null : studyDay(before.lastReviewAt, calendar);
  const measures = reviewMeasures({
    studyDay: entry.studyDay,
    hour: hourOfDay(entry.at, calendar.timeZone),
    lessonId: entry.lessonId ?? '',
    mode: entry.kind === 'answer' ? 'schedule' : 'practice',
    grade: entry.grade,
    correct: entry.correct,
    confidence: entry.confidence,
    answerMs: entry.answerMs,
    phaseBefore: before.phase,
    intervalBefore: before.intervalDays,
    // Before a day that the clock was set back from, nothing is the first of its day.
    firstOfDay: lastDay === null || lastDay < entry.studyDay,
    predictedRecall: entry.predicted,
  });
  return measures.map((measure) => ({ ...measure, studyDay: entry.studyDay }));
}

/** Adds a row of the log to the sums of its day, or takes it out of them again. */
export function countEntry(database: Database, entry: LogEntry, sign: 1 | -1): void {
  addToDays(
    database,
    sumsOf(entry).map((sum) => ({ ...sum, n: sign * sum.n, value: sign * sum.value })),
  );
}

const keyOf = ({ measure, part, studyDay: day }: DailySum) => `${measure}\u0000${String(day)}\u0000${part}`;

/** The sums as they follow from the log. */
function recount(database: Database): Map<string, DailySum> {
  const sums = new Map<string, { -readonly [K in keyof DailySum]: DailySum[K] }>();
  for (const entry of standingEntries(database)) {
    for (const sum of sumsOf(entry)) {
      const key = keyOf(sum);
      const known = sums.get(key);
      if (known) {
        known.n += sum.n;
        known.value += sum.value;
      } else sums.set(key, sum);
    }
  }
  return sums;
}

export interface SumDifference {
  readonly key: Pick<DailySum, 'measure' | 'part' | 'studyDay'>;
  readonly kept: Pick<DailySum, 'n' | 'value'>;
  readonly counted: Pick<DailySum, 'n' | 'value'>;
}

/** Where the sums that are kept differ from those counted from the log; empty where all is well. */
export function checkSums(database: Database): readonly SumDifference[] {
  const counted = recount(database);
  const differences: SumDifference[] = [];
  const nothing = { n: 0, value: 0 };
  for (const kept of allSums(database)) {
    const again = counted.get(keyOf(kept)) ?? nothing;
    counted.delete(keyOf(kept));
    if (again.n !== kept.n || again.value !== kept.value)
      differences.push({ key: kept, kept, counted: again });
  }
  for (const left of counted.values()) {
    if (left.n !== 0 || left.value !== 0) differences.push({ key: left, kept: nothing, counted: left });
  }
  for (const block of blocksThatDiffer(database)) {
    differences.push({ key: block, kept: block, counted: nothing });
  }
  return differences;
}

/** Counts all sums anew where they are from before this version: after an update, once. */
export function bringSumsUpToDate(database: Database): void {
  if (derivedVersion(database, 'daily') === sumsVersion) return;
  database
    .transaction(() => {
      removeAllSums(database);
      addToDays(database, [...recount(database).values()]);
      setDerivedVersion(database, 'daily', sumsVersion);
    })
    .immediate();
}

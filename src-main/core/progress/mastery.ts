import type { Mastery, ProgressMastery } from '#shared/contract/contract.ts';
import type { Pattern } from '#shared/pack/schema.ts';
import { defaultWeights, recallAfter } from '#shared/study/memory.ts';
import { masteryOf } from '#shared/study/statistics.ts';
import { sumsByPart } from '#main/study/daily-store.ts';
import { readReading } from '../lessons/reading.ts';
import type { Context } from '../port.ts';

/** Probabilities of recall of the questions of a lesson that were seen, and how many there are. */
interface Known {
  readonly recalls: number[];
  total: number;
}

function knownByLesson(context: Context, today: number): Map<string, Known> {
  const cards = context.cards();
  const weights = context.settings().weights ?? defaultWeights;
  const lessons = new Map<string, Known>(
    context.library.lessons.map(({ id }) => [id, { recalls: [], total: 0 }]),
  );
  for (let row = 0; row < cards.length; row += 1) {
    const known = lessons.get(cards.questionAt(row)?.lessonId ?? '');
    if (!known) continue;
    known.total += 1;
    if (cards.isNewAt(row)) continue;
    const elapsedDays = Math.max(0, today - cards.lastDayAt(row));
    known.recalls.push(recallAfter(cards.stabilityAt(row), elapsedDays, weights));
  }
  return lessons;
}

function mastery({ recalls, total }: Known): Mastery {
  return { ...masteryOf(recalls, total), seen: recalls.length };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** What is known now, by lesson and by pattern, and what was gained since the pretests. */
export function masteryNow(context: Context): ProgressMastery {
  const { database, library } = context;
  const { studyDay: today } = context.moment();
  const known = knownByLesson(context, today);
  const { finished, pretests } = readReading(database);
  const spent = sumsByPart(database, 'lesson-time', { from: -Infinity, to: today + 1 });
  const cards = context.cards();
  const weights = context.settings().weights ?? defaultWeights;
  const recallNow = (questionId: string) => {
    const row = cards.rowOf(questionId);
    if (row === undefined || cards.isNewAt(row)) return null;
    return recallAfter(cards.stabilityAt(row), Math.max(0, today - cards.lastDayAt(row)), weights);
  };

  const patterns = new Map<Pattern, Known>();
  const gains: { before: number; now: number }[] = [];
  const lessons = library.lessons.map(({ id, title, pattern, pretest }) => {
    const own = known.get(id) ?? { recalls: [], total: 0 };
    const all = patterns.get(pattern) ?? { recalls: [], total: 0 };
    all.recalls.push(...own.recalls);
    all.total += own.total;
    patterns.set(pattern, all);

    const answers = pretests.get(id);
    const recalls = pretest.map(recallNow);
    const before = answers && { right: [...answers.values()].filter(Boolean).length, of: answers.size };
    const now = mean(recalls.map((recall) => recall ?? 0));
    // A lesson whose questions were not asked since says nothing of a gain.
    if (before && before.of > 0 && recalls.some((recall) => recall !== null))
      gains.push({ before: before.right / before.of, now });
    return {
      ...mastery(own),
      lessonId: id,
      title,
      pattern,
      finished: finished.has(id),
      pretest: before ? { ...before, now } : null,
      spentMs: spent.get(id)?.value ?? 0,
    };
  });
  return {
    lessons,
    patterns: [...patterns].map(([pattern, own]) => ({ ...mastery(own), pattern })),
    gain:
      gains.length === 0
        ? null
        : {
            before: mean(gains.map(({ before }) => before)),
            now: mean(gains.map(({ now }) => now)),
            lessons: gains.length,
          },
  };
}

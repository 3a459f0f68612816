import type { Mastery, ProgressMastery } from '#shared/contract/contract.ts';
import type { Pattern } from '#shared/pack/schema.ts';
import { masteryOf } from '#shared/study/statistics.ts';
import { sumsByPart } from '#main/study/daily-store.ts';
import { curveOf } from '#main/study/scheduling.ts';
import { readReading } from '../lessons/reading.ts';
import type { Context } from '../port.ts';

/** What is known of the questions of a lesson or a pattern. */
interface Known {
  /** Sum of the probabilities of recall. */
  recalled: number;
  seen: number;
  total: number;
}

const nothingKnown = (): Known => ({ recalled: 0, seen: 0, total: 0 });

function knownByLesson(context: Context, today: number): Map<string, Known> {
  const cards = context.cards();
  const curve = curveOf(context.settings());
  const lessons = new Map(context.library.lessons.map(({ id }) => [id, nothingKnown()]));
  for (let row = 0; row < cards.length; row += 1) {
    const known = lessons.get(cards.questionAt(row)?.lessonId ?? '');
    if (!known) continue;
    known.total += 1;
    if (cards.isNewAt(row)) continue;
    known.seen += 1;
    known.recalled += cards.recallAt(row, today, curve);
  }
  return lessons;
}

function mastery({ recalled, seen, total }: Known): Mastery {
  return { ...masteryOf(recalled, total), seen };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** What is known now, by lesson and by pattern, and what was gained since the pretests. */
export function masteryNow(context: Context): ProgressMastery {
  const { database, library } = context;
  const { studyDay: today } = context.moment();
  const known = knownByLesson(context, today);
  const { finished, pretests } = readReading(database);
  const spent = sumsByPart(database, 'lesson-time', { from: 0, to: today + 1 });
  const cards = context.cards();
  const curve = curveOf(context.settings());
  const recallNow = (questionId: string) => {
    const row = cards.rowOf(questionId);
    if (row === undefined || cards.isNewAt(row)) return null;
    return cards.recallAt(row, today, curve);
  };

  const patterns = new Map<Pattern, Known>();
  const gains: { before: number; now: number }[] = [];
  const lessons = library.lessons.map(({ id, title, pattern, pretest }) => {
    const own = known.get(id) ?? nothingKnown();
    const all = patterns.get(pattern) ?? nothingKnown();
    all.recalled += own.recalled;
    all.seen += own.seen;
    all.total += own.total;
    patterns.set(pattern, all);

    const answers = pretests.get(id);
    // The same questions before and now: one that was not asked since says nothing of a gain.
    const asked = [...(answers ?? [])].flatMap(([questionId, right]) => {
      const recall = pretest.includes(questionId) ? recallNow(questionId) : null;
      return recall === null ? [] : [{ right, recall }];
    });
    const now = asked.length === 0 ? null : mean(asked.map(({ recall }) => recall));
    if (now !== null) gains.push({ before: mean(asked.map(({ right }) => Number(right))), now });
    return {
      ...mastery(own),
      lessonId: id,
      title,
      pattern,
      finished: finished.has(id),
      pretest: answers
        ? { right: [...answers.values()].filter(Boolean).length, of: answers.size, now }
        : null,
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

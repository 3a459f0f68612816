import { join } from 'node:path';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { freshCard, type CardState } from '#shared/study/card.ts';
import { settingsSchema } from '#shared/contract/settings.ts';
import type { Confidence, Grade } from '#shared/study/grade.ts';
import { answerCard, retrievability } from '#shared/study/schedule.ts';
import { studyDay, type StudyCalendar } from '#shared/study/study-day.ts';
import { openDatabase } from '#main/database/open.ts';
import { askedQuestion, openLibrary, type Library, type LibraryQuestion } from '#main/packs/library.ts';
import { writeCard } from '#main/study/card-store.ts';
import { appendAnswer } from '#main/study/log-store.ts';
import { numberOfRule, ruleOf } from '#main/study/rules.ts';
import { rightResponse, wrongResponse } from '../support/answers.ts';
import { contentDir } from '../support/paths.ts';
import { valueOf } from '../support/value-of.ts';

const dayMs = 86_400_000;

/** The questions of the course again and again under other ids, until there are so many. */
export function largeLibrary(count: number, dataDir: string): Library {
  const library = openLibrary([contentDir], {
    folder: join(dataDir, 'pack-cache'),
    report: (message) => process.stderr.write(`${message}\n`),
  });
  const questions = Array.from({ length: count }, (_, index): LibraryQuestion => {
    const question = library.questions[index % library.questions.length];
    if (!question) throw new Error('the course has no questions');
    const copy = Math.floor(index / library.questions.length);
    // Facts of a copy are its own, so that copies are no siblings.
    return copy === 0
      ? question
      : { ...question, id: `${question.id}-${String(copy)}`, packId: `${question.packId}-${String(copy)}` };
  });
  const byId = new Map(questions.map((question) => [question.id, question]));
  return { ...library, questions, question: (id) => byId.get(id) };
}

/**
 * A learner's log of three years: `reviews` answers, nine of ten right, each card answered when it fell due. Written past the API, in one transaction, with the very rows that the API would write.
 */
export function writeYears(
  dataDir: string,
  questions: readonly LibraryQuestion[],
  reviews: number,
  calendar: StudyCalendar,
  until: number,
): void {
  const database = valueOf(openDatabase(dataDir));
  const random = xoroshiro128plus(20261127);
  const options = { desiredRetention: 0.9 };
  const each = Math.round(reviews / questions.length);
  const confidences: readonly Confidence[] = ['sure', 'think-so', 'guess'];
  let written = 0;
  database.transaction(() => {
    const rule = numberOfRule(database, ruleOf(settingsSchema.parse({})));
    questions.forEach((question, index) => {
      const asked = askedQuestion(question, 0);
      const [right, wrong] = [rightResponse(asked), wrongResponse(asked)];
      let card: CardState = freshCard;
      // Begun on some day of the last three years, so that all stages are there at the end.
      let at = until - (30 + (index % 1065)) * dayMs + uniformInt(random, 0, 3_600_000 * 10);
      for (let answer = 0; answer < each; answer += 1) {
        const correct = uniformInt(random, 0, 9) > 0;
        const grade: Grade = correct ? (uniformInt(random, 2, 4) as Grade) : 1;
        const after = answerCard(card, grade, at, calendar, options);
        const today = studyDay(at, calendar);
        const elapsed = card.lastReviewAt === null ? 0 : today - studyDay(card.lastReviewAt, calendar);
        written += 1;
        appendAnswer(database, {
          answerId: `00000000-0000-4000-8000-${String(written).padStart(12, '0')}`,
          questionId: question.id,
          lessonId: question.lessonId,
          at,
          studyDay: today,
          calendar,
          verdict: { correct, score: Number(correct), parts: {} },
          confidence: confidences[uniformInt(random, 0, 2)] ?? null,
          usedHelp: false,
          answerMs: uniformInt(random, 2000, 60_000),
          response: correct ? right : wrong,
          grade,
          proposedGrade: correct ? 3 : 1,
          desiredRetention: 0.9,
          rule,
          predicted: card.phase === 'review' ? retrievability(card.stability, elapsed, options) : null,
          before: card,
          after,
        });
        card = after;
        // Some hours late, as by people, and early where the answers would not fit into the years.
        const due = Math.max(at + 60_000, card.dueAt) + uniformInt(random, 0, 3_600_000 * 12);
        at = Math.round(Math.min(due, at + (until - at) / (each - answer)));
      }
      writeCard(database, question.id, card);
    });
  })();
  database.close();
}

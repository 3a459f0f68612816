import { join } from 'node:path';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { freshCard } from '#shared/study/card.ts';
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
 * A learner's log of years: `reviews` answers, nine of ten right, each card answered some hours after it fell due, and now
 * somewhere between its last answer and its next. Written past the API, in one transaction, with the very rows that the API would write.
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
  // A year at most, so that ten reviews of a card fit into years and not into a life.
  const options = { desiredRetention: 0.9, maximumIntervalDays: 365 };
  const each = Math.round(reviews / questions.length);
  const confidences: readonly Confidence[] = ['sure', 'think-so', 'guess'];
  let written = 0;
  database.transaction(() => {
    const rule = numberOfRule(database, ruleOf(settingsSchema.parse({ maximumIntervalDays: 365 })));
    for (const question of questions) {
      const asked = askedQuestion(question, 0);
      const [right, wrong] = [rightResponse(asked), wrongResponse(asked)];
      // Once as if it began on day 0, to know how long it takes; then so that now lies in its last interval.
      const grades = Array.from({ length: each }, (_, index): Grade => {
        // What is being learned is through its steps within the day: few cards are found in the midst of them.
        const settled = index >= each - 2;
        const forgets = uniformInt(random, 0, settled ? 999 : 9) === 0;
        return forgets ? 1 : (uniformInt(random, settled ? 3 : 2, 4) as Grade);
      });
      const lateMs = grades.map(() => uniformInt(random, 60_000, 3_600_000 * 12));
      const times: number[] = [];
      let card = freshCard;
      let at = 0;
      for (const [index, grade] of grades.entries()) {
        times.push(at);
        card = answerCard(card, grade, at, calendar, options);
        at = Math.max(at, card.dueAt) + (lateMs[index] ?? 0);
      }
      const lastMs = times.at(-1) ?? 0;
      const wait = uniformInt(random, 0, Math.max(1, Math.ceil(card.intervalDays)));
      const shiftDays = Math.floor((until - lastMs) / dayMs) - wait;
      card = freshCard;
      for (const [index, grade] of grades.entries()) {
        const answeredAt = (times[index] ?? 0) + shiftDays * dayMs;
        const after = answerCard(card, grade, answeredAt, calendar, options);
        const today = studyDay(answeredAt, calendar);
        const elapsed = card.lastReviewAt === null ? 0 : today - studyDay(card.lastReviewAt, calendar);
        const correct = grade > 1;
        written += 1;
        appendAnswer(database, {
          answerId: `00000000-0000-4000-8000-${String(written).padStart(12, '0')}`,
          questionId: question.id,
          lessonId: question.lessonId,
          at: answeredAt,
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
      }
      writeCard(database, question.id, card);
    }
  })();
  database.close();
}

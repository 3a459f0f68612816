import type { CheckedInput } from '#shared/contract/contract.ts';
import { shuffled } from '#shared/study/shuffle.ts';
import type { Library, LibraryQuestion } from '#main/packs/library.ts';
import { forgottenOn } from '#main/study/answered-store.ts';
import { readSession } from '#main/study/session-store.ts';
import type { Context } from '../port.ts';
import { missedSince } from './session.ts';

/** More than anybody goes through in one sitting. */
const mostAtOnce = 1000;

/** Under which tags a question can be practised: its own, its pattern and its kind. */
const tagsOfQuestion = ({ tags, pattern, kind }: LibraryQuestion) => [pattern, kind, ...tags];

/** The tags of the questions, with how many have each, the most used first. */
export function tagsOf({ questions }: Library): { tag: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const question of questions) {
    for (const tag of new Set(tagsOfQuestion(question))) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  return [...counts]
    .map(([tag, count]) => ({ tag, count }))
    .sort((a, b) => b.count - a.count || (a.tag < b.tag ? -1 : 1));
}

function isAskable({ library, ...context }: Context, questionId: string): boolean {
  return library.question(questionId) !== undefined && !context.cards().state(questionId).suspended;
}

function candidates(context: Context, input: CheckedInput<'review.practise'>): readonly string[] {
  const { database, library } = context;
  const { studyDay: today } = context.moment();
  switch (input.what) {
    case 'lesson':
      return library.questions.filter(({ lessonId }) => lessonId === input.lessonId).map(({ id }) => id);
    case 'missed': {
      const session = readSession(database);
      return session ? missedSince(context, session.afterReviewId) : [];
    }
    case 'forgotten-today':
      return forgottenOn(database, today);
    case 'ahead': {
      const cards = context.cards();
      return library.questions
        .map(({ id }) => id)
        .filter((id) => {
          const row = cards.rowOf(id);
          const inDays = row === undefined ? NaN : cards.dueDayAt(row) - today;
          return inDays >= 1 && inDays <= input.days;
        });
    }
    case 'tag':
      return library.questions
        .filter((question) => tagsOfQuestion(question).includes(input.tag))
        .map(({ id }) => id);
    case 'chosen':
      return input.ids;
  }
}

/** The questions of a practice, in the order to ask them: in another order each day. */
export function chooseForPractice(context: Context, input: CheckedInput<'review.practise'>): string[] {
  const ids = candidates(context, input).filter((id) => isAskable(context, id));
  return shuffled(ids, `practice:${String(context.moment().studyDay)}`).slice(0, mostAtOnce);
}

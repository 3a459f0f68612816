import { fail, ok } from '#shared/contract/result.ts';
import type { LessonProgress, LessonSummary } from '#shared/contract/contract.ts';
import type { Result } from '#shared/contract/result.ts';
import { askedQuestion } from '#main/packs/library.ts';
import { drawOf } from '#shared/contract/responses.ts';
import { judge } from '#shared/study/verdict.ts';
import type { Context, FeatureHandlers } from '../port.ts';
import {
  readAllProgress,
  readPretest,
  readProgress,
  savePosition,
  savePretestAnswer,
  setFinished,
} from './store.ts';

function savedProgress(context: Context, id: string): Result<LessonProgress> {
  const progress = readProgress(context.database, id);
  context.emit('lessons.changed', null);
  return progress ? ok(progress) : fail('not-found', { id });
}

export const lessonsHandlers: FeatureHandlers<'lessons'> = {
  'lessons.list': (_input, { database, library, ...context }) => {
    const progress = readAllProgress(database);
    const cards = context.cards();
    return ok(
      library.lessons.map(({ body: _body, ...meta }): LessonSummary => {
        const questions = library.questions.filter((question) => question.lessonId === meta.id);
        return {
          ...meta,
          progress: progress.get(meta.id) ?? null,
          questionCount: questions.length,
          questionsSeen: questions.filter(({ id }) => cards.state(id).phase !== 'new').length,
        };
      }),
    );
  },

  'lessons.get': ({ id }, { database, library }) => {
    const lesson = library.lesson(id);
    if (!lesson) return fail('not-found', { id });
    const index = library.lessons.indexOf(lesson);
    return ok({
      ...lesson,
      taughtFacts: library.factsOf(lesson),
      progress: readProgress(database, id),
      pretestAnswers: readPretest(database, id),
      previousId: library.lessons[index - 1]?.id ?? null,
      nextId: library.lessons[index + 1]?.id ?? null,
    });
  },

  'lessons.saveProgress': (position, context) => {
    if (!context.library.lesson(position.id)) return fail('not-found', { id: position.id });
    savePosition(context.database, { ...position, at: context.clock.now() });
    return savedProgress(context, position.id);
  },

  'lessons.finish': ({ id, finished }, context) => {
    if (!context.library.lesson(id)) return fail('not-found', { id });
    setFinished(context.database, { id, finished, at: context.clock.now() });
    return savedProgress(context, id);
  },

  'lessons.answerPretest': ({ id, questionId, response }, { database, library, clock }) => {
    const question = library.question(questionId);
    if (!library.lesson(id)?.pretest.includes(questionId) || !question) {
      return fail('not-found', { id: questionId });
    }
    const { correct } = judge(askedQuestion(question, drawOf(response)), response);
    savePretestAnswer(database, { lessonId: id, questionId, at: clock.now(), response, correct });
    return ok({ correct });
  },
};

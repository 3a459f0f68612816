import type { PlannedInterview } from '#shared/contract/contract.ts';
import { fail, ok } from '#shared/contract/result.ts';
import type { Interview } from '#shared/study/interview-plan.ts';
import { perform } from '#main/study/deeds.ts';
import { planNow, questionsOf } from '#main/study/interview-load.ts';
import { readInterviews } from '#main/study/plan-store.ts';
import { deedPort } from '../deed-port.ts';
import type { Context, FeatureHandlers } from '../port.ts';
import { replan } from './replan.ts';

function planned(context: Context): PlannedInterview[] {
  const { studyDay: today } = context.moment();
  return readInterviews(context.database).map((interview) => ({
    ...interview,
    inDays: interview.day - today,
    questions: questionsOf(context, interview),
    plan: interview.day > today ? planNow(context, interview, today) : null,
  }));
}

/** Puts an interview in the place of another, or of none, and plans the cards of both anew: one thing to undo. */
function put(context: Context, id: string, before: Interview | null, after: Interview | null): void {
  const kind = before === null ? 'add-interview' : after === null ? 'remove-interview' : 'change-interview';
  perform(
    deedPort(context),
    kind,
    (deed) => {
      deed.setInterview(id, before, after);
      const concerned = [before, after].filter((interview) => interview !== null);
      replan(context, deed, concerned, readInterviews(context.database));
    },
    () => ({ name: (after ?? before)?.name ?? '' }),
  );
  context.emit('study.changed', null);
}

export const interviewHandlers: FeatureHandlers<'interview'> = {
  'interview.list': (_input, context) => ok(planned(context)),

  'interview.save': (interview, context) => {
    const unknown = interview.lessonIds.find((lessonId) => !context.library.lesson(lessonId));
    if (unknown !== undefined) return fail('not-found', { id: unknown });
    const before = readInterviews(context.database).find(({ id }) => id === interview.id) ?? null;
    put(context, interview.id, before, interview);
    return ok(planned(context));
  },

  'interview.remove': ({ id }, context) => {
    const before = readInterviews(context.database).find((interview) => interview.id === id);
    if (!before) return fail('not-found', { id });
    put(context, id, before, null);
    return ok(planned(context));
  },
};

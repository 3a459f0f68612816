import type { Settings } from '#shared/contract/settings.ts';
import { planLoad, type LoadPlan, type SeenQuestion } from '#shared/study/interview-load.ts';
import type { Interview } from '#shared/study/interview-plan.ts';
import { defaultWeights } from '#shared/study/memory.ts';
import type { CardIndex } from './card-index.ts';

/** What the load of an interview follows from. */
export interface LoadPort {
  cards(): CardIndex;
  settings(): Settings;
}

/** Whether an interview asks for the questions of a lesson. */
export const concerns = ({ lessonIds }: Pick<Interview, 'lessonIds'>, lessonId: string) =>
  lessonIds.length === 0 || lessonIds.includes(lessonId);

/** How many questions an interview asks for; those that are suspended are left out. */
export function questionsOf(port: LoadPort, interview: Interview): number {
  const cards = port.cards();
  let count = 0;
  for (let row = 0; row < cards.length; row += 1) {
    const question = cards.questionAt(row);
    if (question && concerns(interview, question.lessonId) && !cards.stateAt(row).suspended) count += 1;
  }
  return count;
}

/** What each day until an interview will hold, and whether that fits, as the cards are now. */
function planOf(port: LoadPort, interview: Interview, today: number): LoadPlan {
  const cards = port.cards();
  const { newPerDay, reviewsPerDay, weights } = port.settings();
  const seen: SeenQuestion[] = [];
  let unseen = 0;
  for (let row = 0; row < cards.length; row += 1) {
    const question = cards.questionAt(row);
    const state = cards.stateAt(row);
    if (!question || !concerns(interview, question.lessonId) || state.suspended) continue;
    if (cards.isNewAt(row)) unseen += 1;
    else
      seen.push({
        stability: state.stability,
        difficulty: state.difficulty,
        elapsedDays: Math.max(0, today - cards.lastDayAt(row)),
        dueInDays: cards.dueDayAt(row) - today,
      });
  }
  return planLoad({
    unseen,
    seen,
    remainingDays: interview.day - today,
    target: interview.target,
    newPerDay,
    reviewsPerDay,
    weights: weights ?? defaultWeights,
  });
}

/** The plan of each interview as it was computed last, with what it was computed from. */
const lastPlans = new WeakMap<CardIndex, Map<string, { readonly from: string; readonly plan: LoadPlan }>>();

/** The plan of an interview as the cards are now, computed anew only where something of it has changed. */
export function planNow(port: LoadPort, interview: Interview, today: number): LoadPlan {
  const cards = port.cards();
  const { newPerDay, reviewsPerDay, weights } = port.settings();
  const from = JSON.stringify([cards.version, today, interview, newPerDay, reviewsPerDay, weights]);
  const plans = lastPlans.get(cards) ?? new Map<string, { from: string; plan: LoadPlan }>();
  lastPlans.set(cards, plans);
  const last = plans.get(interview.id);
  if (last?.from === from) return last.plan;
  const plan = planOf(port, interview, today);
  plans.set(interview.id, { from, plan });
  return plan;
}

/** Plans of today by the set of cards; made once a day, since a plan takes tens of milliseconds. */
const plansOfToday = new WeakMap<CardIndex, Map<string, LoadPlan>>();

/** The plan of an interview as it was when it was first asked for today. */
export function planOfToday(port: LoadPort, interview: Interview, today: number): LoadPlan {
  const cards = port.cards();
  const { newPerDay, reviewsPerDay, weights } = port.settings();
  const key = JSON.stringify([today, interview, newPerDay, reviewsPerDay, weights]);
  let plans = plansOfToday.get(cards);
  let plan = plans?.get(key);
  if (!plan) {
    plan = planOf(port, interview, today);
    // Those of other days are not asked for again.
    if (!plans || plans.size > 50) plansOfToday.set(cards, (plans = new Map()));
    plans.set(key, plan);
  }
  return plan;
}

import type { LessonSummary, PlannedInterview } from '#shared/contract/contract.ts';
import type { Settings } from '#shared/contract/settings.ts';
import { t } from '../../i18n/i18n.svelte.ts';
import { formatNumber, formatPercent, formatStudyDay } from '../../i18n/format.svelte.ts';
import { lessonsOf, type Offer } from './remedy.ts';

interface Change {
  readonly what: string;
  readonly now: string;
  readonly then: string;
}

interface OfferInWords {
  readonly title: string;
  /** What follows from it. */
  readonly effect: string;
  /** What it sets, beside what holds now. */
  readonly changes: readonly Change[];
}

const counted = (what: string, now: number, then: number): Change => ({
  what,
  now: formatNumber(now),
  then: formatNumber(then),
});

const questionsIn = (lessons: readonly LessonSummary[]) =>
  lessons.reduce((sum, { questionCount }) => sum + questionCount, 0);

/** An offer as it is put to the learner before it is taken. */
export function inWords(
  offer: Offer,
  interview: PlannedInterview,
  lessons: readonly LessonSummary[],
  settings: Settings | null,
): OfferInWords {
  switch (offer.kind) {
    case 'more-per-day': {
      const { newPerDay, reviewsPerDay } = offer.limits;
      return {
        title: t('interview.titleMore'),
        effect: t('interview.effectMore'),
        changes: [
          counted(t('interview.newPerDay'), settings?.newPerDay ?? newPerDay, newPerDay),
          counted(t('interview.reviewsPerDay'), settings?.reviewsPerDay ?? reviewsPerDay, reviewsPerDay),
        ],
      };
    }
    case 'later-date':
      return {
        title: t('interview.titleLater'),
        effect: t('interview.effectLater'),
        changes: [
          {
            what: t('interview.date'),
            now: formatStudyDay(interview.day, 'long'),
            then: formatStudyDay(offer.day, 'long'),
          },
        ],
      };
    case 'fewer-questions': {
      const asked = lessonsOf(interview, lessons);
      return {
        title: t('interview.titleFewer'),
        effect: t('interview.effectFewer'),
        changes: [
          counted(t('interview.lessons'), asked.length, offer.kept.length),
          counted(t('interview.questions'), questionsIn(asked), questionsIn(offer.kept)),
        ],
      };
    }
    case 'lower-target':
      return {
        title: t('interview.titleLower'),
        effect: t('interview.effectLower'),
        changes: [
          {
            what: t('interview.target'),
            now: formatPercent(interview.target),
            then: formatPercent(offer.target),
          },
        ],
      };
  }
}

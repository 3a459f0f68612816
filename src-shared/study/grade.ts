/** How well a card was recalled: 1 Again, 2 Hard, 3 Good, 4 Easy. */
export const grades = [1, 2, 3, 4] as const;
export type Grade = (typeof grades)[number];

export type Confidence = 'sure' | 'think-so' | 'guess';

/**
 * The grade that an answer suggests; the learner may change it.
 * Wrong is Again; right with help (a hint, the section looked up) is Hard; right at once and sure is Easy; right is Good.
 */
export function proposeGrade(answer: {
  readonly correct: boolean;
  readonly usedHelp: boolean;
  readonly confidence: Confidence | null;
}): Grade {
  if (!answer.correct) return 1;
  if (answer.usedHelp) return 2;
  return answer.confidence === 'sure' ? 4 : 3;
}

import { expect, it } from 'vitest';
import { bridgedDays } from '../../../src-renderer/features/today/rest-days.ts';

const today = 100;

function calendar(studied: readonly number[], restDays: readonly number[], streakDays: number) {
  return {
    today,
    days: studied.map((studyDay) => ({ studyDay, answers: 1, correct: 1, spentMs: 1 })),
    restDays,
    streakDays,
    longestStreakDays: streakDays,
    totals: { answers: studied.length, spentMs: 0, daysStudied: studied.length },
  };
}

it.each([
  ['no day of rest', [98, 99, 100], [], 3, 0],
  ['one within the row', [97, 98, 100], [99], 3, 1],
  ['two in a row', [97, 100], [98, 99], 2, 2],
  ['one before today, which has no answer yet', [97, 98], [99], 2, 1],
  ['today itself', [98, 99], [100], 2, 1],
  ['one before the row began', [99, 100], [98], 2, 0],
  ['one on which there were answers all the same', [98, 99, 100], [99], 3, 0],
  ['one that is still to come', [99, 100], [101], 2, 0],
  ['nothing answered ever', [], [99, 100], 0, 0],
])('%s', (_, studied, restDays, streakDays, bridged) => {
  expect(bridgedDays(calendar(studied, restDays, streakDays))).toBe(bridged);
});

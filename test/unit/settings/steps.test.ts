import { expect, it } from 'vitest';
import { stepsSchema } from '#shared/contract/settings.ts';

const isTaken = (steps: readonly string[]) => stepsSchema.safeParse(steps).success;

it('steps are one to five whole times of a minute to a day, none shorter than the one before', () => {
  for (const steps of [['1m'], ['1m', '10m'], ['10m', '10m', '1h', '24h', '1d'], ['1440m']])
    expect(isTaken(steps), steps.join(' ')).toBe(true);
  const refused = [
    [],
    ['0m'],
    ['-1m'],
    ['1.5h'],
    ['1441m'],
    ['25h'],
    ['2d'],
    ['99999d'],
    ['10m', '1m'],
    ['1h', '59m'],
  ];
  for (const steps of [...refused, Array<string>(6).fill('1m')])
    expect(isTaken(steps), steps.join(' ')).toBe(false);
});

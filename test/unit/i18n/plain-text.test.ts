import { expect, it } from 'vitest';
import { plainText } from '../../../src-renderer/text/plain-text.ts';

it.each([
  ['`search` is killed', 'search is killed'],
  ['*seen*, **not** limited', 'seen, not limited'],
  ['12 × 3 < 40 & more', '12 × 3 < 40 & more'],
  ['进程被`内核`杀掉', '进程被内核杀掉'],
])('%s reads as %s', (markdown, text) => {
  expect(plainText(markdown)).toBe(text);
});

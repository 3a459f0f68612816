import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findQuote, quoteAt } from '#shared/reading/quote-anchor.ts';

const sentence = fc.constantFrom(
  'All services share one heap. ',
  'A container starts within seconds; ',
  'every instance has a guest OS of its own. ',
  '一个进程中的所有服务共用一个堆。',
  '容器在几秒内启动，',
  'The bill counts each 100 ms. ',
);
const text = fc.array(sentence, { minLength: 2, maxLength: 12 }).map((parts) => parts.join(''));
const marked = text.chain((whole) =>
  fc
    .tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 60 }))
    .map(([start, length]) => ({ whole, start, end: Math.min(whole.length, start + length) })),
);

describe('a mark in a text', () => {
  it('is found where it was made, whatever else is like it', () => {
    fc.assert(
      fc.property(marked, ({ whole, start, end }) => {
        const quote = quoteAt(whole, { start, end });
        const found = findQuote(whole, quote);
        if (quote.quote === '') {
          expect(found).toBeNull();
          return;
        }
        expect(whole.slice(found?.start, found?.end)).toBe(quote.quote);
        // Equal places are told apart by what stands around them, as far as it is kept.
        const before = whole.slice(0, found?.start);
        const after = whole.slice(found?.end);
        expect(before.endsWith(quote.prefix)).toBe(true);
        expect(after.startsWith(quote.suffix)).toBe(true);
      }),
    );
  });

  it('is found after text was put before and after it', () => {
    fc.assert(
      fc.property(marked, text, text, ({ whole, start, end }, before, after) => {
        const quote = quoteAt(whole, { start, end });
        fc.pre(quote.quote !== '');
        const changed = before + whole + after;
        const found = findQuote(changed, quote);
        expect(changed.slice(found?.start, found?.end)).toBe(quote.quote);
      }),
    );
  });

  it.each([
    [
      'a word changed',
      'all of the services share one and the same heap',
      'all of the services share one common heap',
    ],
    ['a typo mended', 'a contaner starts within seconds', 'a container starts within seconds'],
    ['Chinese', '一个进程中的所有服务共用一个堆', '同一进程中的所有服务共用一个堆'],
  ])('is found where the wording has changed a little: %s', (_name, old, now) => {
    const whole = `Before it something else stands. ${now}, and after it more.`;
    const found = findQuote(whole, { quote: old, prefix: 'else stands. ', suffix: ', and' });
    expect(found).not.toBeNull();
    expect(now).toContain(whole.slice(found?.start, found?.end).trim());
    expect((found?.end ?? 0) - (found?.start ?? 0)).toBeGreaterThan(now.length * 0.6);
  });

  it('is not found where nothing is like it, and never fails', () => {
    expect(
      findQuote('The bill counts each 100 ms.', { quote: 'guest operating system', prefix: '', suffix: '' }),
    ).toBeNull();
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (whole, quote, prefix, suffix) => {
        const found = findQuote(whole, { quote, prefix, suffix });
        if (found) {
          expect(found.start).toBeGreaterThanOrEqual(0);
          expect(found.end).toBeLessThanOrEqual(whole.length);
          expect(found.start).toBeLessThanOrEqual(found.end);
        }
      }),
    );
  });
});

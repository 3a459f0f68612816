import { fleschKincaid } from 'flesch-kincaid';
import { syllable } from 'syllable';
import { describe, expect, it } from 'vitest';
import { examplesIn } from '#main/cli/proof/pack-texts.ts';
import { locales } from '#shared/locale.ts';
import { lexMarkdown, referencesIn, sectionsOf } from '#shared/pack/markdown.ts';
import { course, hanOf, proseOf, wordsOf } from './course.ts';

const factIds = course.facts.map(({ id }) => id);

describe('the course', () => {
  it('lists every fact of the article, and what came since with its source and date', () => {
    const all = (letter: string, count: number) =>
      Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
    const article = Object.entries({ P: 4, H: 9, V: 12, C: 9, S: 5, Z: 1 }).flatMap(([letter, count]) =>
      all(letter, count),
    );
    expect(new Set(factIds)).toEqual(new Set([...article, ...all('N', 16)]));
    const undated = course.facts.filter(({ id, source }) => id.startsWith('N') && !source).map(({ id }) => id);
    expect(undated).toEqual([]);
  });

  it('has at least twelve lessons, and teaches every fact in one of them', () => {
    expect(course.lessons.length).toBeGreaterThanOrEqual(12);
    const taught = new Set(course.lessons.flatMap(({ facts }) => facts));
    expect(factIds.filter((id) => !taught.has(id))).toEqual([]);
  });
});

describe.each(course.lessons.map((lesson) => [lesson.id, lesson] as const))('lesson %s', (_id, lesson) => {
  const english = wordsOf(proseOf(lesson, 'en')).length;
  const chinese = hanOf(proseOf(lesson, 'zh-CN')).length;

  it('has the length that a sitting bears, in both languages', () => {
    expect(english).toBeGreaterThanOrEqual(700);
    expect(english).toBeLessThanOrEqual(1300);
    // One English word says about as much as 1.2 to 2 Chinese characters.
    expect(chinese).toBeGreaterThanOrEqual(english * 1.2);
    expect(chinese).toBeLessThanOrEqual(english * 2);
  });

  it('reads easily: sentences and words as a good newspaper has them', () => {
    const paragraphs = lexMarkdown(lesson.body.en).flatMap((token) =>
      token.type === 'paragraph' ? [token.raw.replace(/\[\[[a-z0-9-]+\|([^\]]+)\]\]/g, '$1').replace(/[[\]*`]/g, '')] : [],
    );
    const text = paragraphs.join('\n');
    const words = text.match(/[A-Za-z][A-Za-z'’-]*/g) ?? [];
    const grade = fleschKincaid({
      sentence: text.match(/[.!?:](?=\s|$)/g)?.length ?? 1,
      word: words.length,
      syllable: words.reduce((sum, word) => sum + Math.max(1, syllable(word)), 0),
    });
    expect(grade).toBeGreaterThan(3);
    expect(grade).toBeLessThan(10);
    // Chinese: characters from one full stop to the next.
    const sentences = proseOf(lesson, 'zh-CN').split(/[。！？\n]/).map((sentence) => hanOf(sentence).length).filter((length) => length > 0);
    expect(sentences.reduce((sum, length) => sum + length, 0) / sentences.length).toBeLessThan(40);
    expect(Math.max(...sentences)).toBeLessThan(140);
  });

  it('has all its parts, in both languages', () => {
    expect(lesson.objectives.length).toBeGreaterThanOrEqual(4);
    for (const locale of locales) {
      const body = lesson.body[locale];
      const anchors = sectionsOf(body).map(({ anchor }) => anchor);
      expect(anchors.slice(-3)).toEqual(['recap', 'further-reading', 'sources']);
      expect(anchors).toContain('asked-in-interviews');
      expect(body.match(/^:::interview /gm)?.length).toBe(2);
      expect(examplesIn(body).length).toBeGreaterThanOrEqual(1);
      expect(sectionsOf(body).find(({ anchor }) => anchor === 'further-reading')?.tokens.map(({ raw }) => raw).join('').match(/\]\(https:/g)?.length).toBeGreaterThanOrEqual(2);
      expect(body.slice(body.indexOf('{#sources}'))).toMatch(/CC BY-SA 4\.0/);
      const { simulations, questions, terms } = referencesIn(body);
      expect(simulations.length).toBeGreaterThanOrEqual(1);
      expect(questions.length).toBeGreaterThanOrEqual(1);
      expect(terms.length).toBeGreaterThanOrEqual(5);
    }
  });

  it('lets the learner predict, run and explain', () => {
    const embedded = referencesIn(lesson.body.en).simulations;
    const predicted = course.scenarios.filter(({ id, prediction }) => embedded.includes(id) && prediction);
    expect(predicted.length).toBeGreaterThanOrEqual(1);
  });

  it('embeds the same simulations and questions in both languages', () => {
    const [en, zh] = locales.map((locale) => referencesIn(lesson.body[locale]));
    expect(zh?.simulations).toEqual(en?.simulations);
    expect(zh?.questions).toEqual(en?.questions);
  });
});

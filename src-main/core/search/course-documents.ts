import type { Locale, Localized } from '#shared/locale.ts';
import { sectionsOf } from '#shared/pack/markdown.ts';
import { plainInline, plainMarkdown, plainTokens } from '#shared/pack/plain-markdown.ts';
import type { Lesson } from '#shared/pack/schema.ts';
import type { SearchDocument } from '#shared/search/document.ts';
import { namesOfTerm } from '#shared/search/names.ts';
import { askedQuestion, type Library } from '#main/packs/library.ts';

const inEach = (textIn: (locale: Locale) => string): Localized => ({
  en: textIn('en'),
  'zh-CN': textIn('zh-CN'),
});

const asides = new Set(['sources', 'further-reading']);

type TermText = (locale: Locale) => (id: string) => string;

function lessonDocuments(lesson: Lesson, termText: TermText): SearchDocument[] {
  const sections = { en: sectionsOf(lesson.body.en), 'zh-CN': sectionsOf(lesson.body['zh-CN']) };
  const bodyOf = (locale: Locale, anchor: string) =>
    sections[locale]
      .filter((section) => section.anchor === anchor)
      .map(({ tokens }) => plainTokens(tokens, termText(locale)))
      .join(' ');
  const { id, title, summary, objectives } = lesson;
  const whole: SearchDocument = {
    id: `lesson:${id}`,
    kind: 'lesson',
    title,
    body: inEach((locale) =>
      [summary[locale], bodyOf(locale, ''), ...objectives.map((objective) => objective[locale])].join(' '),
    ),
    keywords: [id],
    context: null,
    path: `/lessons/${id}`,
  };
  const parts = sections.en
    .filter(({ anchor }) => anchor !== '')
    .map(({ anchor }): SearchDocument => ({
      id: `section:${id}/${anchor}`,
      kind: 'section',
      title: inEach((locale) => {
        const heading = sections[locale].find((section) => section.anchor === anchor)?.title ?? '';
        return plainInline(heading, termText(locale));
      }),
      body: inEach((locale) => bodyOf(locale, anchor)),
      // The anchor says in words what the section is about.
      keywords: [anchor],
      context: title,
      path: `/lessons/${id}/${anchor}`,
      isAside: asides.has(anchor),
    }));
  return [whole, ...parts];
}

/** What the packs teach, in teaching order: lessons with their sections, terms, challenges, and questions without their answers. */
export function courseDocuments(library: Library): SearchDocument[] {
  const glossary = library.glossary();
  const terms = new Map(glossary.map(({ id, term }) => [id, term]));
  const termText: TermText = (locale) => (id) => terms.get(id)?.[locale] ?? id;
  const short = (source: Localized) => inEach((locale) => plainInline(source[locale], termText(locale)));
  return [
    ...library.lessons.flatMap((lesson) => lessonDocuments(lesson, termText)),
    ...glossary.map((entry): SearchDocument => {
      const { definition, became } = entry;
      return {
        id: `term:${entry.id}`,
        kind: 'term',
        title: entry.term,
        body: short(
          inEach((locale) => (became ? `${definition[locale]} ${became[locale]}` : definition[locale])),
        ),
        keywords: [entry.id, ...namesOfTerm(entry)],
        context: null,
        path: `/glossary/${entry.id}`,
      };
    }),
    // The brief only: hints and what is explained after a run would give the challenge away.
    ...library.scenarios.map(({ id, title, brief }): SearchDocument => ({
      id: `scenario:${id}`,
      kind: 'scenario',
      title,
      body: inEach((locale) => plainMarkdown(brief[locale], termText(locale))),
      keywords: [id],
      context: null,
      path: `/lab/${id}`,
    })),
    // The stem only: options and explanations are answers.
    ...library.questions.map((question): SearchDocument => ({
      id: `question:${question.id}`,
      kind: 'question',
      title: null,
      body: inEach((locale) => plainMarkdown(askedQuestion(question, 0).stem[locale], termText(locale))),
      keywords: question.tags.map((tag) => tag.replaceAll('-', ' ')),
      context: question.lessonTitle,
      path: `/cards/${question.id}`,
    })),
  ];
}

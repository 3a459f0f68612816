import { locales, type Locale } from '#shared/locale.ts';
import { lexMarkdown } from '#shared/pack/markdown.ts';
import type { Pack, PackQuestion } from '#shared/pack/schema.ts';

/** A text of a pack, and where an author finds it. */
export interface PackText {
  readonly file: string;
  /** Id and path in a YAML file; '' for a lesson, whose text has lines of its own. */
  readonly where: string;
  readonly locale: Locale;
  /** Markdown. */
  readonly text: string;
}

/** What a proof found; `quote` is a piece of the text to search for. */
export interface Finding {
  readonly file: string;
  readonly where: string;
  readonly message: string;
}

/** Drawn numbers as numbers, as they are shown. */
function withNumbers(text: string, locale: Locale): string {
  const large = { en: '1 million', 'zh-CN': '1 万' }[locale];
  return text.replace(/\{\{[^}]*:compact\}\}/g, large).replace(/\{\{[^}]*\}\}/g, '1');
}

/** A question as it reads with its blanks filled in. */
function filledIn(question: PackQuestion): unknown {
  if (question.kind !== 'cloze') return question;
  const fill = (locale: Locale) =>
    question.blanks.reduce(
      (text, { id, accept }) => text.replaceAll(`{{${id}}}`, accept[locale][0] ?? ''),
      question.text[locale],
    );
  const text = Object.fromEntries(locales.map((locale) => [locale, fill(locale)]));
  // Accepted words of a blank are no sentences.
  return { ...question, text, blanks: [] };
}

function textsIn(value: unknown, file: string, where: string): PackText[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => {
    const locale = locales.find((candidate) => candidate === key);
    if (locale && typeof part === 'string') return [{ file, where, locale, text: withNumbers(part, locale) }];
    const step = Array.isArray(value) ? `[${key}]` : `.${key}`;
    return textsIn(part, file, `${where}${step}`);
  });
}

/** Every text of a pack in each of its languages. */
export function textsOf(pack: Pack): PackText[] {
  const lessons = pack.lessons.flatMap(({ body, ...meta }) => [
    ...textsIn(meta, `lessons/${meta.id}/lesson.yaml`, ''),
    ...locales.map((locale) => ({
      file: `lessons/${meta.id}/${locale}.md`,
      where: '',
      locale,
      text: body[locale],
    })),
  ]);
  const questions = pack.questions.flatMap(({ lessonId, ...question }) =>
    textsIn(filledIn(question), `questions/${lessonId}.yaml`, question.id),
  );
  const scenarios = pack.scenarios.flatMap(({ pattern, ...scenario }) =>
    textsIn(scenario, `scenarios/${pattern}.yaml`, scenario.id),
  );
  return [
    ...textsIn(pack.manifest, 'pack.yaml', ''),
    ...lessons,
    ...questions,
    ...scenarios,
    ...pack.glossary.flatMap((entry) => textsIn(entry, 'glossary.yaml', entry.id)),
    ...pack.facts.flatMap((fact) => textsIn(fact, 'facts.yaml', fact.id)),
  ];
}

/** Where a finding is: a lesson's line, or the item and the path in it. */
export function placeOf({ file, where, text }: PackText, quote: string): Pick<Finding, 'file' | 'where'> {
  if (where !== '') return { file, where };
  const line = text.slice(0, Math.max(0, text.indexOf(quote))).split('\n').length;
  return { file, where: `line ${line}` };
}

/**
 * Markdown as it is read: terms by the words that stand for them, without embeds, the signs of blocks, anchors and the
 * addresses of links. Code stays in its backticks where `code` says so, and is left out otherwise.
 */
export function readable(
  markdown: string,
  termText: (id: string) => string,
  options: { readonly code: boolean },
): string {
  const plain = markdown
    .replace(/\[\[([a-z0-9-]+)\|([^\]\n]+)\]\]/g, '$2')
    .replace(/\[\[([a-z0-9-]+)\]\]/g, (_whole, id: string) => termText(id))
    .replace(/^:::(?:note|example|interview)?[ \t]*/gm, '')
    .replace(/^::(?:simulation|question)\{.*$/gm, '')
    .replace(/\s*\{#[a-z0-9-]+\}/g, '')
    .replace(/\]\([^)\s]+\)/g, ']');
  return options.code ? plain : plain.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '');
}

/** The English or Chinese name of a term, as it stands in the glossary. */
export function termTextOf(pack: Pack, locale: Locale): (id: string) => string {
  const terms = new Map(pack.glossary.map(({ id, term }) => [id, term[locale]]));
  return (id) => terms.get(id) ?? id;
}

/** The blocks `:::example` of a lesson: title and inner Markdown, in their order. */
export function examplesIn(markdown: string): { readonly title: string; readonly text: string }[] {
  return lexMarkdown(markdown).flatMap((token) =>
    token.type === 'callout' && token['what'] === 'example'
      ? [{ title: String(token['title']), text: token.raw }]
      : [],
  );
}

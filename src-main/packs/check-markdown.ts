import { locales } from '#shared/locale.ts';
import { referencesIn, sectionsOf } from '#shared/pack/markdown.ts';
import type { Lesson } from '#shared/pack/schema.ts';
import type { Problems } from './problem.ts';

/** Number, from 1, of the first line that fits; 1 where none does. */
function lineWhere(text: string, fits: (line: string) => boolean): number {
  return Math.max(text.split('\n').findIndex(fits), 0) + 1;
}

const headingLine = (body: string, title: string) =>
  lineWhere(body, (line) => line.startsWith('##') && line.includes(title));

/** Checks the anchors of a lesson in both languages and returns them. */
export function checkAnchors(lesson: Lesson, problems: Problems): Set<string> {
  const [en = [], zh = []] = locales.map((locale) => {
    const body = lesson.body[locale];
    const file = `lessons/${lesson.id}/${locale}.md`;
    const found: { readonly anchor: string; readonly line: number }[] = [];
    for (const { anchor, title } of sectionsOf(body).filter((section) => section.title !== '')) {
      const line = headingLine(body, title);
      if (anchor === '') {
        problems.add(
          file,
          line,
          `the heading "${title}" has no anchor; expected "## ${title} {#some-anchor}"`,
        );
      } else if (found.some((section) => section.anchor === anchor)) {
        problems.add(file, line, `the anchor "${anchor}" occurs twice`);
      }
      found.push({ anchor, line });
    }
    return found;
  });
  for (let index = 0; index < Math.max(en.length, zh.length); index += 1) {
    const expected = en[index]?.anchor ?? 'none';
    const found = zh[index]?.anchor ?? 'none';
    if (expected === found) continue;
    problems.add(
      `lessons/${lesson.id}/zh-CN.md`,
      zh[index]?.line ?? 1,
      `expected the same anchors in the same order as en.md; section ${index + 1} is "${found}" and not "${expected}"`,
    );
    break;
  }
  return new Set(en.map(({ anchor }) => anchor));
}

/** Ids of everything that a Markdown text may refer to. */
export interface KnownIds {
  readonly scenarios: ReadonlySet<string>;
  readonly questions: ReadonlySet<string>;
  readonly terms: ReadonlySet<string>;
  /** Lesson -> the anchors of its sections. */
  readonly anchors: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Whether a link leads somewhere: to the web, to a section of a lesson, a term or a simulation. */
function leadsSomewhere(href: string, { anchors, terms, scenarios }: KnownIds): boolean {
  if (href.startsWith('https://')) return URL.canParse(href);
  const [, room, id = '', anchor] =
    /^#\/(lessons|glossary|lab)\/([a-z0-9-]+)(?:\/([a-z0-9-]+))?$/.exec(href) ?? [];
  switch (room) {
    case 'lessons':
      return anchor === undefined ? anchors.has(id) : anchors.get(id)?.has(anchor) === true;
    case 'glossary':
      return anchor === undefined && terms.has(id);
    case 'lab':
      return anchor === undefined && scenarios.has(id);
    default:
      return false;
  }
}

const isEmbed = (line: string, what: 'simulation' | 'question', id: string) =>
  line.startsWith(`::${what}{`) && line.slice(`::${what}{`.length).split('}')[0]?.trim() === id;

/**
 * Checks that a Markdown text refers only to what is there.
 *
 * @param onlyLine - the line to name for a text inside of a YAML file; a Markdown file has its own lines
 */
export function checkMarkdown(
  text: string,
  known: KnownIds,
  file: string,
  problems: Problems,
  onlyLine?: number,
): void {
  const found = referencesIn(text);
  const report = (
    what: string,
    ids: readonly string[],
    there: ReadonlySet<string>,
    at: (id: string) => number,
  ) => {
    for (const id of ids.filter((candidate) => !there.has(candidate))) {
      problems.add(file, onlyLine ?? at(id), `there is no ${what} "${id}"`);
    }
  };
  const embedLine = (what: 'simulation' | 'question') => (id: string) =>
    lineWhere(text, (line) => isEmbed(line, what, id));
  report('scenario', found.simulations, known.scenarios, embedLine('simulation'));
  report('question', found.questions, known.questions, embedLine('question'));
  for (const href of new Set(found.links.filter((link) => !leadsSomewhere(link, known)))) {
    const line = lineWhere(text, (candidate) => candidate.includes(href));
    problems.add(
      file,
      onlyLine ?? line,
      `the link "${href}" leads nowhere; expected https://..., #/lessons/<id>/<anchor>, #/glossary/<id> or #/lab/<id>`,
    );
  }
  report('glossary term', found.terms, known.terms, (id) =>
    lineWhere(text, (line) => line.includes(`[[${id}]]`) || line.includes(`[[${id}|`)),
  );
}

/** Every text in a language, however deep in an item of a pack. */
export function localizedTextsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    typeof item === 'string'
      ? locales.some((locale) => locale === key)
        ? [item]
        : []
      : localizedTextsIn(item),
  );
}

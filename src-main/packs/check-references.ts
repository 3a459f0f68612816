import { locales } from '#shared/locale.ts';
import { referencesIn, sectionsOf } from '#shared/pack/markdown.ts';
import type { Located, PackParts } from './load.ts';
import type { Problems } from './problem.ts';

function checkUnique(
  what: string,
  items: readonly Located<{ readonly id: string }>[],
  problems: Problems,
): Set<string> {
  const first = new Map<string, Located<{ readonly id: string }>>();
  for (const located of items) {
    const other = first.get(located.item.id);
    if (other) {
      problems.add(
        located.file,
        located.line,
        `the ${what} "${located.item.id}" was already defined in ${other.file}:${other.line}; ids must be unique`,
      );
    } else {
      first.set(located.item.id, located);
    }
  }
  return new Set(first.keys());
}

/** The line on which a text first occurs, from 1. */
function lineWith(text: string, needle: string): number {
  const index = text.indexOf(needle);
  return index < 0 ? 1 : text.slice(0, index).split('\n').length;
}

/** Checks the anchors of a lesson in both languages and returns them. */
function checkAnchors(
  lesson: Located<PackParts['lessons'][number]['item']>,
  problems: Problems,
): Set<string> {
  const anchors = locales.map((locale) => {
    const file = `lessons/${lesson.item.id}/${locale}.md`;
    const body = lesson.item.body[locale];
    const found: string[] = [];
    for (const section of sectionsOf(body).filter(({ title }) => title !== '')) {
      const line = lineWith(body, section.title);
      if (section.anchor === '') {
        problems.add(
          file,
          line,
          `the heading "${section.title}" has no anchor; expected "## ${section.title} {#some-anchor}"`,
        );
      } else if (found.includes(section.anchor)) {
        problems.add(file, line, `the anchor "${section.anchor}" occurs twice`);
      }
      found.push(section.anchor);
    }
    return found;
  });
  const [en = [], zh = []] = anchors;
  if (en.join() !== zh.join()) {
    const index = en.findIndex((anchor, at) => anchor !== zh[at]);
    problems.add(
      `lessons/${lesson.item.id}/zh-CN.md`,
      1,
      `expected the same anchors in the same order as en.md; section ${Math.max(index, 0) + 1} is "${zh[index] ?? ''}" and not "${en[index] ?? ''}"`,
    );
  }
  return new Set(en);
}

/** Checks that everything a pack refers to is there. */
export function checkReferences(parts: PackParts, problems: Problems): void {
  checkUnique('lesson', parts.lessons, problems);
  const questionIds = checkUnique('question', parts.questions, problems);
  const scenarioIds = checkUnique('scenario', parts.scenarios, problems);
  const termIds = checkUnique('glossary term', parts.glossary, problems);

  const checkMarkdown = (text: string, file: string, line: (needle: string) => number) => {
    const found = referencesIn(text);
    const missing: [string, string[], Set<string>, (id: string) => string][] = [
      ['scenario', found.simulations, scenarioIds, (id) => `::simulation{${id}`],
      ['question', found.questions, questionIds, (id) => `::question{${id}`],
      ['glossary term', found.terms, termIds, (id) => `[[${id}`],
    ];
    for (const [what, ids, known, written] of missing) {
      for (const id of ids.filter((candidate) => !known.has(candidate))) {
        problems.add(file, line(written(id)), `there is no ${what} "${id}"`);
      }
    }
  };

  const anchorsOfLesson = new Map<string, Set<string>>();
  for (const lesson of parts.lessons) {
    anchorsOfLesson.set(lesson.item.id, checkAnchors(lesson, problems));
    for (const locale of locales) {
      const body = lesson.item.body[locale];
      checkMarkdown(body, `lessons/${lesson.item.id}/${locale}.md`, (needle) => lineWith(body, needle));
    }
    for (const id of lesson.item.pretest.filter((candidate) => !questionIds.has(candidate))) {
      problems.add(lesson.file, lesson.line, `pretest: there is no question "${id}"`);
    }
  }
  for (const { item, file, line } of parts.questions) {
    if (!anchorsOfLesson.get(item.lessonId)?.has(item.section)) {
      problems.add(
        file,
        line,
        `section: the lesson "${item.lessonId}" has no section with the anchor "${item.section}"`,
      );
    }
    if (
      item.kind === 'simulation' &&
      !parts.scenarios.some(({ item: scenario }) => scenario.id === item.scenario)
    ) {
      problems.add(file, line, `scenario: there is no scenario "${item.scenario}"`);
    }
    if (item.kind === 'cloze') {
      for (const locale of locales) {
        const written = [...item.text[locale].matchAll(/\{\{([^}]*)\}\}/g)].map(([, id]) => id ?? '').sort();
        const declared = item.blanks.map(({ id }) => id).sort();
        if (written.join() !== declared.join()) {
          problems.add(
            file,
            line,
            `text.${locale}: expected each of the blanks ${declared.join(', ')} once, found ${written.join(', ') || 'none'}`,
          );
        }
      }
    }
    for (const locale of locales) checkMarkdown(item.stem[locale], file, () => line);
  }
  for (const { item, file, line } of parts.glossary) {
    for (const id of item.related.filter((candidate) => !termIds.has(candidate))) {
      problems.add(file, line, `related: there is no glossary term "${id}"`);
    }
  }
}

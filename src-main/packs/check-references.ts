import { locales } from '#shared/locale.ts';
import type { Fact } from '#shared/pack/schema.ts';
import { isDrawn } from '#shared/study/draw-question.ts';
import { checkDraws } from './check-draws.ts';
import { checkAnchors, checkMarkdown, localizedTextsIn, type KnownIds } from './check-markdown.ts';
import type { Located, PackParts } from './load.ts';
import type { Problems } from './problem.ts';

/** Draws of a drawn question that are tried when the app loads its pack. */
const drawsAtLoad = 5;

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

function checkFacts(
  facts: readonly Located<Fact>[],
  users: readonly Located<{ readonly facts: readonly string[] }>[],
  problems: Problems,
): void {
  const ids = checkUnique('fact', facts, problems);
  for (const { item, file, line } of users) {
    for (const id of item.facts.filter((candidate) => !ids.has(candidate)))
      problems.add(file, line, `facts: there is no fact "${id}" in facts.yaml`);
  }
}

/** Checks that everything a pack refers to is there. */
export function checkReferences(parts: PackParts, problems: Problems): void {
  checkUnique('lesson', parts.lessons, problems);
  const questionIds = checkUnique('question', parts.questions, problems);
  const scenarioIds = checkUnique('scenario', parts.scenarios, problems);
  const termIds = checkUnique('glossary term', parts.glossary, problems);

  if (parts.facts) checkFacts(parts.facts, [...parts.lessons, ...parts.questions], problems);
  const anchors = new Map(parts.lessons.map(({ item }) => [item.id, checkAnchors(item, problems)]));
  const known: KnownIds = { scenarios: scenarioIds, questions: questionIds, terms: termIds, anchors };
  const checkTexts = ({ item, file, line }: Located<unknown>) => {
    for (const text of new Set(localizedTextsIn(item))) checkMarkdown(text, known, file, problems, line);
  };

  for (const lesson of parts.lessons) {
    for (const locale of locales) {
      checkMarkdown(lesson.item.body[locale], known, `lessons/${lesson.item.id}/${locale}.md`, problems);
    }
    for (const id of lesson.item.pretest.filter((candidate) => !questionIds.has(candidate))) {
      problems.add(lesson.file, lesson.line, `pretest: there is no question "${id}"`);
    }
  }
  for (const { item, file, line } of parts.questions) {
    if (!anchors.get(item.lessonId)?.has(item.section)) {
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
  }
  for (const { item, file, line } of parts.questions) {
    if (isDrawn(item)) checkDraws(item, drawsAtLoad, (message) => problems.add(file, line, message));
  }
  for (const { item, file, line } of parts.glossary) {
    for (const id of item.related.filter((candidate) => !termIds.has(candidate))) {
      problems.add(file, line, `related: there is no glossary term "${id}"`);
    }
  }
  for (const located of [...parts.questions, ...parts.scenarios, ...parts.glossary]) checkTexts(located);
}

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type {
  GlossaryTerm,
  LearnerQuestion,
  LearnerScenario,
  PackStatus,
  QuestionPlace,
  TermPlace,
} from '#shared/contract/contract.ts';
import type { Fact, Lesson, Pack, PackQuestion } from '#shared/pack/schema.ts';
import { drawQuestion } from '#shared/study/draw-question.ts';
import { referencesIn, sectionsOf } from '#shared/pack/markdown.ts';
import type { LoadedPack } from './load.ts';
import { loadCachedPack, type PackCache } from './pack-cache.ts';

/** A question as its pack has it, before it is drawn. */
export type LibraryQuestion = PackQuestion & QuestionPlace;

/** Everything that can be learned: the packs of all content folders, joined by permanent ids. */
export interface Library {
  readonly packs: readonly PackStatus[];
  /** In teaching order. */
  readonly lessons: readonly Lesson[];
  glossary(): readonly GlossaryTerm[];
  readonly scenarios: readonly LearnerScenario[];
  /** In teaching order. */
  readonly questions: readonly LibraryQuestion[];
  lesson(id: string): Lesson | undefined;
  /** The facts that a lesson teaches, with their sources. */
  factsOf(lesson: Lesson): readonly Fact[];
  question(id: string): LibraryQuestion | undefined;
  scenario(id: string): LearnerScenario | undefined;
}

function statusOf(folder: string, name: string, loaded: LoadedPack): PackStatus {
  const manifest = loaded.pack?.manifest;
  return {
    id: manifest?.id ?? name,
    folder,
    title: manifest?.title ?? null,
    version: manifest?.version ?? null,
    licence: manifest?.licence ?? null,
    source: manifest
      ? {
          title: manifest.source.title,
          authors: manifest.source.authors,
          url: manifest.source.url,
          note: manifest.source.note,
        }
      : null,
    problems: loaded.problems,
  };
}

/** A question as it is asked. @param draw the seed of a drawn question */
export function askedQuestion(question: LibraryQuestion, draw: number): LearnerQuestion {
  const { packId, lessonId, lessonTitle, pattern } = question;
  return { ...drawQuestion(question, draw), packId, lessonId, lessonTitle, pattern };
}

function questionsOf(pack: Pack): LibraryQuestion[] {
  const lessons = new Map(pack.lessons.map((lesson) => [lesson.id, lesson]));
  return pack.questions.flatMap((question) => {
    const lesson = lessons.get(question.lessonId);
    return lesson
      ? [{ ...question, packId: pack.manifest.id, lessonTitle: lesson.title, pattern: lesson.pattern }]
      : [];
  });
}

/** The terms of a pack, each with the first section of every lesson that uses it. */
function termsOf(pack: Pack): GlossaryTerm[] {
  const places = new Map<string, TermPlace[]>();
  for (const { id: lessonId, title: lessonTitle, body } of pack.lessons) {
    const seen = new Set<string>();
    for (const { anchor, tokens } of sectionsOf(body.en)) {
      for (const term of referencesIn(tokens.map(({ raw }) => raw).join('')).terms) {
        if (seen.has(term)) continue;
        seen.add(term);
        places.set(term, [...(places.get(term) ?? []), { lessonId, lessonTitle, anchor }]);
      }
    }
  }
  return pack.glossary.map((entry) => ({ ...entry, usedIn: places.get(entry.id) ?? [] }));
}

const byId = <T extends { readonly id: string }>(items: readonly T[]) =>
  new Map(items.map((item) => [item.id, item]));

/** Loads every pack found in the content folders. A broken pack is left out, and its problems are kept to be shown. */
export function openLibrary(contentDirs: readonly string[], cache: PackCache): Library {
  const packs: Pack[] = [];
  const status: PackStatus[] = [];
  for (const contentDir of contentDirs.filter((dir) => existsSync(dir))) {
    for (const entry of readdirSync(contentDir, { withFileTypes: true })) {
      if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
      const folder = join(contentDir, entry.name);
      const loaded = loadCachedPack(folder, cache);
      if (loaded.pack) packs.push(loaded.pack);
      status.push(statusOf(folder, entry.name, loaded));
    }
  }
  const lessons = packs.flatMap((pack) => pack.lessons);
  const questions = packs.flatMap(questionsOf);
  const scenarios = packs.flatMap((pack) => pack.scenarios);
  const lessonById = byId(lessons);
  const questionById = byId(questions);
  const scenarioById = byId(scenarios);
  let glossary: readonly GlossaryTerm[] | null = null;
  return {
    packs: status,
    lessons,
    // Lessons are searched for their terms when somebody asks, and not while the app starts.
    glossary: () => (glossary ??= packs.flatMap(termsOf)),
    factsOf: (lesson) =>
      packs
        .find((pack) => pack.lessons.includes(lesson))
        ?.facts.filter(({ id }) => lesson.facts.includes(id)) ?? [],
    scenarios,
    questions,
    lesson: (id) => lessonById.get(id),
    question: (id) => questionById.get(id),
    scenario: (id) => scenarioById.get(id),
  };
}

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LearnerQuestion, LearnerScenario, PackStatus } from '#shared/contract/contract.ts';
import type { GlossaryEntry, Lesson, Pack } from '#shared/pack/schema.ts';
import { loadPack } from './load.ts';

/** Everything that can be learned: the packs of all content folders, joined by permanent ids. */
export interface Library {
  readonly packs: readonly PackStatus[];
  /** In teaching order. */
  readonly lessons: readonly Lesson[];
  readonly glossary: readonly GlossaryEntry[];
  readonly scenarios: readonly LearnerScenario[];
  /** In teaching order. */
  readonly questions: readonly LearnerQuestion[];
  lesson(id: string): Lesson | undefined;
  question(id: string): LearnerQuestion | undefined;
  scenario(id: string): LearnerScenario | undefined;
}

function statusOf(folder: string, name: string, loaded: ReturnType<typeof loadPack>): PackStatus {
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

function questionsOf(pack: Pack): LearnerQuestion[] {
  const lessons = new Map(pack.lessons.map((lesson) => [lesson.id, lesson]));
  return pack.questions.flatMap((question) => {
    const lesson = lessons.get(question.lessonId);
    return lesson ? [{ ...question, lessonTitle: lesson.title, pattern: lesson.pattern }] : [];
  });
}

const byId = <T extends { readonly id: string }>(items: readonly T[]) =>
  new Map(items.map((item) => [item.id, item]));

/** Loads every pack found in the content folders. A broken pack is left out, and its problems are kept to be shown. */
export function openLibrary(contentDirs: readonly string[]): Library {
  const packs: Pack[] = [];
  const status: PackStatus[] = [];
  for (const contentDir of contentDirs.filter((dir) => existsSync(dir))) {
    for (const entry of readdirSync(contentDir, { withFileTypes: true })) {
      if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
      const folder = join(contentDir, entry.name);
      const loaded = loadPack(folder);
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
  return {
    packs: status,
    lessons,
    glossary: packs.flatMap((pack) => pack.glossary),
    scenarios,
    questions,
    lesson: (id) => lessonById.get(id),
    question: (id) => questionById.get(id),
    scenario: (id) => scenarioById.get(id),
  };
}

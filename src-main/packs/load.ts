import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { PackProblem } from '#shared/contract/contract.ts';
import {
  factSchema,
  glossaryEntrySchema,
  lessonMetaSchema,
  packManifestSchema,
  patternSchema,
  questionSchema,
  scenarioSchema,
  type Fact,
  type GlossaryEntry,
  type Lesson,
  type Pack,
  type Pattern,
} from '#shared/pack/schema.ts';
import { checkReferences } from './check-references.ts';
import { checkScenario } from './check-scenario.ts';
import { collectProblems, type Problems } from './problem.ts';
import { readPackText, readYaml, type YamlFile } from './yaml-file.ts';

export interface LoadedPack {
  /** Null when there are problems. */
  readonly pack: Pack | null;
  readonly problems: readonly PackProblem[];
}

/** Something read from a file, with the line that it stands on. */
export interface Located<T> {
  readonly item: T;
  readonly file: string;
  readonly line: number;
}

export interface PackParts {
  readonly manifest: YamlFile<Pack['manifest']>;
  readonly lessons: readonly Located<Lesson>[];
  readonly questions: readonly Located<Pack['questions'][number]>[];
  readonly scenarios: readonly Located<Pack['scenarios'][number]>[];
  readonly glossary: readonly Located<GlossaryEntry>[];
  /** Null in a pack that does not list its facts. */
  readonly facts: readonly Located<Fact>[] | null;
}

function readList<T>(folder: string, file: string, item: z.ZodType<T>, problems: Problems): Located<T>[] {
  const list = readYaml(folder, file, z.array(item), problems);
  return list?.value.map((value, index) => ({ item: value, file, line: list.lineOf([index]) })) ?? [];
}

function readLesson(folder: string, id: string, problems: Problems): Located<Lesson>[] {
  const file = `lessons/${id}/lesson.yaml`;
  const meta = readYaml(folder, file, lessonMetaSchema, problems);
  const en = readPackText(folder, `lessons/${id}/en.md`, problems);
  const zh = readPackText(folder, `lessons/${id}/zh-CN.md`, problems);
  if (!meta || en === null || zh === null) return [];
  if (meta.value.id !== id) {
    problems.add(file, meta.lineOf(['id']), `id: expected "${id}", the name of the lesson's folder`);
  }
  return [{ item: { ...meta.value, body: { en, 'zh-CN': zh } }, file, line: 1 }];
}

function readScenarios(folder: string, pattern: Pattern, problems: Problems): PackParts['scenarios'] {
  const file = `scenarios/${pattern}.yaml`;
  if (!existsSync(join(folder, file))) return [];
  const list = readYaml(folder, file, z.array(scenarioSchema), problems);
  return (
    list?.value.map((scenario, index) => {
      checkScenario(scenario, (path, message) => problems.add(file, list.lineOf([index, ...path]), message));
      return { item: { ...scenario, pattern }, file, line: list.lineOf([index]) };
    }) ?? []
  );
}

/**
 * Loads and checks the pack in a folder. Never throws for what an author can get wrong:
 * every problem names the file, the line and what was expected.
 */
export function loadPack(folder: string): LoadedPack {
  const problems = collectProblems();
  const manifest = readYaml(folder, 'pack.yaml', packManifestSchema, problems);
  if (!manifest) return { pack: null, problems: problems.list };
  const lessonIds = manifest.value.lessons;
  const parts: PackParts = {
    manifest,
    lessons: lessonIds.flatMap((id) => readLesson(folder, id, problems)),
    questions: lessonIds.flatMap((lessonId) =>
      readList(folder, `questions/${lessonId}.yaml`, questionSchema, problems).map((located) => ({
        ...located,
        item: { ...located.item, lessonId },
      })),
    ),
    scenarios: patternSchema.options.flatMap((pattern) => readScenarios(folder, pattern, problems)),
    glossary: readList(folder, 'glossary.yaml', glossaryEntrySchema, problems),
    facts: existsSync(join(folder, 'facts.yaml'))
      ? readList(folder, 'facts.yaml', factSchema, problems)
      : null,
  };
  // A reference into a file that could not be read would only repeat the first problem.
  if (problems.list.length === 0) checkReferences(parts, problems);
  if (problems.list.length > 0) return { pack: null, problems: problems.list };
  return {
    pack: {
      manifest: manifest.value,
      lessons: parts.lessons.map(({ item }) => item),
      questions: parts.questions.map(({ item }) => item),
      scenarios: parts.scenarios.map(({ item }) => item),
      glossary: parts.glossary.map(({ item }) => item),
      facts: parts.facts?.map(({ item }) => item) ?? [],
    },
    problems: [],
  };
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import {
  questionSchema,
  scenarioSchema,
  type PackQuestion,
  type Question,
  type QuestionKind,
  type QuestionOf,
  type Scenario,
} from '#shared/pack/schema.ts';
import { drawQuestion } from '#shared/study/draw-question.ts';
import { projectRoot } from './host.ts';

/** What is taught, read from the pack itself: the tests know the right answers from where the app knows them. */
const pack = join(projectRoot, 'content', 'microservice-deployment');

function readAll<T>(folder: string, schema: z.ZodType<T>): T[] {
  return readdirSync(join(pack, folder)).flatMap((file) =>
    z.array(schema).parse(parse(readFileSync(join(pack, folder, file), 'utf8'))),
  );
}

const questions = new Map<string, PackQuestion>(
  readAll('questions', questionSchema).map((question) => [question.id, question]),
);
const scenarios = new Map<string, Scenario>(
  readAll('scenarios', scenarioSchema).map((scenario) => [scenario.id, scenario]),
);

/** A question as it is asked first. */
export function questionOf(id: string): Question {
  const question = questions.get(id);
  if (!question) throw new Error(`The pack has no question ${id}.`);
  return drawQuestion(question, 0);
}

export function scenarioOf(id: string): Scenario {
  const scenario = scenarios.get(id);
  if (!scenario) throw new Error(`The pack has no scenario ${id}.`);
  return scenario;
}

export function isKind<K extends QuestionKind>(question: Question, kind: K): question is QuestionOf<K> {
  return question.kind === kind;
}

/** What of inline Markdown reaches the screen as text. */
export function plain(markdown: string): string {
  return markdown
    .replace(/`([^`]*)`/g, '$1')
    .replace(/\*+/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

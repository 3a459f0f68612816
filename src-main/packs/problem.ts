import type { PackProblem } from '#shared/contract/contract.ts';

/** Collects what is wrong with a pack, so that an author sees all of it at once. */
export interface Problems {
  readonly list: PackProblem[];
  add(file: string, line: number, message: string): void;
}

export function collectProblems(): Problems {
  const list: PackProblem[] = [];
  return { list, add: (file, line, message) => list.push({ file, line, message }) };
}

export function formatProblem(problem: PackProblem): string {
  return `${problem.file}:${problem.line}: ${problem.message}`;
}

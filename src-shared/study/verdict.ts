import type { Response } from '../contract/responses.ts';
import type { Question, QuestionOf } from '../pack/schema.ts';

/** How an answer was judged. */
export interface Verdict {
  readonly correct: boolean;
  /** Share of the answer that was right, 0-1. */
  readonly score: number;
  /** Id of an option, item, pair, blank or rubric point -> whether that part was answered rightly. */
  readonly parts: Readonly<Record<string, boolean>>;
}

/** Share of the rubric's weight from which an open answer counts as recalled. */
export const openPassShare = 0.6;

function fromParts(parts: Record<string, boolean>): Verdict {
  const values = Object.values(parts);
  const right = values.filter(Boolean).length;
  return { correct: right === values.length, score: values.length === 0 ? 0 : right / values.length, parts };
}

/** Case, outer and repeated spaces, full-width forms and a closing full stop do not matter in a written word. */
export function normaliseWord(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .replace(/[.。]+$/, '')
    .trim();
}

function judgeCloze(question: QuestionOf<'cloze'>, blanks: Readonly<Record<string, string>>): Verdict {
  const parts: Record<string, boolean> = {};
  for (const blank of question.blanks) {
    const given = normaliseWord(blanks[blank.id] ?? '');
    parts[blank.id] = [...blank.accept.en, ...blank.accept['zh-CN']].some(
      (word) => normaliseWord(word) === given,
    );
  }
  return fromParts(parts);
}

function judgeOpen(question: QuestionOf<'open'>, points: readonly string[]): Verdict {
  let reached = 0;
  let possible = 0;
  const parts: Record<string, boolean> = {};
  for (const { id, weight } of question.rubric) {
    parts[id] = points.includes(id);
    possible += weight;
    if (parts[id]) reached += weight;
  }
  const score = reached / possible;
  return { correct: score >= openPassShare, score, parts };
}

/**
 * Judges an answer. A response of another kind than the question's, and a skipped question, are wrong.
 */
export function judge(question: Question, response: Response): Verdict {
  const wrong: Verdict = { correct: false, score: 0, parts: {} };
  switch (question.kind) {
    case 'single-choice': {
      if (response.kind !== question.kind) return wrong;
      const right = question.options.some((option) => option.correct && option.id === response.option);
      return { correct: right, score: right ? 1 : 0, parts: { [response.option]: right } };
    }
    case 'multiple-choice': {
      if (response.kind !== question.kind) return wrong;
      return fromParts(
        Object.fromEntries(
          question.options.map((option) => [
            option.id,
            response.options.includes(option.id) === option.correct,
          ]),
        ),
      );
    }
    case 'ordering': {
      if (response.kind !== question.kind) return wrong;
      return fromParts(
        Object.fromEntries(question.items.map((item, index) => [item.id, response.items[index] === item.id])),
      );
    }
    case 'matching': {
      if (response.kind !== question.kind) return wrong;
      return fromParts(Object.fromEntries(question.pairs.map(({ id }) => [id, response.pairs[id] === id])));
    }
    case 'cloze':
      return response.kind === question.kind ? judgeCloze(question, response.blanks) : wrong;
    case 'numeric': {
      if (response.kind !== question.kind) return wrong;
      // A little room for binary fractions: 0.1 + 0.2 is within 0.3 +/- 0.
      const right =
        Math.abs(response.value - question.answer) <= question.tolerance + 1e-9 * Math.abs(question.answer);
      return { correct: right, score: right ? 1 : 0, parts: {} };
    }
    case 'simulation':
      return response.kind === question.kind && response.met ? { correct: true, score: 1, parts: {} } : wrong;
    case 'open':
      return response.kind === question.kind ? judgeOpen(question, response.points) : wrong;
  }
}

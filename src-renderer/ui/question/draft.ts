import type { Response } from '#shared/contract/responses.ts';
import type { Question } from '#shared/pack/schema.ts';
import type { Confidence } from '#shared/study/grade.ts';

/** What a learner has filled in so far; kept as it is when the screen is left. */
export interface Draft {
  option?: string;
  options?: string[];
  items?: string[];
  pairs?: Record<string, string>;
  blanks?: Record<string, string>;
  number?: string;
  simulation?: {
    changes: Record<string, string | number | boolean>;
    met: boolean;
    attempts: number;
    hints: number;
  };
  text?: string;
  points?: string[];
  skipped?: boolean;
  /** Set once the answer was shown. Undo goes back to before, and counts as help. */
  revealed?: boolean;
  confidence?: Confidence | null;
  usedHelp?: boolean;
}

/** A typed number: grouping commas and full-width digits are understood, anything else is not a number. */
export function parseNumber(text: string): number | null {
  const plain = text
    .normalize('NFKC')
    .trim()
    .replace(/(?<=\d),(?=\d{3}(\D|$))/g, '');
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : null;
}

/** The response that a draft amounts to; null while something is missing. */
export function toResponse(question: Question, draft: Draft): Response | null {
  const drawn = question.draw === undefined ? {} : { draw: question.draw };
  if (draft.skipped) return { kind: 'skipped', ...drawn };
  switch (question.kind) {
    case 'single-choice':
      return draft.option ? { kind: question.kind, option: draft.option, ...drawn } : null;
    case 'multiple-choice':
      return draft.options && draft.options.length > 0
        ? { kind: question.kind, options: draft.options }
        : null;
    case 'ordering':
      return draft.items?.length === question.items.length
        ? { kind: question.kind, items: draft.items }
        : null;
    case 'matching':
      return draft.pairs && question.pairs.every(({ id }) => draft.pairs?.[id])
        ? { kind: question.kind, pairs: draft.pairs }
        : null;
    case 'cloze':
      return draft.blanks && question.blanks.every(({ id }) => draft.blanks?.[id]?.trim())
        ? { kind: question.kind, blanks: draft.blanks }
        : null;
    case 'numeric': {
      const value = parseNumber(draft.number ?? '');
      return value === null ? null : { kind: question.kind, value, ...drawn };
    }
    case 'simulation':
      return draft.simulation && draft.simulation.attempts > 0
        ? { kind: question.kind, ...draft.simulation }
        : null;
    case 'open':
      return draft.text?.trim()
        ? { kind: question.kind, text: draft.text, points: draft.points ?? [] }
        : null;
  }
}

/** The draft that shows an answer again after it was taken back. */
export function fromResponse(response: Response): Draft {
  switch (response.kind) {
    case 'single-choice':
      return { option: response.option };
    case 'multiple-choice':
      return { options: response.options };
    case 'ordering':
      return { items: response.items };
    case 'matching':
      return { pairs: response.pairs };
    case 'cloze':
      return { blanks: response.blanks };
    case 'numeric':
      return { number: String(response.value) };
    case 'simulation':
      return {
        simulation: {
          changes: response.changes,
          met: response.met,
          attempts: response.attempts,
          hints: response.hints,
        },
      };
    case 'open':
      return { text: response.text, points: response.points };
    case 'skipped':
      return {};
  }
}

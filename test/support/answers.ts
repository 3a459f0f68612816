import type { Response } from '#shared/contract/responses.ts';
import type { Question } from '#shared/pack/schema.ts';

const drawn = ({ draw }: Question) => (draw === undefined ? {} : { draw });

/** The right answer to any question. */
export function rightResponse(question: Question): Response {
  const { kind } = question;
  switch (kind) {
    case 'single-choice':
      return { kind, option: question.options.find(({ correct }) => correct)!.id, ...drawn(question) };
    case 'multiple-choice':
      return { kind, options: question.options.filter(({ correct }) => correct).map(({ id }) => id) };
    case 'ordering':
      return { kind, items: question.items.map(({ id }) => id) };
    case 'matching':
      return { kind, pairs: Object.fromEntries(question.pairs.map(({ id }) => [id, id])) };
    case 'cloze':
      return {
        kind,
        blanks: Object.fromEntries(question.blanks.map(({ id, accept }) => [id, accept.en[0]!])),
      };
    case 'numeric':
      return { kind, value: question.answer, ...drawn(question) };
    case 'simulation':
      return { kind, changes: {}, met: true, attempts: 1, hints: 0 };
    case 'open':
      return { kind, text: 'All of it.', points: question.rubric.map(({ id }) => id) };
  }
}

/** A wrong answer of the question's own kind. */
export function wrongResponse(question: Question): Response {
  const { kind } = question;
  switch (kind) {
    case 'single-choice':
      return { kind, option: question.options.find(({ correct }) => !correct)!.id, ...drawn(question) };
    case 'multiple-choice':
      return { kind, options: question.options.filter(({ correct }) => !correct).map(({ id }) => id) };
    case 'ordering':
      return { kind, items: question.items.map(({ id }) => id).reverse() };
    case 'matching': {
      const ids = question.pairs.map(({ id }) => id);
      return {
        kind,
        pairs: Object.fromEntries(ids.map((id, index) => [id, ids[(index + 1) % ids.length]!])),
      };
    }
    case 'cloze':
      return { kind, blanks: Object.fromEntries(question.blanks.map(({ id }) => [id, 'surely not this'])) };
    case 'numeric':
      return {
        kind,
        value: question.answer + question.tolerance + Math.abs(question.answer) + 1,
        ...drawn(question),
      };
    case 'simulation':
      return { kind, changes: {}, met: false, attempts: 3, hints: 1 };
    case 'open':
      return { kind, text: 'None of it.', points: [] };
  }
}

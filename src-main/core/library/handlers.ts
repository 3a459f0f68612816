import { fail, ok } from '#shared/contract/result.ts';
import { askedQuestion } from '#main/packs/library.ts';
import type { FeatureHandlers } from '../port.ts';

export const libraryHandlers: FeatureHandlers<'library'> = {
  'library.packs': (_input, { library }) => ok(library.packs),

  'library.question': ({ id, draw }, { library }) => {
    const question = library.question(id);
    return question ? ok(askedQuestion(question, draw)) : fail('not-found', { id });
  },

  'library.scenario': ({ id }, { library }) => {
    const scenario = library.scenario(id);
    return scenario ? ok(scenario) : fail('not-found', { id });
  },

  'library.glossary': (_input, { library }) => ok(library.glossary()),
};

import { closedForm } from './closed-form.ts';

/** What connects one form with another, and what wrong options of a question are made of. */
export const arithmeticForms = {
  arithmetic: closedForm({
    about: 'the four basic operations',
    inputs: { a: 'any number', b: 'any number' },
    outputs: { sum: 'a + b', difference: 'a - b', product: 'a b', quotient: 'a / b' },
    compute: ({ a, b }) => ({ sum: a + b, difference: a - b, product: a * b, quotient: a / b }),
  }),
};

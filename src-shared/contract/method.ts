import { z } from 'zod';

/** One method of the API: inputs are checked against their schema by `dispatch`; outputs are types. */
interface Method<I extends z.ZodType, O> {
  readonly input: I;
  /** Never there at run time: carries the output type. */
  readonly output?: O;
}

export function method<O>() {
  return <I extends z.ZodType>(input: I): Method<I, O> => ({ input });
}

export const nothing = z.strictObject({});

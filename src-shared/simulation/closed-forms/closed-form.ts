/**
 * A formula with a name, by which questions and worked examples of a pack reach it: numbers in, numbers out. What a
 * platform of the simulator computes by a formula is computed here by the same function.
 */
export interface ClosedForm {
  /** What it is, in one line, with its formula or its source. */
  readonly about: string;
  /** Name -> what it is, with unit and range. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Name -> what it is, with unit. */
  readonly outputs: Readonly<Record<string, string>>;
  /** @throws RangeError where an input is out of range */
  readonly compute: (of: Readonly<Record<string, number>>) => Readonly<Record<string, number>>;
}

/** A form whose function knows its inputs by name. */
export function closedForm<const I extends string, const O extends string>(form: {
  readonly about: string;
  readonly inputs: Readonly<Record<I, string>>;
  readonly outputs: Readonly<Record<O, string>>;
  readonly compute: (of: Readonly<Record<I, number>>) => Readonly<Record<O, number>>;
}): ClosedForm {
  return {
    ...form,
    compute: (of) => {
      for (const name of Object.keys(form.inputs)) {
        if (!Number.isFinite(of[name])) throw new RangeError(`expected a number for "${name}"`);
      }
      return form.compute(of);
    },
  };
}

/** @throws RangeError unless a load stays under what there is for it */
export function expectStable(load: number, capacity: number): void {
  if (load >= capacity) throw new RangeError(`a load of ${load} is too much for a capacity of ${capacity}`);
}

/** Rounding must not buy one more: 6 / 0.6 is 10. */
export function wholeUp(value: number): number {
  return Math.ceil(value - 1e-9);
}

/** Rounding must not lose one: 0.3 / 0.1 is 3. */
export function wholeDown(value: number): number {
  return Math.floor(value + 1e-9);
}

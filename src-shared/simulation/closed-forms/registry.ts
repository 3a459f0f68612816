import { arithmeticForms } from './arithmetic.ts';
import type { ClosedForm } from './closed-form.ts';
import { containerForms } from './containers.ts';
import { functionForms } from './functions.ts';
import { hostForms } from './hosts.ts';
import { machineForms } from './machines.ts';
import { queueingForms } from './queueing.ts';

/** Every closed form by its name. Names are permanent: packs refer to them. */
export const closedForms: ReadonlyMap<string, ClosedForm> = new Map<string, ClosedForm>(
  Object.entries({
    ...arithmeticForms,
    ...queueingForms,
    ...hostForms,
    ...machineForms,
    ...containerForms,
    ...functionForms,
  }),
);

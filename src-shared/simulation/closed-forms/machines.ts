import { billedSeconds, priceOf } from '../platforms/vm/instance-billing.ts';
import { trackedCapacity } from '../platforms/vm/target-tracking.ts';
import { billingMinimumSeconds } from '../catalogue/vm-times.ts';
import { closedForm, expectStable } from './closed-form.ts';

/** Hours of a month as providers count it: 365 x 24 / 12. */
export const hoursPerMonth = 730;

const pricePerHourUsd = 'of one instance in USD';

/** Virtual machines: what they cost, and how a fleet of them follows its load. */
export const machineForms = {
  'instance-bill': closedForm({
    about: 'EC2: whole seconds, at least 60 for each start',
    inputs: { seconds: 'that each instance ran', pricePerHourUsd, instances: 'that were started' },
    outputs: { billedSeconds: 'of each', usd: 'of all, in USD' },
    compute: (of) => {
      const billed = billedSeconds(of.seconds, billingMinimumSeconds.value);
      return { billedSeconds: billed, usd: priceOf(billed, of.pricePerHourUsd) * of.instances };
    },
  }),
  month: closedForm({
    about: 'instances that run all month, busy or idle: 730 hours',
    inputs: { pricePerHourUsd, instances: 'number' },
    outputs: { usd: 'in USD' },
    compute: (of) => ({ usd: priceOf(hoursPerMonth * 3600, of.pricePerHourUsd) * of.instances }),
  }),
  'target-tracking': closedForm({
    about: 'EC2 Auto Scaling: ceil(instances x metric / target)',
    inputs: { instances: 'in service', metric: 'mean over them', target: 'above 0, in the same unit' },
    outputs: { instances: 'wanted' },
    compute: (of) => ({ instances: trackedCapacity(of.instances, of.metric, of.target) }),
  }),
  'boot-lag': closedForm({
    about: 'a fluid queue: (arrivals - capacity) x lag waits, and drains at the later surplus',
    inputs: {
      perSecond: 'requests that come per second',
      capacityPerSecond: 'requests served per second until then, below perSecond',
      lagSeconds: 'until more capacity is there, in s',
      laterCapacityPerSecond: 'requests served per second from then on, above perSecond',
    },
    outputs: { backlog: 'requests that wait when it comes', drainSeconds: 'until they are worked off, in s' },
    compute: (of) => {
      expectStable(of.perSecond, of.laterCapacityPerSecond);
      const backlog = Math.max(0, (of.perSecond - of.capacityPerSecond) * of.lagSeconds);
      return { backlog, drainSeconds: backlog / (of.laterCapacityPerSecond - of.perSecond) };
    },
  }),
};

import type { DraftFile } from './edit-file.ts';

/** What the services are called at first. */
export const firstName = 'service';

/** What a learner begins with; the platform is the one that they choose. */
export const startingFile = (): DraftFile => ({
  platform: { kind: 'queue' },
  workload: {
    services: [
      {
        name: firstName,
        count: 3,
        arrivals: { kind: 'poisson', perSecond: 10 },
        cpu: { kind: 'exponential', meanMs: 20 },
      },
    ],
  },
  faults: [],
  deployments: [],
  run: { horizonSeconds: 300, seeds: [1, 2, 3] },
});

import { firstEventBeyondEstate } from '../../hosts/estate-parts.ts';

/** Kinds of events about VMs and fleets, each with what its subject is. */
export const vmEvent = {
  /** VM */ runs: firstEventBeyondEstate,
  /** VM */ booted: firstEventBeyondEstate + 1,
  /** VM */ poolReady: firstEventBeyondEstate + 2,
  /** VM */ lossNoticed: firstEventBeyondEstate + 3,
  /** fleet */ metricPoint: firstEventBeyondEstate + 4,
  /** fleet */ scheduledSize: firstEventBeyondEstate + 5,
  /** fleet */ oldKept: firstEventBeyondEstate + 6,
  /** order */ imageBaked: firstEventBeyondEstate + 7,
  /** deployment */ deployOrdered: firstEventBeyondEstate + 8,
} as const;

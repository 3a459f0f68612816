import { firstEventBeyondEstate } from '../../hosts/estate-parts.ts';

/** Kinds of events of a cluster, each with what its subject is. */
export const event = {
  /** pod */ imagePulled: firstEventBeyondEstate,
  /** node */ nodeBooted: firstEventBeyondEstate + 1,
  /** loss */ lossNoticed: firstEventBeyondEstate + 2,
  /** loss */ lossTolerated: firstEventBeyondEstate + 3,
  /** service */ podScaling: firstEventBeyondEstate + 4,
  /** none */ nodeScaling: firstEventBeyondEstate + 5,
  /** deployment */ deployStarts: firstEventBeyondEstate + 6,
  /** service */ oldKept: firstEventBeyondEstate + 7,
} as const;

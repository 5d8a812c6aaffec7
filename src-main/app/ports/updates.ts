import type { UpdateOffer, UpdatePhase } from "#shared/contracts/updates.ts";

/** Where a station asks for updates. */
export type UpdateFeedPlace = {
  /** Address of head office. */
  readonly url: string;
  /** Code of the branch, by which head office stages. */
  readonly branch: string;
};

/**
 * What only a shell can do: fetch and install. When it is done is decided by the use case.
 *
 * Each method may throw a Fault whose code is an `UpdateTrouble`; anything else it throws is a mistake of ours.
 */
export type UpdateDriver = {
  /** Undefined where updates come to this counter in this way; else why not. */
  readonly offReason: Extract<UpdatePhase, { phase: "off" }>["reason"] | undefined;
  /** @returns a version newer than the one that runs, whose manifest a release key has signed */
  readonly look: (place: UpdateFeedPlace) => Promise<UpdateOffer | undefined>;
  /** Fetches what was looked at. @param onPercent how far, 0 to 100 */
  readonly fetch: (onPercent: (percent: number) => void) => Promise<void>;
  /** Ends the program, which installs what was fetched behind itself and starts the new version. */
  readonly restart: () => void;
};

import type { EnrolInput, SetupState } from "#shared/contracts/setup.ts";
import type { StationEvent, StationStatus } from "#shared/contracts/station.ts";
import type { Result } from "#shared/std/result.ts";
import type { StationCore } from "#main/station-core.ts";
import type { EnrolRefusal } from "#main/sync/enrol.ts";

/** The station as a caller finds it: empty, being set up, or open. */
export type StationDoor = {
  readonly isReady: () => boolean;
  /** @throws Fault `NOT_ENROLLED` while there is nothing behind the door */
  readonly core: () => StationCore;
  readonly setupState: () => SetupState;
  readonly tryIt: () => Promise<Result<SetupState, { code: "ALREADY_SET_UP" }>>;
  readonly enrol: (input: EnrolInput) => Promise<Result<SetupState, EnrolRefusal | { code: "ALREADY_SET_UP" }>>;
  readonly status: () => StationStatus;
  readonly subscribe: (listener: (event: StationEvent) => void) => () => void;
};

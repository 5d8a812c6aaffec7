import type { Enrolled, EnrolInput, SetupState } from "#shared/contracts/setup.ts";
import type { StationEvent, StationStatus } from "#shared/contracts/station.ts";
import type { Result } from "#shared/std/result.ts";
import type { Counter } from "#main/app/counter.ts";
import type { Updates } from "#main/app/updates/updates.ts";
import type { Upkeep } from "#main/app/upkeep/upkeep.ts";
import type { EnrolRefusal } from "./enrolment.ts";

/** The station as a caller finds it: empty, being set up, or open. */
export type StationDoor = {
  /** @throws Fault `NOT_ENROLLED` while there is nothing behind the door */
  readonly counter: () => Counter;
  /** @throws Fault `NOT_ENROLLED`, as above */
  readonly upkeep: () => Pick<Upkeep, "verify" | "backUp"> & {
    readonly recoveryKey: () => string;
    readonly isKeyAtHeadOffice: () => boolean;
  };
  readonly setupState: () => SetupState;
  readonly tryIt: () => Promise<Result<SetupState, { code: "ALREADY_SET_UP" }>>;
  readonly enrol: (input: EnrolInput) => Promise<Result<Enrolled, EnrolRefusal | { code: "ALREADY_SET_UP" }>>;
  readonly status: () => StationStatus;
  readonly exchangeNow: () => Promise<StationStatus>;
  readonly updates: Updates;
  readonly subscribe: (listener: (event: StationEvent) => void) => () => void;
};

import { eventIterator } from "@orpc/contract";
import { z } from "zod";
import { pinStates } from "#shared/domain/staff/pin.ts";
import { atStation } from "./base.ts";
import { date, instantMs, nothing } from "./common.ts";
import { deviceHint, deviceState } from "./devices.ts";
import { idleLock } from "./settings.ts";
import { memberCard } from "./members.ts";

/** What the permanent status strip shows. Offline is a calm state. */
export const stationStatus = z.strictObject({
  branch: z.strictObject({ branchId: z.string(), code: z.string(), name: z.string() }).nullable(),
  stationNumber: z.int().nullable(),
  isSample: z.boolean(),
  businessDate: date,
  /** When the open shift got its first entry; null while it has none. */
  shiftSinceMs: instantMs.nullable(),
  /** All readers as one light: that of the reader which most needs somebody; `none` where there is no reader. */
  reader: z.strictObject({ state: z.enum(["none", ...deviceState.options]), port: z.string().nullable(), hint: deviceHint.nullable() }),
  /** Each reader by itself. */
  readers: z.array(
    z.strictObject({
      deviceId: z.string(),
      name: z.string().nullable(),
      state: deviceState,
      port: z.string(),
      hint: deviceHint.nullable(),
    }),
  ),
  sync: z.strictObject({
    /** `settingIn`: what came as one file takes its place, and the counter answers nobody for less than two seconds. */
    line: z.enum(["online", "offline", "exchanging", "settingIn"]),
    lastContactMs: instantMs.nullable(),
    waitingOperations: z.int(),
    oldestWaitingMs: instantMs.nullable(),
    quarantinedOperations: z.int(),
    /** Of what head office had published when it was last greeted, at most so many rows are not here yet. */
    rowsToCome: z.int(),
    /** Why head office will not exchange, when it said so. */
    refusedBy: z.enum(["FORK", "ROLLED_BACK", "FENCED", "SUPERSEDED", "SUSPENDED", "UPGRADE", "UNKNOWN_REPLICA"]).nullable(),
  }),
  /** The second copy of what this station wrote. While it is behind the counter goes on, and only its disk has what was written since. */
  mirror: z.strictObject({
    state: z.enum(["none", "whole", "behind"]),
    trouble: z.enum(["MIRROR_FULL", "MIRROR_GONE", "MIRROR_READ_ONLY", "MIRROR_FAILED"]).nullable(),
    sinceMs: instantMs.nullable(),
  }),
  clock: z.strictObject({ isInDoubt: z.boolean(), offByMs: z.int() }),
  /** After so many untouched minutes a screen locks itself. */
  idleLockMinutes: idleLock,
});
export type StationStatus = z.infer<typeof stationStatus>;

const cardRead = z.strictObject({ type: z.literal("cardRead"), readId: z.string(), card: memberCard });
const cardRefused = z.strictObject({
  type: z.literal("cardRefused"),
  readId: z.string(),
  code: z.enum(["CARD_NOT_RECOGNISED", "CARD_UNKNOWN_HERE", "READ_FAILED"]),
  /** For READ_FAILED: what the reader found, a device code such as `TRUNCATED`. */
  cause: z.string().nullable(),
  /** For CARD_UNKNOWN_HERE: a handle that stands for the card when it is issued; the number stays in main. */
  cardHandle: z.string().nullable(),
  last4: z.string().nullable(),
});

/** A member's card went through the reader. The event carries the member, never the card number. */
export const swipeEvent = z.discriminatedUnion("type", [cardRead, cardRefused]);
export type SwipeEvent = z.infer<typeof swipeEvent>;

/** A staff card went through the reader: whose it is, for the screen to ask for the PIN. */
const staffCardRead = z.strictObject({
  type: z.literal("staffCardRead"),
  readId: z.string(),
  name: z.string(),
  /** Stands for the card when its owner signs in; the number stays in main. */
  cardHandle: z.string(),
  /** Without one, and with one that was blocked at all stations, there is only the password. */
  pin: z.enum(pinStates),
});
export type StaffCardRead = z.infer<typeof staffCardRead>;

/** What reaches an open screen without being asked for. */
export const stationEvent = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("status"), status: stationStatus }),
  cardRead,
  cardRefused,
  staffCardRead,
  /** Something of this member changed here or arrived from head office. */
  z.strictObject({ type: z.literal("memberChanged"), memberId: z.string() }),
  z.strictObject({ type: z.literal("journalChanged") }),
  /** Something was put on the branch's shelf or taken off it, here or at another counter. */
  z.strictObject({ type: z.literal("stockChanged") }),
  /** A device, its trace or the ports of this computer changed. */
  z.strictObject({ type: z.literal("devicesChanged") }),
  /** A new version was found, came closer, or is ready. */
  z.strictObject({ type: z.literal("updatesChanged") }),
]);
export type StationEvent = z.infer<typeof stationEvent>;

export const station = {
  status: atStation.input(nothing).output(stationStatus),
  /** Streams status, card reads and changes until the caller breaks off. */
  watch: atStation.input(nothing).output(eventIterator(stationEvent)),
};

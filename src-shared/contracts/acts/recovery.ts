import { z } from "zod";
import { missedKinds, missedRow } from "#shared/domain/stations/missed-row.ts";
import { instantMs, requestId } from "../common.ts";
import { refusals } from "../refusals.ts";
import { declareAct } from "./act-type.ts";

const permission = "headOffice.manage";
const replica = z.int().positive();

const recoveryState = z.strictObject({
  asOfMs: instantMs,
  /** Since when no rights are granted because head office was put back from a copy; null when it is whole. */
  sinceMs: instantMs.nullable(),
  /** Counters that have not said yet what they have. */
  awaited: z.array(z.strictObject({ replica, branch: z.string(), lastContactMs: instantMs.nullable() })),
  /** What was done at head office after the copy, and is not there any more. */
  missing: z.array(missedRow.pick({ kind: true, id: true, name: true, toldAtMs: true }).extend({ toldBy: z.string() })),
});
export type RecoveryState = z.infer<typeof recoveryState>;
export type MissingRow = RecoveryState["missing"][number];

/** How far head office is in finding again what the copy had not that it was put back from. */
export const recoveryStateAct = declareAct({
  type: "recovery.state",
  permission: "headOffice.read",
  isQuestion: true,
  input: z.strictObject({}),
  reply: recoveryState,
  refusals: {},
});

/** Somebody has put head office's database back from a copy, and says so before it serves anybody. */
export const beginRecoveryAct = declareAct({
  type: "recovery.begin",
  permission,
  input: z.strictObject({ requestId }),
  reply: z.strictObject({ epoch: z.int() }),
  refusals: {},
});

/** Grants rights again without waiting for counters that were not heard: what they spent of lost grants may have to be paid by the company. */
export const goOnAct = declareAct({
  type: "recovery.goOn",
  permission,
  input: z.strictObject({ requestId, /** How many counters it goes on without, as it was shown. */ without: z.int().nonnegative() }),
  reply: z.strictObject({}),
  refusals: refusals("NOT_RECOVERING", "AWAITED_CHANGED"),
});

/** What is missing was done once more, or is not needed. */
export const closeMissingAct = declareAct({
  type: "recovery.close",
  permission,
  input: z.strictObject({ requestId, kind: z.enum(missedKinds), id: z.string().min(1).max(128) }),
  reply: z.strictObject({}),
  refusals: refusals("NOTHING_MISSING"),
});

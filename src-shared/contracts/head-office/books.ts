import { z } from "zod";
import { procedureOf } from "../acts/act-type.ts";
import { restorePointsAct } from "../acts/expired-points.ts";
import { createEnrolmentCodeAct, fenceStationAct, giveBackAct, listStationsAct } from "../acts/stations.ts";
import { atHeadOffice } from "../base.ts";
import { instantMs, nothing } from "../common.ts";
import { refusals } from "../refusals.ts";

export const points = {
  /** `{memberNumber: points}` of the members named, or of all, and how many operations head office has received or written. */
  balances: atHeadOffice
    .input(z.strictObject({ memberNumbers: z.array(z.string().max(64)).max(1000).optional() }))
    .output(z.strictObject({ balances: z.record(z.string(), z.int()), operations: z.int().nonnegative() })),
  restore: procedureOf(restorePointsAct),
};

export const ledger = {
  /** Re-reads all books: what is damaged is named by its table and id. */
  verify: atHeadOffice
    .input(nothing)
    .output(z.strictObject({ ok: z.boolean(), damaged: z.array(z.strictObject({ table: z.string(), id: z.string() })) })),
};

export const stations = {
  list: atHeadOffice.input(nothing).output(
    z.array(
      z.strictObject({
        replica: z.int().positive(),
        branch: z.string(),
        /** Null before the first contact. */
        lastContactMs: instantMs.nullable(),
        ackSeq: z.int().nonnegative(),
        quarantined: z.int().nonnegative(),
        flagged: z.int().nonnegative(),
        state: z.string(),
      }),
    ),
  ),
  /** The same with what each may spend, for whoever thinks of fencing one. */
  overview: procedureOf(listStationsAct),
  createCode: procedureOf(createEnrolmentCodeAct),
  fence: procedureOf(fenceStationAct),
  giveBack: procedureOf(giveBackAct),
  /** Recovery keys of a station that lost its own, newest first: of its data, then of copies from before a change. That they were shown is logged. */
  recoverKey: atHeadOffice
    .input(z.strictObject({ replica: z.int().positive() }))
    .output(z.strictObject({ keys: z.array(z.strictObject({ recoveryKey: z.string(), depositedAtMs: instantMs })).min(1) }))
    .errors(refusals("STATION_NOT_FOUND", "KEY_NOT_DEPOSITED")),
};

export const quarantine = {
  /** Operations that were received and stored, but have no effect until somebody looks at them. */
  list: atHeadOffice.input(nothing).output(
    z.array(
      z.strictObject({
        opId: z.string(),
        replica: z.int().positive(),
        seq: z.int().positive(),
        type: z.string(),
        code: z.string(),
        receivedAtMs: instantMs,
      }),
    ),
  ),
};

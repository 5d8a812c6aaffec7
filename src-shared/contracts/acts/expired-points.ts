import { z } from "zod";
import { restoreReason } from "#shared/domain/expiry/lapse.ts";
import { requestId } from "../common.ts";
import { refusals, refusalWith } from "../refusals.ts";
import { declareAct } from "./act-type.ts";

const date = z.iso.date();
const points = z.int().positive();

/** Gives expired points of one last day back to a member, as new ones with some days to spend them. */
export const restorePointsAct = declareAct({
  type: "points.restore",
  permission: "points.restore",
  input: z.strictObject({ requestId, memberId: z.string().min(1).max(64), lapsedOn: date, points, reason: restoreReason }),
  reply: z.strictObject({ points, expiresOn: date }),
  refusals: {
    ...refusals("MEMBER_NOT_FOUND", "OUT_OF_SCOPE"),
    /** So many expired on that day and were not given back. */
    ...refusalWith("MORE_THAN_EXPIRED", z.object({ points: z.int().nonnegative() })),
  },
});

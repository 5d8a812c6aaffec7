import { z } from "zod";
import { localName } from "#shared/domain/names/local-name.ts";
import { lendablePermissions } from "#shared/domain/staff/roles.ts";
import { atStation } from "./base.ts";
import { date, instantMs, nothing, points, requestId } from "./common.ts";
import { balanceView } from "./members.ts";
import { memberRefusals, movementOutput } from "./points.ts";
import { refusals, refusalWith } from "./refusals.ts";

const planView = z.strictObject({
  planId: z.string(),
  version: z.int().positive(),
  name: localName,
  costPoints: z.int().positive(),
  opensOn: date,
  closesOn: date,
  /** The gift that lies on a shelf here; null for what has none. */
  shelf: z
    .strictObject({
      /** What the books of this branch have. */
      onHand: z.int(),
      /** When the other counters of the branch were last heard of; null when never. */
      asOfMs: instantMs.nullable(),
    })
    .nullable(),
});
export type PlanView = z.infer<typeof planView>;

const redeemInput = z.strictObject({
  requestId,
  memberId: z.string(),
  planId: z.string(),
  /** The version whose price the clerk saw. */
  planVersion: z.int().positive(),
  quantity: z.int().min(1).max(9999),
});
export type RedeemInput = z.infer<typeof redeemInput>;

const redeemRefusals = {
  ...memberRefusals,
  ...refusals("PLAN_NOT_FOUND"),
  ...refusalWith("PLAN_NOT_OPEN", z.object({ opensOn: date, closesOn: date })),
  ...refusalWith("PLAN_CHANGED", z.object({ costPoints: points, version: z.int() })),
  /** Says what is here, what lies elsewhere, and whether the line is up to fetch it. */
  ...refusalWith(
    "INSUFFICIENT_POINTS",
    z.object({
      costPoints: points,
      spendableHere: points,
      balance: balanceView.shape.balance,
      atHeadOffice: points,
      lineIsUp: z.boolean(),
    }),
  ),
  /** A second person who sees the gift on the shelf may lend the permission all the same. */
  ...refusalWith("GIFT_SHORT", z.object({ onHand: z.int(), asOfMs: instantMs.nullable(), permission: z.enum(lendablePermissions) })),
} as const;

export const redemption = {
  /** Plans open on today's business date. */
  plans: atStation.input(nothing).output(z.array(planView)),
  redeem: atStation.input(redeemInput).output(movementOutput).errors(redeemRefusals),
};

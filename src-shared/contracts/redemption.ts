import { z } from "zod";
import { localName } from "#shared/domain/names/local-name.ts";
import { holdTaker } from "#shared/domain/redemption/hold.ts";
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

const paymentRefusals = {
  ...memberRefusals,
  ...refusals("PLAN_NOT_FOUND", "CLOCK_IN_DOUBT"),
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
} as const;

const redeemRefusals = {
  ...paymentRefusals,
  /** A second person who sees the gift on the shelf may lend the permission all the same. */
  ...refusalWith("GIFT_SHORT", z.object({ onHand: z.int(), asOfMs: instantMs.nullable(), permission: z.enum(lendablePermissions) })),
} as const;

const holdInput = z.strictObject({
  ...redeemInput.shape,
  /** Who will be asked to carry it out, once the points are held. */
  taker: holdTaker,
});
export type HoldInput = z.infer<typeof holdInput>;

const endHoldInput = z.strictObject({
  requestId,
  holdId: z.string(),
  /** The answer of whoever was asked, with its own number of it; or what a supervisor found out, and how. */
  said: z.discriminatedUnion("by", [
    z.strictObject({ by: z.literal("taker"), reference: z.string().trim().min(1).max(64) }),
    z.strictObject({ by: z.literal("person"), reason: z.string().trim().min(1).max(200) }),
  ]),
});
export type EndHoldInput = z.infer<typeof endHoldInput>;

const holdView = z.strictObject({
  holdId: z.string(),
  memberId: z.string(),
  memberNumber: z.string(),
  name: z.string(),
  points: z.int().positive(),
  /** Null where the plan has not arrived here. */
  planName: localName.nullable(),
  quantity: z.int().positive(),
  taker: holdTaker,
  atMs: instantMs,
  /** Null for people whom this station does not know. */
  by: z.string().nullable(),
  /** Only the counter that holds them ends it; what an earlier life of this one's database holds, head office ends. */
  where: z.enum(["here", "otherCounter", "earlierLife"]),
});
export type HoldView = z.infer<typeof holdView>;

const endHoldRefusals = {
  ...refusals("HOLD_NOT_FOUND", "HOLD_ELSEWHERE", "REQUEST_ID_REUSED"),
  ...refusalWith("HOLD_ENDED", z.object({ state: z.enum(["confirmed", "cancelled", "givenBack"]) })),
  ...refusalWith("HOLD_NEEDS_SUPERVISOR", z.object({ permission: z.enum(lendablePermissions) })),
} as const;

export const redemption = {
  /** Plans open on today's business date. */
  plans: atStation.input(nothing).output(z.array(planView)),
  redeem: atStation.input(redeemInput).output(movementOutput).errors(redeemRefusals),
  /** Keeps points back before somebody else is asked to carry out a redemption: written before the first byte goes out. */
  hold: atStation
    .input(holdInput)
    .output(movementOutput)
    .errors({ ...paymentRefusals, ...refusals("PLAN_HANDS_OUT_GIFT") }),
  /** It was carried out: what was held is spent. */
  confirm: atStation.input(endHoldInput).output(movementOutput).errors(endHoldRefusals),
  /** It was not carried out: what was held may be spent here again. */
  cancel: atStation.input(endHoldInput).output(movementOutput).errors(endHoldRefusals),
  /** What waits for a word. Nothing of it ends by itself. */
  held: atStation.input(nothing).output(z.strictObject({ holds: z.array(holdView) })),
};

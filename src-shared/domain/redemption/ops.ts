import { z } from "zod";
import { declareOperation } from "#shared/domain/operations/declare.ts";
import type { Effect } from "#shared/domain/operations/effect.ts";
import { lotLine, rightOf, sumPoints } from "#shared/domain/ledger/lots.ts";
import { movesOf } from "#shared/domain/ledger/moves.ts";
import { moveRow } from "#shared/domain/stock/move-row.ts";
import { answered } from "#shared/domain/requests/answered.ts";
import { redemptionPlan } from "./plan.ts";

const points = z.int().positive();
const lines = z.array(lotLine).min(1);

/** Things that went over the counter with the points, or came back over it. */
const gift = z.strictObject({ giftId: z.string(), branchId: z.string(), pieces: points });

const redeemData = z.strictObject({
  memberId: z.uuid(),
  planId: z.string(),
  planVersion: points,
  quantity: points,
  costPoints: points,
  /** The station's own decision, final: which lots pay. */
  lines,
  /** The member's cards that the counter took for good, where one of them is a sub-card. */
  goodCards: z.array(z.string()).exactOptional(),
  /** Left out where the plan hands out nothing that lies on a shelf. */
  gift: gift
    .extend({
      /** The books did not have it, and a second person agreed who saw it on the shelf. */
      isShort: z.boolean(),
    })
    .optional(),
});

/** Points are spent from what this station holds; the lots that pay are its decision, and final. */
export const pointsRedeem = declareOperation({
  type: "points.redeem",
  version: 1,
  writtenBy: "station",
  isMoneyLike: true,
  data: redeemData.refine((d) => sumPoints(d.lines) === d.costPoints, { path: ["lines"] }),
  entity: (d) => ({ kind: "member", id: d.memberId }),
  memberId: (d) => d.memberId,
  effects: (op) => {
    const { d } = op.body;
    const paid = movesOf(d, rightOf(op.incarnation), "REDEEMED");
    if (!d.gift) return paid;
    const { giftId, branchId, pieces, isShort } = d.gift;
    const secondPerson = isShort ? (op.body.second ?? op.body.by) : null;
    const item = { kind: "gift", id: giftId } as const;
    return [...paid, moveRow(op, { moveId: op.opId, branchId, item, why: "handedOut", pieces: -pieces, secondPerson })];
  },
});

const voidRedeemData = z.strictObject({
  undoes: z.uuid(),
  memberId: z.uuid(),
  points,
  lines,
  gift: gift.optional(),
  /** The hold by way of which the undone redemption came about, where there was one. */
  holdId: z.uuid().optional(),
  /** The request of another counter that it answers. */
  answers: z.uuid().optional(),
});
export type VoidRedeemData = z.infer<typeof voidRedeemData>;

/** Written by the incarnation that redeemed, and by no other: points go back to the lots they came from. */
export const pointsVoidRedeem = declareOperation({
  type: "points.void_redeem",
  version: 1,
  writtenBy: "station",
  isMoneyLike: true,
  data: voidRedeemData.refine((d) => sumPoints(d.lines) === d.points, { path: ["lines"] }),
  personal: z.strictObject({ salt: z.string(), reason: z.string() }),
  entity: (d) => ({ kind: "member", id: d.memberId }),
  memberId: (d) => d.memberId,
  effects: (op) => {
    const { d } = op.body;
    const undone: readonly Effect[] = [
      { kind: "undo", undoes: d.undoes },
      ...movesOf(d, "REDEEMED", rightOf(op.incarnation)),
      ...answered(d.answers, d.points),
    ];
    if (!d.gift) return undone;
    const { giftId, branchId, pieces } = d.gift;
    const item = { kind: "gift", id: giftId } as const;
    return [...undone, moveRow(op, { moveId: op.opId, branchId, item, why: "givenBack", pieces })];
  },
});

/** A version of a redemption plan: what it costs, and from when to when. */
export const planPublish = declareOperation({
  type: "plan.publish",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: redemptionPlan,
  entity: (d) => ({ kind: "plan", id: `${d.planId}/${d.version}` }),
  memberId: () => null,
  effects: ({ body: { d } }) => [{ kind: "putRecord", record: "plan", id: `${d.planId}/${d.version}`, fields: { ...d } }],
});

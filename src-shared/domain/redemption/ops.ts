import { z } from "zod";
import { declareOperation } from "#shared/domain/operations/declare.ts";
import { rightOf, sumPoints } from "#shared/domain/ledger/lots.ts";
import { movesOf } from "#shared/domain/ledger/moves.ts";
import { redemptionPlan } from "./plan.ts";

const points = z.int().positive();
const lines = z.array(z.strictObject({ lotId: z.uuid(), points })).min(1);

const redeemData = z.strictObject({
  memberId: z.uuid(),
  planId: z.string(),
  planVersion: points,
  quantity: points,
  costPoints: points,
  /** The station's own decision, final: which lots pay. */
  lines,
});

export const pointsRedeem = declareOperation({
  type: "points.redeem",
  version: 1,
  writtenBy: "station",
  isMoneyLike: true,
  data: redeemData.refine((d) => sumPoints(d.lines) === d.costPoints, { path: ["lines"] }),
  entity: (d) => ({ kind: "member", id: d.memberId }),
  memberId: (d) => d.memberId,
  effects: ({ incarnation, body: { d } }) => movesOf(d, rightOf(incarnation), "REDEEMED"),
});

const voidRedeemData = z.strictObject({ undoes: z.uuid(), memberId: z.uuid(), points, lines });
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
  effects: ({ incarnation, body: { d } }) => [{ kind: "undo", undoes: d.undoes }, ...movesOf(d, "REDEEMED", rightOf(incarnation))],
});

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

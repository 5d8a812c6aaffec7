import { z } from "zod";
import { declareOperation } from "#shared/domain/operations/declare.ts";
import type { Effect } from "#shared/domain/operations/effect.ts";
import { rightOf } from "#shared/domain/ledger/lots.ts";
import { redemptionPlan } from "./plan.ts";

const points = z.int().positive();
const lines = z.array(z.strictObject({ lotId: z.uuid(), points })).min(1);
const sumOf = (all: readonly { readonly points: number }[]): number => all.reduce((sum, line) => sum + line.points, 0);

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
  data: redeemData.refine((d) => sumOf(d.lines) === d.costPoints, { path: ["lines"] }),
  entity: (d) => ({ kind: "member", id: d.memberId }),
  memberId: (d) => d.memberId,
  effects: ({ incarnation, body: { d } }) =>
    d.lines.map((line): Effect => ({
      kind: "move",
      lotId: line.lotId,
      memberId: d.memberId,
      from: rightOf(incarnation),
      to: "REDEEMED",
      points: line.points,
    })),
});

/** Written by the incarnation that redeemed, and by no other: points go back to the lots they came from. */
export const pointsVoidRedeem = declareOperation({
  type: "points.void_redeem",
  version: 1,
  writtenBy: "station",
  isMoneyLike: true,
  data: z
    .strictObject({ undoes: z.uuid(), memberId: z.uuid(), points, lines })
    .refine((d) => sumOf(d.lines) === d.points, { path: ["lines"] }),
  personal: z.strictObject({ salt: z.string(), reason: z.string() }),
  entity: (d) => ({ kind: "member", id: d.memberId }),
  memberId: (d) => d.memberId,
  effects: ({ incarnation, body: { d } }) => [
    { kind: "undo", undoes: d.undoes },
    ...d.lines.map((line): Effect => ({
      kind: "move",
      lotId: line.lotId,
      memberId: d.memberId,
      from: "REDEEMED",
      to: rightOf(incarnation),
      points: line.points,
    })),
  ],
});

export const planPublish = declareOperation({
  type: "plan.publish",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: redemptionPlan,
  entity: (d) => ({ kind: "plan", id: d.planId }),
  memberId: () => null,
  effects: ({ body: { d } }) => [{ kind: "putRecord", record: "plan", id: d.planId, fields: { ...d } }],
});

import { z } from "zod";
import { heldOf, lotLine, rightOf, sumPoints } from "#shared/domain/ledger/lots.ts";
import { movesOf } from "#shared/domain/ledger/moves.ts";
import { dataOf, declareOperation } from "#shared/domain/operations/declare.ts";
import type { Effect } from "#shared/domain/operations/effect.ts";
import type { Operation } from "#shared/domain/operations/operation.ts";
import type { JsonObject } from "#shared/std/json.ts";
import { holdTaker, type HoldRecord } from "./hold.ts";
import { pointsRedeem } from "./ops.ts";

const points = z.int().positive();
const lines = z.array(lotLine).min(1);
const redemption = { memberId: z.uuid(), planId: z.string(), planVersion: points, quantity: points, costPoints: points, lines };
const entity = (d: { readonly memberId: string }) => ({ kind: "member", id: d.memberId });
const memberId = (d: { readonly memberId: string }): string => d.memberId;
const isPaid = (d: { readonly costPoints: number; readonly lines: readonly { readonly points: number }[] }): boolean =>
  sumPoints(d.lines) === d.costPoints;

const putHold = (holdId: string, fields: Partial<HoldRecord>): Effect => ({
  kind: "putRecord",
  record: "hold",
  id: holdId,
  fields: fields satisfies JsonObject,
});

/**
 * Points are kept back before a terminal or a partner is asked to carry out a redemption: written before the first byte goes out, so that
 * whatever becomes of the conversation, nobody else spends them meanwhile.
 */
export const pointsHold = declareOperation({
  type: "points.hold",
  version: 1,
  writtenBy: "station",
  isMoneyLike: true,
  data: z
    .strictObject({
      ...redemption,
      taker: holdTaker,
      /** The member's cards that the counter took for good, where one of them is a sub-card. */
      goodCards: z.array(z.string()).exactOptional(),
    })
    .refine(isPaid, { path: ["lines"] }),
  entity,
  memberId,
  effects: ({ opId, replica, incarnation, body: { by, at, d } }) => [
    ...movesOf(d, rightOf(incarnation), heldOf(incarnation)),
    putHold(opId, {
      holdId: opId,
      memberId: d.memberId,
      planId: d.planId,
      planVersion: d.planVersion,
      quantity: d.quantity,
      points: d.costPoints,
      lines: d.lines,
      taker: d.taker,
      replica,
      heldBy: incarnation,
      by,
      atMs: at,
      state: "held",
    }),
  ],
});

/** Whose word ended a hold: the answer of whoever was asked, with its own number of it, or a person who found out. */
const saidBy = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("taker"), reference: z.string().min(1).max(64) }),
  z.strictObject({ by: z.literal("person") }),
]);
/** Left out where the taker answered. */
const personal = z.strictObject({ salt: z.string(), reason: z.string() });

/** The redemption was carried out: what was held is spent. */
export const pointsConfirm = declareOperation({
  type: "points.confirm",
  version: 1,
  writtenBy: "station",
  isMoneyLike: true,
  data: z.strictObject({ holdId: z.uuid(), ...redemption, saidBy }).refine(isPaid, { path: ["lines"] }),
  personal,
  entity,
  memberId,
  effects: ({ incarnation, body: { d } }) => [...movesOf(d, heldOf(incarnation), "REDEEMED"), putHold(d.holdId, { state: "confirmed" })],
});

/** The redemption was not carried out: what was held may be spent here again. */
export const pointsCancel = declareOperation({
  type: "points.cancel",
  version: 1,
  writtenBy: "station",
  isMoneyLike: true,
  data: z.strictObject({ holdId: z.uuid(), memberId: z.uuid(), lines, saidBy }),
  personal,
  entity,
  memberId,
  effects: ({ incarnation, body: { d } }) => [
    { kind: "undo", undoes: d.holdId },
    ...movesOf(d, heldOf(incarnation), rightOf(incarnation)),
    putHold(d.holdId, { state: "cancelled" }),
  ],
});

/** What was spent under which plan, whether at once or by way of a hold; undefined for any other operation. */
export const redemptionOf = (op: Operation) => dataOf(op, pointsRedeem) ?? dataOf(op, pointsConfirm);

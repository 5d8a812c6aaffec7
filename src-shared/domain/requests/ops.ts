import { z } from "zod";
import { giveBackOf } from "#shared/domain/benefits/moves.ts";
import { benefitUse } from "#shared/domain/benefits/use.ts";
import { lotLine } from "#shared/domain/ledger/lots.ts";
import { movesOf } from "#shared/domain/ledger/moves.ts";
import { declareOperation } from "#shared/domain/operations/declare.ts";
import { writeSlip } from "#shared/domain/operations/slip-number.ts";
import { putRequest as put } from "./answered.ts";
import { countedRefund } from "./request.ts";

const points = z.int().positive();
const share = z.int().nonnegative();
const entity = (d: { readonly requestId: string }) => ({ kind: "request", id: d.requestId });
const nobody = (): null => null;
const reason = z.strictObject({ salt: z.string(), reason: z.string() });

const unanswered = { state: "open", code: null, answer: null, memberId: null, opId: null, origin: null, points: null } as const;

/** A counter asks another one to undo what that one wrote, by the number on its slip. Nothing is credited by asking. */
export const voidRequest = declareOperation({
  type: "void.request",
  version: 1,
  writtenBy: "station",
  isMoneyLike: false,
  data: z.strictObject({
    requestId: z.uuid(),
    slip: z.strictObject({ replica: points, seq: points, tail: z.string().length(4) }),
    /** The member at the counter, when one was on the screen: another member's entry is not meant. */
    memberId: z.uuid().nullable(),
  }),
  personal: reason,
  entity,
  memberId: nobody,
  effects: ({ replica, personal, body: { by, at, d } }) => [
    put(d.requestId, {
      ...unanswered,
      requestId: d.requestId,
      kind: "void",
      replica,
      askedBy: by,
      askedAtMs: at,
      reason: personal?.reason ?? null,
      reference: writeSlip(d.slip),
      refundFen: null,
      memberId: d.memberId,
    }),
  ],
});

/** Goods came back, whatever counter sold them: head office takes back what they earned. */
export const refundRequest = declareOperation({
  type: "refund.request",
  version: 1,
  writtenBy: "station",
  isMoneyLike: false,
  data: z.strictObject({ requestId: z.uuid(), receiptNumber: z.string(), refundFen: points }),
  personal: reason,
  entity,
  memberId: nobody,
  effects: ({ replica, personal, body: { by, at, d } }) => [
    put(d.requestId, {
      ...unanswered,
      requestId: d.requestId,
      kind: "refund",
      replica,
      askedBy: by,
      askedAtMs: at,
      reason: personal?.reason ?? null,
      reference: d.receiptNumber,
      refundFen: d.refundFen,
    }),
  ],
});

/** The counter that wrote the entry will not undo it. To undo it, it writes an ordinary void that names the request. */
export const requestDecline = declareOperation({
  type: "request.decline",
  version: 1,
  writtenBy: "station",
  isMoneyLike: false,
  data: z.strictObject({ requestId: z.uuid() }),
  personal: reason,
  entity,
  memberId: nobody,
  effects: ({ personal, body: { d } }) => [put(d.requestId, { state: "declined", answer: personal?.reason ?? null })],
});

/** Head office has found the entry and asks the counter that wrote it. */
export const requestRoute = declareOperation({
  type: "request.route",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: z.strictObject({ requestId: z.uuid(), opId: z.uuid(), origin: points, memberId: z.uuid() }),
  entity,
  memberId: nobody,
  effects: ({ body: { d } }) => [put(d.requestId, { state: "sent", opId: d.opId, origin: d.origin, memberId: d.memberId })],
});

/** Nothing comes of a request. */
export const requestRefuse = declareOperation({
  type: "request.refuse",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: z.strictObject({
    requestId: z.uuid(),
    code: z.string(),
    /** Whose entry it is: what was said in a request about somebody is forgotten with them, whatever became of it. */
    memberId: z.uuid().exactOptional(),
  }),
  entity,
  memberId: nobody,
  effects: ({ body: { d } }) => [
    put(d.requestId, { state: "refused", code: d.code, ...(d.memberId !== undefined && { memberId: d.memberId }) }),
  ],
});

/**
 * Takes back what a purchase earned, as far as the goods came back: from the pool of its own lot, then from the pool of the member's other
 * lots, and what is spent already becomes a debt. What stations hold the right to spend, head office does not touch.
 */
export const pointsRefund = declareOperation({
  type: "points.refund",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: true,
  data: z.strictObject({
    requestId: z.uuid(),
    /** The award, which is its lot's id too. */
    awardId: z.uuid(),
    memberId: z.uuid(),
    /** All refunds of this purchase, this one included. */
    refundedFen: points,
    reversedPoints: share,
    /** Points taken by this one. */
    points: share,
    lines: z.array(lotLine),
    asDebt: share,
    /** Every refund that counts, this one included, the first one first. Left out by earlier versions. */
    counted: z.array(countedRefund).min(1).exactOptional(),
    /** What goes back to the budget that the award was given from. */
    budget: benefitUse.exactOptional(),
  }),
  entity: (d) => ({ kind: "member", id: d.memberId }),
  memberId: (d) => d.memberId,
  effects: ({ body: { d } }) => [
    ...giveBackOf(d.budget, "POOL"),
    {
      kind: "putRecord",
      record: "refund",
      id: d.awardId,
      fields: {
        awardId: d.awardId,
        memberId: d.memberId,
        refundedFen: d.refundedFen,
        reversedPoints: d.reversedPoints,
        counted: d.counted ?? [],
      },
    },
    ...movesOf(d, "POOL", "REVERSED"),
    { kind: "debt", memberId: d.memberId, points: d.asDebt },
    // Taken from 0, since the negative of 0 is another value than 0 until it has been written and read.
    put(d.requestId, { state: "done", code: null, memberId: d.memberId, opId: d.awardId, points: 0 - d.points }),
  ],
});

import { z } from "zod";
import { giveBackOf } from "#shared/domain/benefits/moves.ts";
import { benefitUse } from "#shared/domain/benefits/use.ts";
import { limboOf, lotLine, sumPoints } from "#shared/domain/ledger/lots.ts";
import { movesOf } from "#shared/domain/ledger/moves.ts";
import { declareOperation } from "#shared/domain/operations/declare.ts";
import type { Effect } from "#shared/domain/operations/effect.ts";
import { putRequest } from "./answered.ts";

const share = z.int().nonnegative();
const lines = z.array(lotLine);
const entity = (d: { readonly memberId: string }) => ({ kind: "member", id: d.memberId });
const memberId = (d: { readonly memberId: string }): string => d.memberId;

/**
 * Head office undoes a redemption because another counter asks for it and the life that redeemed goes on no more: nobody else can. What the
 * company had paid of it is not the member's, and goes.
 */
export const pointsUndoRedeem = declareOperation({
  type: "points.undo_redeem",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: true,
  data: z.strictObject({
    requestId: z.uuid(),
    undoes: z.uuid(),
    memberId: z.uuid(),
    lines,
    paidByCompany: lines,
    /** The records of what it had cost the company. */
    losses: z.array(z.uuid()),
  }),
  entity,
  memberId,
  effects: ({ body: { d } }) => [
    { kind: "undo", undoes: d.undoes },
    ...movesOf(d, "REDEEMED", "POOL"),
    ...movesOf({ memberId: d.memberId, lines: d.paidByCompany }, "REDEEMED", "REVERSED"),
    ...d.losses.map((id): Effect => ({ kind: "putRecord", record: "loss", id, fields: { points: 0 } })),
    putRequest(d.requestId, { state: "done", memberId: d.memberId, opId: d.undoes, points: sumPoints(d.lines) }),
  ],
});

/** The same for an award: what was set aside of its lot, then what lies in the pool of it; what is spent already is owed. */
export const pointsUndoAward = declareOperation({
  type: "points.undo_award",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: true,
  data: z.strictObject({
    requestId: z.uuid(),
    /** The award, which is its lot's id too. */
    undoes: z.uuid(),
    memberId: z.uuid(),
    /** The life that awarded. */
    incarnation: z.string(),
    fromLimbo: share,
    fromPool: share,
    asDebt: share,
    /** What goes back to the budget that it was given from. */
    budget: benefitUse.exactOptional(),
  }),
  entity,
  memberId,
  effects: ({ body: { d } }) => {
    const { undoes: lotId, memberId: owner, fromLimbo, fromPool, asDebt } = d;
    return [
      { kind: "undo", undoes: lotId },
      ...giveBackOf(d.budget, "POOL"),
      { kind: "move", lotId, memberId: owner, from: limboOf(d.incarnation), to: "REVERSED", points: fromLimbo },
      { kind: "move", lotId, memberId: owner, from: "POOL", to: "REVERSED", points: fromPool },
      { kind: "debt", memberId: owner, points: asDebt },
      // Taken from 0, since the negative of 0 is another value than 0 until it has been written and read.
      putRequest(d.requestId, { state: "done", memberId: owner, opId: lotId, points: 0 - (fromLimbo + fromPool + asDebt) }),
    ];
  },
});

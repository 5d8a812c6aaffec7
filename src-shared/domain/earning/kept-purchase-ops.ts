import { z } from "zod";
import { useOf } from "#shared/domain/benefits/moves.ts";
import { budgetUse } from "#shared/domain/benefits/use.ts";
import { declareOperation } from "#shared/domain/operations/declare.ts";
import type { Effect } from "#shared/domain/operations/effect.ts";
import { poolShare } from "#shared/domain/pools/pool.ts";
import { tierFactor } from "#shared/domain/tiers/tier-factor.ts";
import type { JsonObject } from "#shared/std/json.ts";
import { putUses } from "./cap-effects.ts";
import { capUse } from "./day-cap.ts";
import type { KeptPurchase, KeptPurchaseCode } from "./kept-purchase.ts";

const count = z.int().positive();
const entity = (d: { readonly purchaseId: string }) => ({ kind: "keptPurchase", id: d.purchaseId });
const put = (id: string, fields: Partial<KeptPurchase>): Effect => ({
  kind: "putRecord",
  record: "keptPurchase",
  id,
  fields: fields satisfies JsonObject,
});

/** A purchase with a card of ours that this counter knows nobody for: the cause is stored with the number, and earns when the card is known. */
export const purchaseKeep = declareOperation({
  type: "purchase.keep",
  version: 1,
  writtenBy: "station",
  isMoneyLike: false,
  data: z.strictObject({
    cardNumber: z.string(),
    purchase: z.strictObject({ receiptNumber: z.string(), amountFen: count }),
    ruleId: z.string(),
    ruleVersion: count,
    boughtOn: z.iso.date(),
  }),
  entity: (_d, opId) => entity({ purchaseId: opId }),
  memberId: () => null,
  effects: ({ opId, replica, body: { by, at, d } }) => {
    const { cardNumber, purchase, ruleId, ruleVersion, boughtOn } = d;
    return [
      // The receipt is taken from now on, though nobody has earned by it.
      { kind: "putRecord", record: "purchase", id: opId, fields: { opId, memberId: "", ...purchase, earnedOn: boughtOn } },
      put(opId, {
        purchaseId: opId,
        replica,
        cardNumber,
        ...purchase,
        ruleId,
        ruleVersion,
        boughtOn,
        keptBy: by,
        keptAtMs: at,
        state: "open",
        memberId: null,
        points: null,
        code: null,
      }),
    ];
  },
});

/** Head office knows whose card it is: the purchase earns by the rule it was kept under, from its own day, at once or as a proposal. */
export const purchaseAward = declareOperation({
  type: "purchase.award",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: true,
  data: z.strictObject({
    purchaseId: z.uuid(),
    memberId: z.uuid(),
    points: count,
    isProposal: z.boolean(),
    purchase: z.strictObject({ receiptNumber: z.string(), amountFen: count }),
    ruleId: z.string(),
    ruleVersion: count,
    earnedOn: z.iso.date(),
    expiresOn: z.iso.date().nullable(),
    /** Staff id of whoever kept it, and when: nobody decides a proposal of their own. */
    keptBy: z.string(),
    keptAtMs: z.int(),
    /** What it took of head office's part of the rule's budget. */
    budget: budgetUse.exactOptional(),
    /** What counted of the rule's cap. */
    cap: capUse.exactOptional(),
    /** What the member's tier made of it, by head office's books. */
    tier: tierFactor.exactOptional(),
    /** What of it is for the pool that the member saves up with. */
    pool: poolShare.exactOptional(),
  }),
  entity: (d) => ({ kind: "member", id: d.memberId }),
  memberId: (d) => d.memberId,
  effects: ({ replica, body: { d } }) => {
    const { purchaseId, memberId, points, isProposal, purchase, keptBy, keptAtMs, budget, cap, tier: _explains, pool, ...earned } = d;
    const done = put(purchaseId, { state: isProposal ? "proposed" : "awarded", memberId, points });
    if (!isProposal)
      return [
        done,
        ...useOf(budget, "POOL"),
        ...putUses(memberId, replica, cap && { ruleId: d.ruleId, days: cap.days }),
        { kind: "openLot", lot: { lotId: purchaseId, memberId, points, causeOpId: purchaseId, ...earned } },
        { kind: "move", lotId: purchaseId, memberId, from: "ISSUED", to: "POOL", points },
      ];
    const proposal = {
      proposalId: purchaseId,
      memberId,
      points,
      ...earned,
      ...purchase,
      proposedBy: keptBy,
      proposedAtMs: keptAtMs,
      holder: "headOffice",
      heldBy: null,
      state: "open",
      reason: null,
      ...(pool && { pool }),
    };
    return [done, { kind: "putRecord", record: "proposal", id: purchaseId, fields: proposal }];
  },
});

/** The card is known, and the purchase earns nothing all the same. */
export const purchaseClose = declareOperation({
  type: "purchase.close",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: z.strictObject({ purchaseId: z.uuid(), memberId: z.uuid(), code: z.string() }),
  entity,
  memberId: () => null,
  effects: ({ body: { d } }) => [put(d.purchaseId, { state: "closed", memberId: d.memberId, code: d.code })],
});

/** Somebody says whose the purchase is, though nobody has the card: it earns as if the member had. */
export const purchaseGive = declareOperation({
  type: "purchase.give",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: z.strictObject({ purchaseId: z.uuid(), memberId: z.uuid() }),
  entity,
  memberId: (d) => d.memberId,
  effects: ({ body: { d } }) => [put(d.purchaseId, { memberId: d.memberId })],
});

/** Nobody will have the card: the purchase earns nothing, for good. */
export const purchasePutAway = declareOperation({
  type: "purchase.put_away",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: z.strictObject({ purchaseId: z.uuid() }),
  personal: z.strictObject({ salt: z.string(), reason: z.string() }),
  entity,
  memberId: () => null,
  effects: ({ personal, body: { d } }) => [
    put(d.purchaseId, { state: "closed", code: "PUT_AWAY" satisfies KeptPurchaseCode, reason: personal?.reason ?? null }),
  ],
});

/** Nobody has taken the card for long: the other counters of the branch are asked as well, since the customer may come to any of them. */
export const purchaseAskBranch = declareOperation({
  type: "purchase.ask_branch",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: z.strictObject({ purchaseId: z.uuid(), branchId: z.string() }),
  entity,
  memberId: () => null,
  effects: ({ body: { d } }) => [put(d.purchaseId, { branchId: d.branchId })],
});

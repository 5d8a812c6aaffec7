import { z } from "zod";
import { giveBackOf, useOf } from "#shared/domain/benefits/moves.ts";
import { benefitUse, budgetUse } from "#shared/domain/benefits/use.ts";
import type { Effect } from "#shared/domain/operations/effect.ts";
import { declareOperation } from "#shared/domain/operations/declare.ts";
import { rightOf, sumPoints, type Lot } from "#shared/domain/ledger/lots.ts";
import { movesOf } from "#shared/domain/ledger/moves.ts";
import { poolShare } from "#shared/domain/pools/pool.ts";
import { tierFactor } from "#shared/domain/tiers/tier-factor.ts";
import { answered } from "#shared/domain/requests/answered.ts";
import { putUses } from "./cap-effects.ts";
import { capUse, dayUses } from "./day-cap.ts";
import { earningRule } from "./rule.ts";

const points = z.int().positive();
const share = z.int().nonnegative();

const awardData = z.strictObject({
  memberId: z.uuid(),
  purchase: z.strictObject({ receiptNumber: z.string(), amountFen: points }),
  ruleId: z.string(),
  ruleVersion: points,
  /** 0 only where the budget or the cap had nothing left: the purchase is kept as a cause all the same. */
  points: share,
  earnedOn: z.iso.date(),
  expiresOn: z.iso.date().nullable(),
  /** What the member's tier made of it, by what the station was told; left out where it earned as everybody does. */
  tier: tierFactor.exactOptional(),
  /** The member's cards that the counter took for good, where one of them is a sub-card. */
  goodCards: z.array(z.string()).exactOptional(),
  /** What it took of the station's share of the rule's budget; left out under a rule without one. */
  budget: budgetUse.exactOptional(),
  /** Under a rule with a cap for a member and day: what counted of it. */
  cap: capUse.exactOptional(),
  /** What of it is for the pool that the member saves up with: it waits at head office, which makes it a lot of the pool, at once or on approval. */
  pool: poolShare.exactOptional(),
  /** `lot`: spendable at once, `toRight` here and `toPool` at head office. `proposal`: it waits for its holder's decision. */
  outcome: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("lot"), toRight: share, toPool: share }),
    // Left out by the first version of the program, which knew one holder.
    z.strictObject({ kind: z.literal("proposal"), holder: z.enum(["station", "headOffice"]).optional() }),
  ]),
});
export type AwardData = z.infer<typeof awardData>;

/** The lot that an award makes, at once or on approval, carries the award's own id. */
const lotOf = (opId: string, d: AwardData): Lot => ({
  lotId: opId,
  memberId: d.memberId,
  points: d.points,
  causeOpId: opId,
  ruleId: d.ruleId,
  ruleVersion: d.ruleVersion,
  earnedOn: d.earnedOn,
  expiresOn: d.expiresOn,
});

/** A purchase earns points: a lot at once, or a proposal that waits for whoever holds the decision. */
export const pointsAward = declareOperation({
  type: "points.award",
  version: 1,
  writtenBy: "station",
  isMoneyLike: true,
  data: awardData
    .refine((d) => d.outcome.kind === "proposal" || d.outcome.toRight + d.outcome.toPool === d.points, { path: ["outcome"] })
    .refine((d) => d.points > 0 || (d.budget?.cut ?? 0) + (d.cap?.cut ?? 0) > 0, { path: ["points"] })
    .refine((d) => d.budget === undefined || (d.outcome.kind === "lot" && sumPoints(d.budget.lines) === d.points), { path: ["budget"] })
    .refine((d) => (d.pool?.points ?? 0) <= (d.outcome.kind === "lot" ? d.outcome.toPool : d.points), { path: ["pool"] }),
  entity: (d) => ({ kind: "member", id: d.memberId }),
  memberId: (d) => d.memberId,
  effects: ({ opId, replica, incarnation, body: { d, at, by } }) => {
    const purchase: Effect = {
      kind: "putRecord",
      record: "purchase",
      id: opId,
      fields: {
        opId,
        memberId: d.memberId,
        receiptNumber: d.purchase.receiptNumber,
        amountFen: d.purchase.amountFen,
        earnedOn: d.earnedOn,
      },
    };
    if (d.outcome.kind === "proposal") {
      const { memberId, points: proposed, ruleId, ruleVersion, earnedOn, expiresOn } = d;
      return [
        purchase,
        {
          kind: "putRecord",
          record: "proposal",
          id: opId,
          fields: {
            proposalId: opId,
            memberId,
            points: proposed,
            ruleId,
            ruleVersion,
            earnedOn,
            expiresOn,
            receiptNumber: d.purchase.receiptNumber,
            amountFen: d.purchase.amountFen,
            proposedBy: by,
            proposedAtMs: at,
            holder: d.outcome.holder ?? "headOffice",
            heldBy: d.outcome.holder === "station" ? incarnation : null,
            state: "open",
            reason: null,
            ...(d.pool && { pool: d.pool }),
          },
        },
      ];
    }
    return [
      purchase,
      ...useOf(d.budget, rightOf(incarnation)),
      ...putUses(d.memberId, replica, d.cap && { ruleId: d.ruleId, days: d.cap.days }),
      ...(d.points > 0 ? [{ kind: "openLot", lot: lotOf(opId, d) } as const] : []),
      { kind: "move", lotId: opId, memberId: d.memberId, from: "ISSUED", to: rightOf(incarnation), points: d.outcome.toRight },
      { kind: "move", lotId: opId, memberId: d.memberId, from: "ISSUED", to: "POOL", points: d.outcome.toPool },
    ];
  },
});

/**
 * A station awarded by a version that head office had superseded, or by a tier that it had changed, and what head office knows gives more:
 * the difference is proposed, never silently added. Its author is the award's, so that nobody decides the rest of their own award.
 */
export const pointsProposeDifference = declareOperation({
  type: "points.propose_difference",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: true,
  data: z.strictObject({
    awardOpId: z.uuid(),
    memberId: z.uuid(),
    purchase: z.strictObject({ receiptNumber: z.string(), amountFen: points }),
    ruleId: z.string(),
    ruleVersion: points,
    points,
    earnedOn: z.iso.date(),
    expiresOn: z.iso.date().nullable(),
    awardedBy: z.string(),
    /** The member's tier as head office knows it; left out where it earns as everybody does. */
    tier: tierFactor.exactOptional(),
    /** What of it is for the pool that the award has given its share to. */
    pool: poolShare.exactOptional(),
  }),
  entity: (d) => ({ kind: "member", id: d.memberId }),
  memberId: (d) => d.memberId,
  effects: ({ opId, body: { d, at } }) => {
    const { awardOpId, purchase, awardedBy, tier: _explains, ...proposed } = d;
    return [
      {
        kind: "putRecord",
        record: "proposal",
        id: opId,
        fields: {
          proposalId: opId,
          ...proposed,
          ...purchase,
          proposedBy: awardedBy,
          proposedAtMs: at,
          holder: "headOffice",
          state: "open",
          reason: null,
          differenceOf: awardOpId,
        },
      },
    ];
  },
});

const voidAwardData = z.strictObject({
  undoes: z.uuid(),
  memberId: z.uuid(),
  points: share,
  fromRight: share,
  rest: share,
  /** What the award had taken of the station's share of a budget. */
  budget: benefitUse.exactOptional(),
  /** Under a rule with a cap: what this station's days come to without the award. */
  cap: dayUses.extend({ ruleId: z.string() }).exactOptional(),
  /** The request of another counter that it answers. */
  answers: z.uuid().optional(),
});
export type VoidAwardData = z.infer<typeof voidAwardData>;

/** The origin takes back what it still holds of the lot; `rest` is head office's to find, since it alone knows the pool. */
export const pointsVoidAward = declareOperation({
  type: "points.void_award",
  version: 1,
  writtenBy: "station",
  isMoneyLike: true,
  data: voidAwardData.refine((d) => d.fromRight + d.rest === d.points, { path: ["rest"] }),
  personal: z.strictObject({ salt: z.string(), reason: z.string() }),
  entity: (d) => ({ kind: "member", id: d.memberId }),
  memberId: (d) => d.memberId,
  effects: ({ replica, incarnation, body: { d } }) => [
    { kind: "undo", undoes: d.undoes },
    { kind: "move", lotId: d.undoes, memberId: d.memberId, from: rightOf(incarnation), to: "REVERSED", points: d.fromRight },
    ...giveBackOf(d.budget, rightOf(incarnation)),
    ...putUses(d.memberId, replica, d.cap),
    ...answered(d.answers, -d.points),
  ],
});

/**
 * Head office's part of a void: that lot's pool first, and what is spent already becomes a debt. Where a refund took points before, less is
 * left to take, and what the origin took beyond that is given back.
 */
export const pointsReverseRest = declareOperation({
  type: "points.reverse_rest",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: true,
  data: z.strictObject({
    voidOpId: z.uuid(),
    lotId: z.uuid(),
    memberId: z.uuid(),
    fromPool: share,
    asDebt: share,
    givenBack: share.optional(),
  }),
  entity: (d) => ({ kind: "member", id: d.memberId }),
  memberId: (d) => d.memberId,
  effects: ({ body: { d } }) => [
    { kind: "move", lotId: d.lotId, memberId: d.memberId, from: "POOL", to: "REVERSED", points: d.fromPool },
    { kind: "move", lotId: d.lotId, memberId: d.memberId, from: "REVERSED", to: "POOL", points: d.givenBack ?? 0 },
    { kind: "debt", memberId: d.memberId, points: d.asDebt },
  ],
});

/** Whenever the pool of a member in debt grows, head office repays at once. */
export const pointsRepay = declareOperation({
  type: "points.repay",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: true,
  data: z.strictObject({ memberId: z.uuid(), lines: z.array(z.strictObject({ lotId: z.uuid(), points })).min(1) }),
  entity: (d) => ({ kind: "member", id: d.memberId }),
  memberId: (d) => d.memberId,
  effects: ({ body: { d } }) => [...movesOf(d, "POOL", "REPAID"), { kind: "debt", memberId: d.memberId, points: -sumPoints(d.lines) }],
});

/** A version of an earning rule. Awards name the version they were made under, so none is ever changed. */
export const rulePublish = declareOperation({
  type: "rule.publish",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: earningRule,
  entity: (d) => ({ kind: "rule", id: `${d.ruleId}/${d.version}` }),
  memberId: () => null,
  effects: ({ body: { d } }) => [{ kind: "putRecord", record: "rule", id: `${d.ruleId}/${d.version}`, fields: { ...d } }],
});

import { z } from "zod";
import { lendablePermissions } from "#shared/domain/staff/roles.ts";
import { restoreReason } from "#shared/domain/expiry/lapse.ts";
import { factorPercent } from "#shared/domain/tiers/tier-scheme.ts";
import { localName } from "#shared/domain/names/local-name.ts";
import { procedureOf } from "./acts/act-type.ts";
import { restorePointsAct } from "./acts/expired-points.ts";
import { decideProposalAct } from "./acts/proposals.ts";
import { atHeadOffice, atStation } from "./base.ts";
import { cardRef } from "./cards.ts";
import { amountFen, date, instantMs, nothing, points as pointCount, requestId } from "./common.ts";
import { balanceView, memberCard } from "./members.ts";
import { refusals, refusalWith } from "./refusals.ts";

const earningRuleView = z.strictObject({
  ruleId: z.string(),
  version: z.int().positive(),
  name: localName,
  /** `points` for every full `perFen` of the amount, rounded down once. */
  points: z.int().positive(),
  perFen: z.int().positive(),
  approval: z.enum(["none", "station", "headOffice"]),
  validMonths: z.int().positive().nullable(),
  /** They also lapse when the member is not served for so long; null where staying away costs nothing. */
  inactiveMonths: z.int().positive().nullable(),
  /** What this counter may still give of its budget; null for a rule without one. */
  budgetHere: pointCount.nullable(),
  /** What a member gets under it in one business day; null for no end. */
  capPerDay: pointCount.nullable(),
});
export type EarningRuleView = z.infer<typeof earningRuleView>;

export const receiptNumber = z
  .string()
  .transform((text) => text.normalize("NFKC").trim())
  .pipe(z.string().min(1).max(40));

const awardInput = z.strictObject({
  requestId,
  memberId: z.string(),
  /** The cause: every change of points needs one (P-04). */
  purchase: z.strictObject({ receiptNumber, amountFen: z.int().positive().max(100_000_000_000) }),
  ruleId: z.string(),
  /** The version that the clerk saw. */
  ruleVersion: z.int().positive(),
});
export type AwardInput = z.infer<typeof awardInput>;

const keepPurchaseInput = awardInput
  .omit({ memberId: true })
  .extend({ /** Of ours, and nobody's whom this station knows. */ card: cardRef });
export type KeepPurchaseInput = z.infer<typeof keepPurchaseInput>;
const keptPurchaseOutput = z.strictObject({ opId: z.string(), /** The number on its slip. */ slip: z.string() });
export type KeptPurchaseOutput = z.infer<typeof keptPurchaseOutput>;

const keptPurchaseView = z.strictObject({
  purchaseId: z.string(),
  last4: z.string(),
  receiptNumber: z.string(),
  amountFen,
  keptAtMs: instantMs,
  /** Who kept it. */
  keptBy: z.string(),
  /** Number of another counter of the branch that kept it; null for this one. */
  counter: z.int().positive().nullable(),
  state: z.enum(["open", "awarded", "proposed", "closed"]),
  /** Whose card it turned out to be; null while nobody knows. */
  memberId: z.string().nullable(),
  /** What it earned, or will earn by its rule; null where the rule is unknown here. */
  points: z.int().nonnegative().nullable(),
  /** Why it earned nothing. */
  code: z.string().nullable(),
  /** What was said when it was put away; null where nobody has. */
  reason: z.string().nullable(),
  /** It has waited for its card so long that somebody has to ask. */
  needsAttention: z.boolean(),
});
export type KeptPurchaseView = z.infer<typeof keptPurchaseView>;

/** What an award, or what becomes one, may answer about its rule and its receipt. */
const earningRefusals = {
  ...refusals("RULE_NOT_FOUND", "CLOCK_IN_DOUBT"),
  ...refusalWith("RULE_NOT_OPEN", z.object({ opensOn: date, closesOn: date.nullable() })),
  ...refusalWith("RULE_CHANGED", z.object({ rule: earningRuleView })),
  /** At this station: what other branches entered, head office compares. */
  ...refusalWith("RECEIPT_USED", z.object({ atMs: instantMs, opId: z.string() })),
  ...refusalWith("AMOUNT_TOO_SMALL", z.object({ firstPointFen: amountFen })),
};

export const movementOutput = z.strictObject({
  opId: z.string(),
  /** The number on its slip, by which another counter can ask about it. */
  slip: z.string(),
  /** Points of this act: positive in, negative out; for a proposal, what was proposed. */
  points: z.int(),
  isProposal: z.boolean(),
  /** Points that it would have been beside these, had the campaign's budget here reached for them. */
  cutByBudget: pointCount,
  /** The same, had the cap of the member's day reached for them. */
  cutByCap: pointCount,
  member: memberCard,
});
export type MovementOutput = z.infer<typeof movementOutput>;

/** What any movement of points may answer about its member. */
export const memberRefusals = refusals("MEMBER_NOT_FOUND", "MEMBER_FROZEN", "NO_CARD", "CARD_BLOCKED", "REQUEST_ID_REUSED");

const voidInput = z.strictObject({ requestId, undoes: z.string(), reason: z.string().trim().min(1).max(200) });
export type VoidInput = z.infer<typeof voidInput>;

export const proposalView = z.strictObject({
  proposalId: z.string(),
  memberId: z.string(),
  memberNumber: z.string(),
  name: z.string(),
  points: pointCount,
  cause: z.strictObject({ receiptNumber: z.string(), amountFen }),
  /** Null for people of other branches, whom this station does not know. */
  proposedBy: z.string().nullable(),
  proposedAtMs: instantMs,
  branch: z.string(),
  state: z.enum(["open", "approved", "rejected"]),
  /** Who decides: this very station, one of another counter or branch, or head office. */
  holder: z.enum(["here", "station", "headOffice"]),
  reason: z.string().nullable(),
  /** What a rule or a tier that the counter had not heard of gives beyond the award. */
  isDifference: z.boolean(),
});
export type ProposalView = z.infer<typeof proposalView>;

export const journalLine = z.strictObject({
  opId: z.string(),
  atMs: instantMs,
  kind: z.enum([
    "award",
    "proposal",
    "approved",
    "rejected",
    "redeem",
    "held",
    "holdCancelled",
    "void",
    "memberCreated",
    "cardIssued",
    "cardBlocked",
  ]),
  memberId: z.string().nullable(),
  memberNumber: z.string().nullable(),
  name: z.string().nullable(),
  points: z.int().nullable(),
  /** Receipt number, or the code of a reason. */
  detail: z.string().nullable(),
  /** What the points bought. */
  planName: localName.nullable(),
  /** What the reason in `detail` is called. */
  reasonName: localName.nullable(),
  operator: z.string(),
  state: z.enum(["waiting", "confirmed", "flagged", "parked", "quarantined", "refused"]),
  stateCode: z.string().nullable(),
  isVoided: z.boolean(),
  /** The signed-in person may void it here and now. */
  canVoid: z.boolean(),
  /** Somebody else made it: a supervisor has to lend the permission. */
  needsSupervisor: z.boolean(),
  /** Who lent the permission for it. */
  second: z.string().nullable(),
});
export type JournalLine = z.infer<typeof journalLine>;

/** One number taken apart: the lines add up to it. */
const explainedFigure = z.enum(["balance", "spendableHere", "places", "shared", "leftInPools", "held", "proposed", "lapsed", "expiry"]);

const explanation = z.strictObject({
  figure: explainedFigure,
  total: z.int(),
  asOfMs: instantMs.nullable(),
  lines: z.array(
    z.strictObject({
      kind: z.enum([
        "headOfficeFigure",
        "notExchangedYet",
        "lotHere",
        "lotLapsed",
        "lotOfPool",
        "lotsOfDay",
        "placeHere",
        "placeHeadOffice",
        "placeBranch",
        "placeHeldAt",
        "placeSetAside",
        "leftInPool",
        "debt",
        "poolFigure",
        "hold",
        "mergedWith",
        "proposal",
        "lapseWaits",
        "lapseExpired",
        "lapseInactive",
        "lapseServed",
        "lapseExchanged",
        "lapseRestored",
        "budgetUsedUp",
        "capReached",
        "capExceeded",
        "tierFactor",
        "poolShare",
      ]),
      points: z.int(),
      atMs: instantMs.nullable(),
      opId: z.string().nullable(),
      /** For lots; of points that were given back, the last day that they have now. */
      expiresOn: date.nullable(),
      /** Of points that were given back: when as many were spent from others that last longer, or when the member had been served in time. */
      spentOn: date.nullable(),
      /**
       * Receipt number, rule; of a pool, its name; of a hold, who was asked to redeem; of points elsewhere and of a visit in time, the branch; of expired points,
       * the branches that head office did not wait for.
       */
      detail: z.string().nullable(),
      /** Of a day's cap: what other counters had given the member that day. */
      elsewhere: pointCount.nullable(),
      /** Of a purchase that a tier made earn more: the tier, its percent of what the rule gives, and what the rule gives by itself. */
      tier: z.strictObject({ name: localName, percent: factorPercent, byRule: pointCount }).nullable(),
      /** What of it is for the pool that the member saves up with. */
      pool: z.strictObject({ name: z.string(), points: pointCount }).nullable(),
      /** Of expired points that were given back by decision. */
      reason: restoreReason.nullable(),
    }),
  ),
});
export type Explanation = z.infer<typeof explanation>;

export const points = {
  rules: atStation.input(nothing).output(z.array(earningRuleView)),
  award: atStation
    .input(awardInput)
    .output(movementOutput)
    .errors({ ...memberRefusals, ...earningRefusals }),
  /** A purchase with a card of ours that nobody is known for here: it earns when the card is known. */
  keepPurchase: atStation
    .input(keepPurchaseInput)
    .output(keptPurchaseOutput)
    .errors({ ...refusals("CARD_NOT_RECOGNISED", "HANDLE_EXPIRED", "CARD_TAKEN", "REQUEST_ID_REUSED"), ...earningRefusals }),
  /** What this station kept, newest first. */
  keptPurchases: atStation.input(nothing).output(z.strictObject({ purchases: z.array(keptPurchaseView) })),
  /** Undoes an award or a redemption by its author or with a supervisor, at this station, within the business day. */
  void: atStation
    .input(voidInput)
    .output(movementOutput)
    .errors({
      ...refusals("OPERATION_NOT_FOUND", "NOT_VOIDABLE", "ALREADY_VOIDED", "CLOCK_IN_DOUBT", "REQUEST_ID_REUSED"),
      /** A name to call, and what a supervisor may lend instead. */
      ...refusalWith("NOT_THE_AUTHOR", z.object({ author: z.string(), permission: z.enum(lendablePermissions) })),
      ...refusalWith("VOID_WINDOW_CLOSED", z.object({ businessDate: date })),
    }),
  balance: atStation
    .input(z.strictObject({ memberId: z.string() }))
    .output(balanceView)
    .errors(refusals("MEMBER_NOT_FOUND")),
  /** `{memberNumber: points}` of the members named, or of all in the working set: what this station would tell them. */
  balances: atStation
    .input(z.strictObject({ memberNumbers: z.array(z.string()).max(1000).optional() }))
    .output(z.strictObject({ balances: z.record(z.string(), z.int()), operations: z.int() })),
  explain: atStation
    .input(z.strictObject({ memberId: z.string(), figure: explainedFigure }))
    .output(explanation)
    .errors(refusals("MEMBER_NOT_FOUND")),
  journal: atStation.input(nothing).output(z.array(journalLine)),
  proposals: atStation.input(nothing).output(z.array(proposalView)),
  /** Approves or rejects a proposal: here what this station holds, with or without a line, and by an act what head office holds. */
  decideProposal: procedureOf(decideProposalAct),
  /** Passes a decision that this station holds on to head office. */
  handOverProposal: atStation
    .input(z.strictObject({ requestId, proposalId: z.string().min(1).max(64) }))
    .output(z.strictObject({ proposalId: z.string() }))
    .errors({
      ...refusals("PROPOSAL_NOT_FOUND", "HELD_BY_HEAD_OFFICE", "REQUEST_ID_REUSED"),
      ...refusalWith("ALREADY_DECIDED", z.object({ state: z.enum(["approved", "rejected"]) })),
      ...refusalWith("HELD_BY_STATION", z.object({ branch: z.string().nullable() })),
    }),
  /** Gives expired points back to a member, by decision and with a reason. */
  restore: procedureOf(restorePointsAct),
  /** Fetches the right to spend from head office's pool to this station. */
  draw: atHeadOffice
    .input(
      z.strictObject({
        requestId,
        memberId: z.string(),
        points: z.int().positive(),
        /** What is not in the pool is called back from other counters, which answer when they are heard next. */
        mayRecall: z.boolean().optional(),
      }),
    )
    .output(z.strictObject({ granted: pointCount, recalled: pointCount, member: memberCard }))
    .errors(refusals("MEMBER_NOT_FOUND", "HEAD_OFFICE_RECOVERING")),
};

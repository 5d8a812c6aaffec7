import { z } from "zod";
import { earningRule, type EarningRule } from "#shared/domain/earning/rule.ts";
import { redemptionPlan } from "#shared/domain/redemption/plan.ts";
import { date, instantMs, requestId } from "../common.ts";
import { refusals, refusalWith } from "../refusals.ts";
import { declareAct } from "./act-type.ts";

const permission = "rule.publish";
const words = z
  .string()
  .transform((text) => text.normalize("NFKC").trim())
  .pipe(z.string().min(1).max(60));
/** Both languages: what a rule or a gift is called stands on every counter. */
export const publishedName = z.strictObject({ "zh-CN": words, "en-US": words });
/** Null for whoever works at head office's own computer, without an account. */
const published = { publishedAtMs: instantMs, publishedBy: z.string().nullable() };

const share = z.int().nonnegative();
const publishedRule = earningRule.extend({
  ...published,
  /** Of the budget now, whichever version it is of; null for a rule without one. */
  budgetLeft: z.strictObject({ inPool: share, atCounters: share }).nullable(),
});
const publishedPlan = redemptionPlan.extend(published);
export type PublishedRule = z.infer<typeof publishedRule>;
export type PublishedPlan = z.infer<typeof publishedPlan>;

/** All versions that were ever published, newest first, with who published them and when. */
export const listPublicationsAct = declareAct({
  type: "publication.list",
  permission,
  isQuestion: true,
  input: z.strictObject({}),
  reply: z.strictObject({ rules: z.array(publishedRule), plans: z.array(publishedPlan) }),
  refusals: {},
});

/** Null for something new; else the version that the person saw and changed a copy of. What was published meanwhile is not overwritten. */
const basedOn = z.int().positive().nullable();
const closesAfterOpening = ({ opensOn, closesOn }: { opensOn: string; closesOn: string | null }): boolean =>
  closesOn === null || opensOn <= closesOn;
const beforeOpening = { path: ["closesOn"], error: "It closes before it opens." };
const refusedWhen = {
  ...refusals("VERSION_EXISTS"),
  /** A version changes what is to come and never a day that was. */
  ...refusalWith("OPENS_IN_THE_PAST", z.object({ today: date })),
} as const;

export const approvesCap = { path: ["approval"], error: "A cap counts what the counter gives: no approval comes in between." };
export const capsAtCounter = ({ capPerDay, approval }: Pick<EarningRule, "approval"> & { readonly capPerDay?: number }): boolean =>
  capPerDay === undefined || approval === "none";
export const approvesBudget = { path: ["approval"], error: "A budget is given out at the counter: no approval comes in between." };

/** Publishes a rule, or the next version of one: an edited copy, since what was awarded by a version is explained by it for ever (P-08). */
export const publishRuleAct = declareAct({
  type: "rule.publish",
  permission,
  input: z
    .strictObject({
      requestId,
      ruleId: z.string().min(1).max(64).nullable(),
      basedOn,
      name: publishedName,
      points: z.int().positive().max(1_000_000),
      perFen: z.int().positive().max(100_000_000_000),
      approval: earningRule.shape.approval,
      validMonths: z.int().positive().max(600).nullable(),
      inactiveMonths: z.int().positive().max(600).exactOptional(),
      /** What all awards under the rule may give together, earlier versions' included; left out for no end. */
      budgetPoints: z.int().positive().max(1_000_000_000).exactOptional(),
      /** What a member gets under it in one business day; left out for no end. */
      capPerDay: z.int().positive().max(1_000_000_000).exactOptional(),
      opensOn: date,
      closesOn: date.nullable(),
    })
    .refine(closesAfterOpening, beforeOpening)
    .refine(({ budgetPoints, approval }) => budgetPoints === undefined || approval === "none", approvesBudget)
    .refine(capsAtCounter, approvesCap),
  reply: z.strictObject({ ruleId: z.string(), version: z.int().positive() }),
  refusals: {
    ...refusedWhen,
    ...refusals("RULE_NOT_FOUND", "BUDGET_BELOW_BEFORE"),
  },
});

/** Publishes a redemption plan, or the next version of one. */
export const publishPlanAct = declareAct({
  type: "plan.publish",
  permission,
  input: z
    .strictObject({
      requestId,
      planId: z.string().min(1).max(64).nullable(),
      basedOn,
      name: publishedName,
      costPoints: z.int().positive().max(100_000_000),
      opensOn: date,
      closesOn: date,
      /** The thing on the shelf that it hands out, null for none; left out: as in the version before. */
      giftId: z.string().min(1).max(64).nullable().optional(),
    })
    .refine(closesAfterOpening, beforeOpening),
  reply: z.strictObject({ planId: z.string(), version: z.int().positive() }),
  refusals: { ...refusedWhen, ...refusals("PLAN_NOT_FOUND", "GIFT_NOT_FOUND") },
});

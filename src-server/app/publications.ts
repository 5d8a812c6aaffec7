import { finishWork } from "#server/app/operations/finish-work.ts";
import { openOwnRecords } from "#server/app/operations/own-records.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { benefitIssue } from "#shared/domain/benefits/ops.ts";
import { rulePublish } from "#shared/domain/earning/ops.ts";
import { earningRule, type EarningRule } from "#shared/domain/earning/rule.ts";
import { newestVersion } from "#shared/domain/publications/in-force.ts";
import { planPublish } from "#shared/domain/redemption/ops.ts";
import { redemptionPlan, type RedemptionPlan } from "#shared/domain/redemption/plan.ts";
import { tierPublish } from "#shared/domain/tiers/ops.ts";
import { tierScheme, type TierScheme } from "#shared/domain/tiers/tier-scheme.ts";
import { err, ok, type Result } from "#shared/std/result.ts";

/** Who publishes; the intent's id, where there is one, is the operation's. */
type Author = { readonly by: string; readonly opId?: string };
type Published<Code extends string = never> = Result<Record<never, never>, { code: "VERSION_EXISTS" | Code }>;

export const versionsOfRule = async (tx: Transaction, ruleId: string): Promise<readonly EarningRule[]> =>
  (await tx.records.ruleVersions([ruleId])).map(({ doc }) => earningRule.parse(doc));

export const versionsOfPlan = async (tx: Transaction, planId: string): Promise<readonly RedemptionPlan[]> =>
  (await tx.records.ofKind("plan")).map(({ doc }) => redemptionPlan.parse(doc)).filter((plan) => plan.planId === planId);

export const versionsOfTiers = async (tx: Transaction): Promise<readonly TierScheme[]> =>
  (await tx.records.ofKind("tierScheme")).map(({ doc }) => tierScheme.parse(doc));

/**
 * Adds a version behind the newest one. What is published stays as it is: it explains what was awarded by it. A budget is one for all
 * versions, and another one raises it: what is at counters already, nobody can take back by writing a smaller figure.
 */
export async function publishRule(
  ports: Ports,
  tx: Transaction,
  rule: EarningRule,
  author: Author,
): Promise<Published<"BUDGET_BELOW_BEFORE">> {
  const { budget, ruleId, version } = rule;
  // As everywhere: the owners of lots are held before head office's chain.
  if (budget) await tx.ledger.lock([budget.itemId]);
  const work = await openOwnRecords(ports, tx, { kind: "rule", id: `${ruleId}/${version}` }, budget ? [budget.itemId] : []);
  const before = await versionsOfRule(tx, ruleId);
  if (newestVersion(before) >= version) return err({ code: "VERSION_EXISTS" });
  const issued = before.reduce((most, each) => Math.max(most, each.budget?.points ?? 0), 0);
  if (budget && budget.points < issued) return err({ code: "BUDGET_BELOW_BEFORE" });
  await work.own.write(rulePublish, { ...author, d: rule });
  if (budget && budget.points > issued) {
    const d = { itemId: budget.itemId, points: budget.points - issued, on: work.today };
    await work.own.write(benefitIssue, { by: author.by, d });
  }
  await finishWork(work);
  return ok({});
}

export async function publishPlan(
  ports: Ports,
  tx: Transaction,
  plan: RedemptionPlan,
  author: Author,
): Promise<Published<"GIFT_NOT_FOUND">> {
  const work = await openOwnRecords(ports, tx, { kind: "plan", id: `${plan.planId}/${plan.version}` });
  if (newestVersion(await versionsOfPlan(tx, plan.planId)) >= plan.version) return err({ code: "VERSION_EXISTS" });
  // A plan that hands out what no shelf has would be refused at every counter.
  if (plan.giftId !== null && (await tx.records.find([{ kind: "gift", id: plan.giftId }])).length === 0)
    return err({ code: "GIFT_NOT_FOUND" });
  await work.own.write(planPublish, { ...author, d: plan });
  await finishWork(work);
  return ok({});
}

export async function publishTiers(ports: Ports, tx: Transaction, scheme: TierScheme, author: Author): Promise<Published> {
  const work = await openOwnRecords(ports, tx, { kind: "tierScheme", id: String(scheme.version) });
  if (newestVersion(await versionsOfTiers(tx)) >= scheme.version) return err({ code: "VERSION_EXISTS" });
  await work.own.write(tierPublish, { ...author, d: scheme });
  await finishWork(work);
  return ok({});
}

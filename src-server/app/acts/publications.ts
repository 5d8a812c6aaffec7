import { newId } from "#server/app/ids.ts";
import { publishPlan as writePlan, publishRule as writeRule, versionsOfPlan, versionsOfRule } from "#server/app/publications.ts";
import { budgetsLeft } from "#server/app/budgets.ts";
import type { listPublicationsAct, publishPlanAct, publishRuleAct } from "#shared/contracts/acts/publications.ts";
import { rulePublish } from "#shared/domain/earning/ops.ts";
import { planPublish } from "#shared/domain/redemption/ops.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";
import { err, ok } from "#shared/std/result.ts";
import type { ActHandler } from "./act-handler.ts";
import { readPublished } from "./published-versions.ts";

export const listPublications: ActHandler<typeof listPublicationsAct> = async (context) => {
  const versionsOf = await readPublished(context, [rulePublish, planPublish]);
  const rules = versionsOf(rulePublish);
  const left = await budgetsLeft(context.tx, rules);
  return ok({
    rules: rules.map((rule) => ({ ...rule, budgetLeft: (rule.budget && left.get(rule.budget.itemId)) ?? null })),
    plans: versionsOf(planPublish),
  });
};

export const publishRule: ActHandler<typeof publishRuleAct> = async (
  { ports, tx, by },
  { requestId, ruleId, basedOn, budgetPoints, ...rule },
) => {
  const versions = ruleId === null ? [] : await versionsOfRule(tx, ruleId);
  if (ruleId !== null && versions.length === 0) return err({ code: "RULE_NOT_FOUND" });
  const today = businessDateOf(ports.machine.clock.nowMs());
  if (rule.opensOn < today) return err({ code: "OPENS_IN_THE_PAST", today });
  // One item for all versions: what an older one has given counts.
  const itemId = versions.flatMap(({ budget }) => budget?.itemId ?? [])[0] ?? newId(ports.machine);
  const next = {
    ...rule,
    ...(budgetPoints !== undefined && { budget: { itemId, points: budgetPoints } }),
    ruleId: ruleId ?? newId(ports.machine),
    version: versionAfter(ruleId === null ? null : basedOn),
  };
  const written = await writeRule(ports, tx, next, { by: by.staffId, opId: requestId });
  return written.ok ? ok({ ruleId: next.ruleId, version: next.version }) : written;
};

export const publishPlan: ActHandler<typeof publishPlanAct> = async ({ ports, tx, by }, { requestId, planId, basedOn, ...plan }) => {
  const versions = planId === null ? [] : await versionsOfPlan(tx, planId);
  if (planId !== null && versions.length === 0) return err({ code: "PLAN_NOT_FOUND" });
  const today = businessDateOf(ports.machine.clock.nowMs());
  if (plan.opensOn < today) return err({ code: "OPENS_IN_THE_PAST", today });
  const giftId = plan.giftId === undefined ? (versions.toSorted((a, b) => b.version - a.version)[0]?.giftId ?? null) : plan.giftId;
  const next = { ...plan, giftId, planId: planId ?? newId(ports.machine), version: versionAfter(planId === null ? null : basedOn) };
  const written = await writePlan(ports, tx, next, { by: by.staffId, opId: requestId });
  return written.ok ? ok({ planId: next.planId, version: next.version }) : written;
};

const versionAfter = (basedOn: number | null): number => (basedOn ?? 0) + 1;

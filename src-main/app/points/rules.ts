import type { EarningRuleView } from "#shared/contracts/points.ts";
import { isOpenOn } from "#shared/domain/publications/in-force.ts";
import type { EarningRule } from "#shared/domain/earning/rule.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import { currentRules } from "./current-rules.ts";

export const viewRule = ({
  ruleId,
  version,
  name,
  points,
  perFen,
  approval,
  validMonths,
  inactiveMonths,
}: EarningRule): EarningRuleView => ({
  ruleId,
  version,
  name,
  points,
  perFen,
  approval,
  validMonths,
  inactiveMonths: inactiveMonths ?? null,
});

/** The rules that a purchase of today can earn under; those that take effect at once come first, being what a counter mostly does. */
export const makeListRules =
  ({ store, clock }: Ports) =>
  (): EarningRuleView[] => {
    const today = clock.businessDate();
    return currentRules(
      store.read((view) => view.rules.all()),
      today,
    )
      .filter((rule) => isOpenOn(rule, today))
      .toSorted((a, b) => Number(a.approval !== "none") - Number(b.approval !== "none"))
      .map(viewRule);
  };

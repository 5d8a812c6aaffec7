import type { EarningRuleView } from "#shared/contracts/points.ts";
import type { EarningRule } from "#shared/domain/earning/rule.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import { currentRules } from "./current-rules.ts";
import { counterDays, isSurelyOpen } from "./sure-day.ts";

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
    const { days, all } = store.read((view) => ({ days: counterDays(view, clock), all: view.rules.all() }));
    return currentRules(all, days.today)
      .filter((rule) => isSurelyOpen(rule, days))
      .toSorted((a, b) => Number(a.approval !== "none") - Number(b.approval !== "none"))
      .map(viewRule);
  };
